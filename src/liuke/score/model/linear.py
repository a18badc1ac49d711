"""The straight-line member: ridge logistic regression on quantile-normal features."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from liuke.base.later import Later
from liuke.score.model.encode import Encoded
from liuke.score.model.table import Numbers

linear_model = Later("sklearn.linear_model")


class Linear(msgspec.Struct, frozen=True, tag="linear"):
    """intercept + features · coefficients; features have mean 0 in training, so the intercept is the usual row's log-odds."""

    intercept: float
    coefficients: tuple[float, ...]

    @classmethod
    def fit(cls, rows: Encoded, y: NDArray[Any], weight: Numbers | None, softness: float) -> Linear:
        """`softness` is the inverse of the ridge (scikit-learn's C)."""
        learned = linear_model.LogisticRegression(C=softness, max_iter=400, tol=1e-5).fit(rows.lines, y, sample_weight=weight)
        return cls(float(learned.intercept_[0]), tuple(learned.coef_[0].tolist()))

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
