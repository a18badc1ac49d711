"""From log-odds to the 0–100 score: a straight line through two anchors, so that points add up as log-odds do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from liuke.signals.domain.signal import Numbers

AT_WATCH, AT_PROMISE = 50.0, 90.0
"""The scores at the anchors: where 初级预警 begins, and above which lie the alerts of the promised precision."""
NARROWEST = 0.5
"""The anchors lie at least so far apart (log-odds): closer ones would let every small part jump by whole levels."""
BELIEVED = 0.85
"""The probability that stands for 90 where no threshold keeps a promise."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """Calibrated log-odds at which the score is 50 (`watch`) and 90 (`promise`); straight beyond them."""

    watch: float
    promise: float

    @property
    def slope(self) -> float:
        """Points per unit of log-odds, above 0."""
        return (AT_PROMISE - AT_WATCH) / (self.promise - self.watch)

    def points(self, logit: Numbers) -> Numbers:
        """The score before it is rounded and clipped."""
        return np.asarray(AT_WATCH + self.slope * (np.asarray(logit) - self.watch))


def anchors_of(plain: Mapping[str, object], base_rate: float) -> Anchors:
    """A model version's anchors (`{"watch", "promise"}`); what it does not know follows from the base rate (0–1).

    Watched is who is at twice the odds of the base rate. Without a promise 90 stands for a believed 85%, further up where the watch
    already lies there. Anchors that cross or nearly touch are held apart.
    """
    rate = min(max(base_rate, 1e-4), 1 - 1e-4)
    watch = _number(plain.get("watch"), float(np.log(2 * rate / (1 - rate))))
    promise = _number(plain.get("promise"), float(np.log(BELIEVED / (1 - BELIEVED))))
    return Anchors(watch, max(promise, watch + NARROWEST))


def _number(given: object, otherwise: float) -> float:
    known = isinstance(given, int | float) and not isinstance(given, bool) and bool(np.isfinite(given))
    return float(given) if known else otherwise  # type: ignore[arg-type]  # a number, as asked above
