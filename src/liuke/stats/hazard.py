"""When something happens: a hazard per period of time, and from it the share to whom it has happened by then.

Discrete-time survival as a logistic regression on person-periods (Allison, "Discrete-time methods for the analysis of event histories",
Sociological Methodology 13, 1982, 61–98; Singer & Willett 1993): one row per subject and period at risk, outcome 1 in the period in
which it happened. Whoever was watched for less than all periods counts for those that were seen.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.base.later import Later

special = Later("scipy.special")

Numbers = NDArray[np.float64]


class DiscreteHazard:
    """logit hazard(period, x) = level of the period + x · effects + x · (period from the middle) · changes.

    Penalties per row: `ridge` on effects, changes and on what the level moves by from one period to the next, so that a period in which
    nobody was at risk goes on as the one before. After `fit`: `beta_` (levels' steps, effects, changes).
    """

    def __init__(self, periods: int, ridge: float = 1e-6, steps: int = 60) -> None:
        self.periods = periods
        self.ridge = ridge
        self.steps = steps

    def fit(self, x: Numbers, watched: NDArray[Any], happened: NDArray[Any], weight: Numbers | None = None) -> DiscreteHazard:
        """Learns from subjects `x` (n, k) that were `watched` for 1 to `periods` periods; `happened`: in the last of them.

        Newton's method with halved steps. Raises ValueError where somebody was watched for no period or for too many.
        """
        count, event = np.asarray(watched, dtype=np.int64), np.asarray(happened, dtype=np.bool_)
        if not len(count) or count.min() < 1 or count.max() > self.periods:
            raise ValueError(f"everybody is watched for 1 to {self.periods} periods")
        subject, period = person_periods(count)
        y = event[subject] & (period == count[subject] - 1)
        rows = self._design(np.asarray(x, dtype=np.float64)[subject], period)
        each = np.ones(len(count)) if weight is None else np.asarray(weight, dtype=np.float64)
        share = each[subject] / each[subject].sum()
        start = np.zeros(rows.shape[1])
        start[0] = np.log((share @ y + 1e-6) / (1 - share @ y + 1e-6))
        penalty = np.r_[0.0, np.full(rows.shape[1] - 1, self.ridge)]
        self.beta_ = _newton(rows, y.astype(np.float64), share, start, penalty=penalty, steps=self.steps)
        return self

    def hazard(self, x: Numbers) -> Numbers:
        """The chance (n, periods) that it happens in a period to whom it has not happened before."""
        known = np.asarray(x, dtype=np.float64)
        columns = [special.expit(self._design(known, np.full(len(known), period)) @ self.beta_) for period in range(self.periods)]
        return np.stack(columns, axis=1)

    def by_then(self, x: Numbers) -> Numbers:
        """The chance (n, periods) that it has happened by the end of each period; never falls from one to the next."""
        return np.asarray(1 - np.cumprod(1 - self.hazard(x), axis=1))

    def _design(self, x: Numbers, period: NDArray[np.int64]) -> Numbers:
        levels = (period[:, None] >= np.arange(self.periods)).astype(np.float64)
        middle = (period - (self.periods - 1) / 2)[:, None]
        changes = [x * middle] if self.periods > 1 else []
        return np.hstack([levels, x, *changes])


def person_periods(watched: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(subject, period) of every person-period: subject `i` has the periods 0 to `watched[i] - 1`."""
    subject = np.repeat(np.arange(len(watched)), watched)
    first = np.cumsum(watched) - watched
    return subject, np.arange(len(subject)) - first[subject]


def _newton(rows: Numbers, y: Numbers, share: Numbers, start: Numbers, *, penalty: Numbers, steps: int) -> Numbers:
    beta, loss = start, _loss(rows, y, share, start, penalty)
    for _ in range(steps):
        p = special.expit(rows @ beta)
        gradient = rows.T @ (share * (p - y)) + penalty * beta
        curvature = (rows.T * (share * p * (1 - p))) @ rows + np.diag(penalty + 1e-12)
        step, part = np.linalg.lstsq(curvature, gradient, rcond=None)[0], 1.0
        moved = beta - step
        while (new := _loss(rows, y, share, moved, penalty)) > loss and part > 1e-6:
            part /= 2
            moved = beta - part * step
        done = loss - new < 1e-12
        beta, loss = (moved, new) if new <= loss else (beta, loss)
        if done:
            break
    return beta


def _loss(rows: Numbers, y: Numbers, share: Numbers, beta: Numbers, penalty: Numbers) -> float:
    logit = rows @ beta
    return float(share @ (np.logaddexp(0.0, logit) - y * logit) + (penalty * beta * beta).sum() / 2)
