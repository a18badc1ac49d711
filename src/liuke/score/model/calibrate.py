"""From log-odds to honest probabilities: Platt's line, the beta calibration, and a shift to another base rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.score.model.table import Numbers
from liuke.stats.logistic import SignedLogistic

PULL_ROWS = 10.0
"""How many rows' worth of pull the identity has."""


@dataclass(frozen=True, slots=True)
class Platt:
    """logit → slope · logit + intercept, slope ≥ 0 (Platt, 1999, in log-odds). Keeps the order."""

    slope: float = 1.0
    intercept: float = 0.0

    @classmethod
    def fit(cls, logit: Numbers, y: NDArray[Any], weight: Numbers | None = None) -> Platt:
        """By likelihood with a small pull to slope 1; with one class only the line stays as it is."""
        if len(np.unique(y)) < 2:
            return cls()
        learned = SignedLogistic(np.ones(1), prior=np.ones(1), ridge=PULL_ROWS / len(y)).fit(logit[:, None], np.asarray(y, float), weight)
        return cls(float(learned.coefficients_[0]), learned.intercept_)

    def apply(self, logit: Numbers) -> Numbers:
        """Calibrated log-odds."""
        return np.asarray(self.slope * logit + self.intercept)


@dataclass(frozen=True, slots=True)
class Beta:
    """logit' = rising · ln p − falling · ln(1 − p) + intercept, both ≥ 0 (Kull, Silva Filho, Flach, AISTATS 2017). Keeps the order."""

    rising: float = 1.0
    falling: float = 1.0
    intercept: float = 0.0

    @classmethod
    def fit(cls, logit: Numbers, y: NDArray[Any], weight: Numbers | None = None) -> Beta:
        """By likelihood with a small pull to the identity (1, 1, 0)."""
        if len(np.unique(y)) < 2:
            return cls()
        learned = SignedLogistic(np.ones(2), prior=np.ones(2), ridge=PULL_ROWS / len(y)).fit(_sides(logit), np.asarray(y, float), weight)
        rising, falling = learned.coefficients_
        return cls(float(rising), float(falling), learned.intercept_)

    def apply(self, logit: Numbers) -> Numbers:
        """Calibrated log-odds."""
        return np.asarray(_sides(logit) @ np.array([self.rising, self.falling]) + self.intercept)


def _sides(logit: Numbers) -> Numbers:
    """ln p and −ln(1 − p), without overflow."""
    return np.column_stack([-np.logaddexp(0.0, -logit), np.logaddexp(0.0, logit)])


def shift_base_rate(logit: Numbers, from_rate: float, to_rate: float) -> Numbers:
    """Log-odds learned where the base rate was `from_rate`, for a time when it is `to_rate`. Raises ValueError outside 0–1.

    Saerens, Latinne, Decaestecker, Neural Computation 14 (2002), for a prior that alone has changed.
    """
    if not (0 < from_rate < 1 and 0 < to_rate < 1):
        raise ValueError(f"base rates lie between 0 and 1: {from_rate}, {to_rate}")
    return np.asarray(logit + np.log(to_rate / (1 - to_rate)) - np.log(from_rate / (1 - from_rate)))
