"""A model in use: what was learned, its calibration and anchors, and when losses come. Pure; `service/model.py` reads it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec
import numpy as np

from liuke.base.errors import Invalid
from liuke.base.later import Later
from liuke.score.domain.anchors import Anchors
from liuke.score.domain.calibration import Calibration
from liuke.score.domain.model_metrics import family_of
from liuke.score.domain.modelled import OTHER, Modelled, Told, modelled, together
from liuke.score.domain.modelled_time import TimeCurve
from liuke.score.model import Fitted, Table
from liuke.signals.domain.signal import Numbers

special = Later("scipy.special")

MARK = b"LIUKE-LIVE-MODEL-1\n"
CHUNK = 50_000
"""Customers explained at a time: what bounds the memory of a run over a million."""


class _File(msgspec.Struct):
    number: int
    calibration: dict[str, object]
    anchors: dict[str, float]
    horizon_days: int
    curve: TimeCurve | None


@dataclass(frozen=True, slots=True)
class LiveModel:
    """`number`: the version's; `horizon_days`: within which the probability says that a customer is lost."""

    number: int
    fitted: Fitted
    calibration: Calibration
    anchors: Anchors
    horizon_days: int
    curve: TimeCurve | None = None

    def to_bytes(self) -> bytes:
        """A file of it, for notebooks and other workspaces: a mark, a line of JSON, the learned model. Nothing in it is executed."""
        head = {
            "number": self.number,
            "calibration": self.calibration.to_plain(),
            "anchors": {"watch": self.anchors.watch, "promise": self.anchors.promise},
            "horizon_days": self.horizon_days,
            "curve": None if self.curve is None else self.curve.to_plain(),
        }
        return b"".join([MARK, json.dumps(head).encode(), b"\n", self.fitted.to_bytes()])

    @classmethod
    def from_bytes(cls, data: bytes) -> LiveModel:
        """The reverse of `to_bytes`. Raises Invalid("model_file") for anything else."""
        if not data.startswith(MARK):
            raise Invalid("model_file")
        head, _, artefact = data.removeprefix(MARK).partition(b"\n")
        try:
            file = msgspec.json.decode(head, type=_File)
            calibration, fitted = Calibration.from_plain(file.calibration), Fitted.from_bytes(artefact)
        except (ValueError, KeyError, TypeError, msgspec.MsgspecError, zlib.error) as fault:
            raise Invalid("model_file") from fault
        return cls(file.number, fitted, calibration, Anchors(**file.anchors), file.horizon_days, file.curve)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a table to be scored must have."""
        return tuple(column.name for column in self.fitted.columns)

    def told(self, table: Table, day: date) -> Told:
        """What it says of the customers of a table on a day, part by part."""
        found = self.fitted.contributions(table)
        slope, raw = self.calibration.curve.slope, self.fitted.logit(table)
        base = float(self.calibration.logit(np.array([found.base]))[0])
        families = tuple(_family(name) for name in found.names)
        probability = np.asarray(special.expit(self.calibration.at(raw, day)))
        return Told(base, found.names, families, found.parts * slope, self.calibration.logit(raw), probability)

    def modelled(self, table: Table, day: date) -> tuple[Modelled, Numbers]:
        """Whole points, and the calibrated log-odds behind them."""
        told = [self.told(rows, day) for rows in _chunks(table)]
        return together([modelled(one, self.anchors) for one in told]), np.concatenate([one.logit for one in told])


def _family(name: str) -> str:
    try:
        return family_of(name).value
    except KeyError:
        return OTHER


def _chunks(table: Table) -> Iterator[Table]:
    for start in range(0, max(1, len(table)), CHUNK):
        yield table.take(np.arange(start, min(start + CHUNK, len(table))))
