"""The straight-line member: ridge logistic regression on quantile-normal features, bound to the declared directions."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from liuke.base.later import Later
from liuke.score.model.encode import Encoded
from liuke.score.model.table import Numbers

optimize = Later("scipy.optimize")
special = Later("scipy.special")

_BOUNDS = {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}
"""Declared direction → what a coefficient may be."""


class Linear(msgspec.Struct, frozen=True, tag="linear"):
    """intercept + features · coefficients; features have mean 0 in training, so the intercept is the usual row's log-odds."""

    intercept: float
    coefficients: tuple[float, ...]

    @classmethod
    def fit(cls, rows: Encoded, y: NDArray[Any], weight: Numbers | None, softness: float) -> Linear:
        """`softness` is the inverse of the ridge (scikit-learn's C). A number that is declared to raise the risk never lowers it."""
        outcome = np.asarray(y, dtype=np.float64)
        share = np.ones(len(outcome)) if weight is None else weight
        rate = np.average(outcome, weights=share)
        start = np.r_[np.log(rate / (1 - rate)), np.zeros(rows.lines.shape[1])]
        bounds = [(None, None), *(_BOUNDS[sign] for sign in rows.encoder.line_signs)]
        learned = optimize.minimize(
            lambda at: _loss(rows.lines, outcome, share, softness, at),
            start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 400, "gtol": 1e-5},
        )  # fmt: skip
        return cls(float(learned.x[0]), tuple(learned.x[1:].tolist()))

    def logit(self, rows: Encoded) -> Numbers:
        """(rows,) log-odds."""
        return np.asarray(self.intercept + rows.lines @ np.asarray(self.coefficients))

    @property
    def base(self) -> float:
        """The log-odds that parts are added to."""
        return self.intercept

    def parts(self, rows: Encoded) -> Numbers:
        """(rows, columns): each column's features times their coefficients."""
        owner = rows.encoder.line_owner
        to_column = np.zeros((len(owner), len(rows.encoder.codes)))
        to_column[np.arange(len(owner)), owner] = self.coefficients
        return np.asarray(rows.lines @ to_column)


def _loss(lines: Numbers, y: Numbers, share: Numbers, softness: float, at: Numbers) -> tuple[float, Numbers]:
    """Mean log-loss plus ridge at (intercept, coefficients), and its gradient: scikit-learn's objective over the rows' weight."""
    logit = at[0] + lines @ at[1:]
    scale = 1 / share.sum()
    ridge = scale / softness
    loss = scale * (share @ (np.logaddexp(0.0, logit) - y * logit)) + ridge * (at[1:] @ at[1:]) / 2
    error = scale * share * (special.expit(logit) - y)
    return float(loss), np.r_[error.sum(), lines.T @ error + ridge * at[1:]]
