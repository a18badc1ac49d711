"""The scorecard member: experts' strengths with weights ≥ 0 that outcomes may change. This is the automatic tuning of the weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from liuke.score.model.encode import Encoded
from liuke.score.model.table import Numbers, Table
from liuke.stats.logistic import SignedLogistic

PRIOR_ROWS = 20.0
"""How many labelled rows' worth of pull the experts' weights have."""


class Scorecard(msgspec.Struct, frozen=True, tag="scorecard"):
    """intercept + Σ weight · strength."""

    intercept: float
    names: tuple[str, ...]
    weights: tuple[float, ...]

    @classmethod
    def fit(cls, rows: Encoded, y: NDArray[Any], weight: Numbers | None, expert: Mapping[str, float]) -> Scorecard:
        """Ridge to the experts' log-odds; a strength that speaks against loss gets weight 0, never less."""
        names = tuple(expert)
        prior = np.array([expert[name] for name in names])
        learned = SignedLogistic(np.ones(len(names)), prior=prior, ridge=PRIOR_ROWS / len(y))
        learned.fit(strengths(rows.table, names), np.asarray(y, dtype=np.float64), weight)
        return cls(learned.intercept_, names, tuple(learned.coefficients_.tolist()))

    def logit(self, rows: Encoded) -> Numbers:
        """(rows,) log-odds."""
        return np.asarray(self.intercept + strengths(rows.table, self.names) @ np.asarray(self.weights))

    @property
    def base(self) -> float:
        """The log-odds that parts are added to."""
        return self.intercept

    def parts(self, rows: Encoded) -> Numbers:
        """(rows, columns): weight times strength."""
        names = [code.column.name for code in rows.encoder.codes]
        out = np.zeros((len(rows.table), len(names)))
        out[:, [names.index(name) for name in self.names]] = strengths(rows.table, self.names) * np.asarray(self.weights)
        return out


def strengths(table: Table, names: tuple[str, ...]) -> Numbers:
    """(rows, names) in [0, 1]; a strength that could not be computed counts 0."""
    return np.column_stack([np.nan_to_num(table.number(name)).clip(0.0, 1.0) for name in names])
