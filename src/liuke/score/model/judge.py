"""How good a model of a table is, on rows that it did not see: outer folds, or earlier rows against later ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.base.later import Later
from liuke.score.model.recipe import Recipe, Told
from liuke.score.model.splits import Split
from liuke.score.model.stack import fit
from liuke.score.model.table import Numbers, Rows, Table
from liuke.stats.bootstrap import cluster_bootstrap
from liuke.stats.quality import average_precision, ece, log_loss
from liuke.stats.ranking import auc, precision_at

sparse = Later("scipy.sparse")
csgraph = Later("scipy.sparse.csgraph")


@dataclass(frozen=True, slots=True)
class Judged:
    """Figures over the `n` tested rows. `auc_ci`: 95% by bootstrap over groups. Seconds are per fit and per scoring of its test rows.

    `probability`: (rows,) NaN where a row was not tested; `members`: name → mean weight.
    """

    n: int
    base_rate: float
    auc: float
    auc_ci: tuple[float, float]
    ap: float
    precision_top10: float
    logloss: float
    ece: float
    fit_seconds: float
    score_seconds: float
    members: dict[str, float]
    probability: Numbers


@dataclass(frozen=True, slots=True)
class Examined:
    """What is judged: rows, outcomes (0/1), which rows belong together, and how models are made."""

    table: Table
    y: NDArray[Any]
    groups: NDArray[Any]
    recipe: Recipe
    inner: Callable[[Rows], Sequence[Split] | None] = lambda _rows: None
    """Training rows → inner splits; None for folds by group."""


def judged(what: Examined, outer: Sequence[Split], *, clock: Callable[[], float], told: Told | None = None) -> Judged:
    """A model per outer split, judged on its test rows. `clock` tells seconds. Raises ValueError as `fit` does."""
    chances = np.full(len(what.y), np.nan)
    fitting, scoring, weights = [], [], []
    for number, split in enumerate(outer):
        if told:
            told(number / len(outer), "validate")
        start = clock()
        inner, groups = what.inner(split.train), what.groups[split.train]
        model = fit(what.table.take(split.train), what.y[split.train], groups=groups, splits=inner, recipe=what.recipe)
        middle = clock()
        chances[split.test] = model.probability(what.table.take(split.test))
        fitting.append(middle - start)
        scoring.append(clock() - middle)
        weights.append(model.members)
    names = sorted({name for found in weights for name in found})
    members = {name: float(np.mean([found.get(name, 0.0) for found in weights])) for name in names}
    return _figures(what, chances, float(np.mean(fitting)), float(np.mean(scoring)), members)


def _figures(what: Examined, chances: Numbers, fitting: float, scoring: float, members: dict[str, float]) -> Judged:
    tested = np.flatnonzero(~np.isnan(chances))
    p, hit = chances[tested], np.asarray(what.y, dtype=np.float64)[tested]
    interval = cluster_bootstrap(what.groups[tested], lambda rows: auc(p[rows], hit[rows]), times=200, seed=what.recipe.seed)
    return Judged(
        n=len(tested),
        base_rate=float(hit.mean()),
        auc=auc(p, hit),
        auc_ci=interval,
        ap=average_precision(p, hit),
        precision_top10=precision_at(p, hit, 0.1),
        logloss=log_loss(p, hit),
        ece=ece(p, hit),
        fit_seconds=fitting,
        score_seconds=scoring,
        members=members,
        probability=chances,
    )


def same_rows(table: Table) -> Rows:
    """(rows,) group numbers: rows that are equal in every column share one. By 64-bit prints of the rows."""
    prints = np.zeros(len(table), dtype=np.uint64)
    random = np.random.default_rng(20260101)
    for column in table.columns:
        values = table.values[column.name]
        _, code = np.unique(values if column.kind == "number" else values.astype(np.str_), return_inverse=True)
        scattered = random.integers(0, 2**63, code.max(initial=0) + 1, dtype=np.uint64)
        prints = prints * np.uint64(0x9E3779B97F4A7C15) + scattered[code]
    return np.unique(prints, return_inverse=True)[1].astype(np.int64)


def joined_groups(one: NDArray[Any], other: NDArray[Any]) -> Rows:
    """(rows,) groups so that rows which share either group share the new one."""
    first, second = (np.unique(groups, return_inverse=True)[1] for groups in (one, other))
    size = int(first.max(initial=-1)) + 1
    graph = sparse.coo_array((np.ones(len(first)), (first, second + size)), shape=(2 * len(first) + 1,) * 2)
    return np.asarray(csgraph.connected_components(graph, directed=False)[1][first], dtype=np.int64)
