"""人工调整: a person fixes a score or moves it, with a reason, until a moment; it shows as a line of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from liuke.score.domain.points import OVERRIDE, ExtraLine, Points
from liuke.signals.domain.signal import Numbers


@dataclass(frozen=True, slots=True)
class Override:
    """`fixed`: the score is `value` (0–100); otherwise `value` points are added (−100 to 100), within 0–100."""

    fixed: bool
    value: float
    reason: str = ""


def overridden(points: Points, customers: Numbers, overrides: Mapping[int, Override]) -> Points:
    """The same score with the people's word: base + lines + clip + 人工调整 = score, still exactly.

    `customers`: ids in the order of the points. Of customers that are not among them nothing is said.
    """
    place = {int(customer): at for at, customer in enumerate(customers.tolist()) if int(customer) in overrides}
    if not place:
        return points
    score, lines = points.score.copy(), list(points.extra)
    for customer, at in place.items():
        change = overrides[customer]
        after = change.value if change.fixed else min(max(float(score[at]) + change.value, 0.0), 100.0)
        own = np.zeros(len(score))
        own[at], score[at] = after - float(points.score[at]), after
        lines.append(ExtraLine(OVERRIDE, OVERRIDE, own, "reasons.override", {"why": change.reason}))
    return replace(points, score=score, extra=lines)
