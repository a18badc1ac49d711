"""Whether a new model may take the old one's place (champion and challenger), and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liuke.learn.domain.backtest import Estimate
from liuke.learn.domain.comparison import Compared, Rows, loss_difference
from liuke.score.model.table import Numbers

Ids = NDArray[np.int64]
_KEY = np.dtype([("customer", np.int64), ("origin", np.int64)])
MARGIN = 0.002
"""Log-loss by which a challenger may lie above the champion and still count as no worse."""
SLOPE_LOW, SLOPE_HIGH = 0.8, 1.25
FEWEST_ROWS = 200
"""Predictions on the same customers at the same origins below which two models cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why not: a text's key (`model.refused.<code>`) and its numbers."""

    code: str
    params: dict[str, float]

    def to_plain(self) -> dict[str, object]:
        """JSON-ready."""
        return {"code": self.code, "params": self.params}


@dataclass(frozen=True, slots=True)
class Duel:
    """A challenger against the champion on `n` predictions that both made out of time. `loss`: its log-loss less the champion's."""

    n: int
    loss: Estimate | None
    objections: tuple[Objection, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.objections

    def to_plain(self) -> dict[str, object]:
        """JSON-ready."""
        loss = self.loss and {"value": self.loss.value, "low": self.loss.low, "high": self.loss.high, "n": self.loss.n}
        return {"n": self.n, "loss": loss, "objections": [one.to_plain() for one in self.objections]}


def objections_alone(comparison: tuple[Compared, ...], slope: float | None) -> tuple[Objection, ...]:
    """What speaks against a model by itself: its calibration slope, or that it ranks no better than the days since the last order."""
    found = []
    if slope is not None and not SLOPE_LOW <= slope <= SLOPE_HIGH:
        found.append(Objection("slope", {"slope": round(slope, 3), "low": SLOPE_LOW, "high": SLOPE_HIGH}))
    behind = next((one.behind for one in comparison if one.name == "recency"), None)
    if behind is not None and behind.low is not None and behind.low <= 0:
        found.append(Objection("recency", {"low": round(behind.low, 4), "gain": round(behind.value or 0.0, 4)}))
    return tuple(found)


def duel(rows: Rows, challenger: Numbers, champion: Numbers, *, times: int = 400) -> Duel:
    """Non-inferiority on the same rows: refused where the difference lies over `MARGIN`, or above 0 beyond doubt.

    Fewer than `FEWEST_ROWS` common rows cannot refuse anybody: the challenger then goes by its own figures.
    """
    if len(rows.lost) < FEWEST_ROWS:
        return Duel(len(rows.lost), None, ())
    loss = loss_difference(rows, challenger, champion, times=times)
    value, low, high = loss.value or 0.0, loss.low or 0.0, loss.high or 0.0
    worse = value > MARGIN or (low > 0 and value > 0)
    params = {"difference": round(value, 4), "low": round(low, 4), "high": round(high, 4), "margin": MARGIN}
    return Duel(len(rows.lost), loss, (Objection("worse", params),) if worse else ())


def common(customers: tuple[Ids, Ids], origins_us: tuple[Ids, Ids]) -> tuple[Ids, Ids]:
    """Row numbers in two tables of the same customers at the same moments, in one order; each pair names both tables' columns."""
    keys = [np.array(list(zip(who.tolist(), at.tolist(), strict=True)), _KEY) for who, at in zip(customers, origins_us, strict=True)]
    _, first, second = np.intersect1d(keys[0], keys[1], return_indices=True)
    return first, second
