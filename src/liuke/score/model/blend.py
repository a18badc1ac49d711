"""How much each member counts: weights ≥ 0 on log-odds, by the log-loss on rows that the members did not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.base.later import Later
from liuke.score.model.table import Numbers
from liuke.stats.logistic import SignedLogistic
from liuke.stats.quality import log_loss

special = Later("scipy.special")

PULL_ROWS = 20.0
"""How many rows' worth of pull equal weights have: with few rows the members share alike."""
LEAST = 0.02
"""A member with less weight is left out."""
WORTH, WORTH_PER_ROW = 2.0, 3e-4
"""Nor is a costly member kept whose loss would cost less log-likelihood than this, in all and per row."""
COSTLY = ("leafy", "deep", "randomised")
"""Members of large trees: slow to score and to explain."""


@dataclass(frozen=True, slots=True)
class Blend:
    """intercept + Σ weight · member's log-odds."""

    intercept: float
    weights: Mapping[str, float]

    def logit(self, members: Mapping[str, Numbers]) -> Numbers:
        """(rows,) of members' log-odds."""
        return np.asarray(self.intercept + sum(weight * members[name] for name, weight in self.weights.items()))


def blended(members: Mapping[str, Numbers], y: NDArray[Any], weight: Numbers | None = None) -> Blend:
    """The blend with the least log-loss, without members that are not worth it; `members`: name → held-out log-odds without NaN.

    Members are tried from the last to the first: those that cost most come last.
    """
    names = tuple(members)
    best = _learned(members, names, y, weight)
    for name in reversed(names):
        rest = tuple(other for other in best.weights if other != name)
        if not rest or (name not in COSTLY and best.weights[name] >= LEAST):
            continue
        fewer = _learned(members, rest, y, weight)
        lost = (_loss(fewer, members, y, weight) - _loss(best, members, y, weight)) * len(y)
        best = fewer if best.weights[name] < LEAST or lost < WORTH + WORTH_PER_ROW * len(y) else best
    return best


def _loss(blend: Blend, members: Mapping[str, Numbers], y: NDArray[Any], weight: Numbers | None) -> float:
    return log_loss(special.expit(blend.logit(members)), y, weight)


def _learned(members: Mapping[str, Numbers], names: tuple[str, ...], y: NDArray[Any], weight: Numbers | None) -> Blend:
    held_out = np.column_stack([members[name] for name in names])
    equal = np.full(len(names), 1 / len(names))
    learned = SignedLogistic(np.ones(len(names)), prior=equal, ridge=PULL_ROWS / len(y)).fit(held_out, np.asarray(y, float), weight)
    return Blend(learned.intercept_, dict(zip(names, learned.coefficients_.tolist(), strict=True)))


def trusted(blend: Blend, scorecard: str, trust: float) -> Blend:
    """`trust` (0–1) of the blend and the rest of the expert's scorecard alone: what few labels allow."""
    weights = {name: weight * trust for name, weight in blend.weights.items()}
    weights[scorecard] = weights.get(scorecard, 0.0) + 1 - trust
    return Blend(blend.intercept * trust, weights)
