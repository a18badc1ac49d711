"""How much each member counts: weights ≥ 0 on log-odds, by the log-loss on rows that the members did not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.score.model.table import Numbers
from liuke.stats.logistic import SignedLogistic

PULL_ROWS = 20.0
"""How many rows' worth of pull equal weights have: with few rows the members share alike."""
LEAST = 0.02
"""A member with less weight is left out: it costs time and explains nothing."""


@dataclass(frozen=True, slots=True)
class Blend:
    """intercept + Σ weight · member's log-odds."""

    intercept: float
    weights: Mapping[str, float]

    def logit(self, members: Mapping[str, Numbers]) -> Numbers:
        """(rows,) of members' log-odds."""
        return np.asarray(self.intercept + sum(weight * members[name] for name, weight in self.weights.items()))


def blended(members: Mapping[str, Numbers], y: NDArray[Any], weight: Numbers | None = None) -> Blend:
    """The blend with the least log-loss; `members`: name → held-out log-odds without NaN."""
    names = tuple(members)
    blend = _learned(members, names, y, weight)
    kept = tuple(name for name in names if blend.weights[name] >= LEAST)
    return blend if kept == names or not kept else _learned(members, kept, y, weight)


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
