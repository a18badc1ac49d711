"""How much the outcomes that exist allow: 规则 → 校准 → 模型, and what is missing for the next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from liuke.learn.domain.snapshots import learnable

CALIBRATED_FROM = 50
MODEL_FROM = 200
MODEL_ORIGINS = 2
STAYED_FROM = 20
"""Customers who stayed: without them there is nothing to tell the lost ones from."""


class Stage(StrEnum):
    """规则 / 校准 / 模型."""

    RULES = "rules"
    CALIBRATED = "calibrated"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Counted:
    """What there is to learn from: distinct customers lost and stayed, and origins whose outcome is known.

    `judged`: origins that a model of older origins can be judged on.
    """

    lost: int
    stayed: int
    origins: int
    judged: int


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that the next stage needs: a text's key (`model.missing.<what>`), how many there are, how many are needed."""

    what: str
    have: int
    need: int

    def to_plain(self) -> dict[str, object]:
        """JSON-ready."""
        return {"what": self.what, "have": self.have, "need": self.need}


@dataclass(frozen=True, slots=True)
class Standing:
    """The stage reached, the next one (None at the top) and what it lacks."""

    stage: Stage
    next: Stage | None
    missing: tuple[Missing, ...]


def counted_origins(days: Sequence[date], mature_days: int) -> tuple[int, int]:
    """All origins, and those with older ones that were mature by then."""
    return len(days), sum(1 for day in days if learnable(days, day, mature_days))


def standing_of(counted: Counted) -> Standing:
    """The highest stage whose needs are all met."""
    to_model = _lacking(
        ("lost", counted.lost, MODEL_FROM), ("stayed", counted.stayed, STAYED_FROM), ("origins", counted.origins, MODEL_ORIGINS),
        ("judged", counted.judged, 1),
    )  # fmt: skip
    if not to_model:
        return Standing(Stage.MODEL, None, ())
    to_calibrated = _lacking(
        ("lost", counted.lost, CALIBRATED_FROM), ("stayed", counted.stayed, STAYED_FROM), ("origins", counted.origins, 1)
    )  # fmt: skip
    if not to_calibrated:
        return Standing(Stage.CALIBRATED, Stage.MODEL, to_model)
    return Standing(Stage.RULES, Stage.CALIBRATED, to_calibrated)


def _lacking(*needs: tuple[str, int, int]) -> tuple[Missing, ...]:
    return tuple(Missing(what, have, need) for what, have, need in needs if have < need)
