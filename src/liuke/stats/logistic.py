"""Logistic regression whose coefficients keep the sign that experts gave them: the way weights are learned and stay readable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class SignedLogistic:
    """Ridge logistic regression with `sign * coefficient >= 0` per column, by projected Newton steps on the active columns.

    `ridge` (per row) pulls the coefficients to `prior` (experts' weights in log-odds; 0 where None), so that few labels move
    them little. After `fit`: `intercept_`, `coefficients_`.
    """

    def __init__(self, sign: Numbers, prior: Numbers | None = None, ridge: float = 1e-4, steps: int = 200) -> None:
        self.sign = sign
        self.prior = prior
        self.ridge = ridge
        self.steps = steps

    def fit(self, x: Numbers, y: NDArray[Any], weight: Numbers | None = None) -> SignedLogistic:
        """Learns from rows `x` and outcomes `y` (0/1); `weight` per row."""
        w = np.full(len(y), 1 / len(y)) if weight is None else weight / weight.sum()
        design = np.column_stack([np.ones(len(y)), x * self.sign])
        centre = np.r_[0.0, np.zeros(x.shape[1]) if self.prior is None else self.prior * self.sign]
        beta = centre.copy()
        penalty = np.r_[0.0, np.full(x.shape[1], self.ridge)]
        for _ in range(self.steps):
            p = 1 / (1 + np.exp(-design @ beta))
            gradient = design.T @ (w * (p - y)) + penalty * (beta - centre)
            free = np.r_[True, (beta[1:] > 0) | (gradient[1:] < 0)]
            curvature = (design[:, free].T * (w * p * (1 - p))) @ design[:, free] + np.diag(penalty[free] + 1e-10)
            step = np.zeros_like(beta)
            step[free] = np.linalg.solve(curvature, gradient[free])
            moved = _downhill(beta, step, lambda point: _loss(design, y, w, penalty * (point - centre) ** 2 / 2, point))
            if np.abs(moved - beta).max() < 1e-8:
                break
            beta = moved
        self.intercept_ = float(beta[0])
        self.coefficients_ = beta[1:] * self.sign
        return self

    def logit(self, x: Numbers) -> Numbers:
        """The log-odds of rows."""
        return np.asarray(self.intercept_ + x @ self.coefficients_)


def _loss(design: Numbers, y: NDArray[Any], w: Numbers, pull: Numbers, beta: Numbers) -> float:
    """Mean log-loss plus the ridge's pull."""
    logit = design @ beta
    return float(w @ (np.logaddexp(0.0, logit) - y * logit) + pull.sum())


def _downhill(beta: Numbers, step: Numbers, loss: Callable[[Numbers], float]) -> Numbers:
    """The Newton step, halved until it does not lead uphill: columns that say nearly the same make whole steps overshoot."""
    before = loss(beta)
    for halving in range(30):
        moved: Numbers = beta - step * 0.5**halving
        moved[1:] = np.maximum(moved[1:], 0.0)
        if loss(moved) <= before + 1e-12:
            return moved
    return beta
