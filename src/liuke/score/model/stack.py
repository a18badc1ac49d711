"""The front door: learn a model from a table. Members are judged on rows they did not see; their log-odds are added with weights ≥ 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.score.model.blend import Blend, blended, trusted
from liuke.score.model.choose import left_out, screened
from liuke.score.model.fitted import Fitted
from liuke.score.model.lesson import Lesson, judged_members, learned
from liuke.score.model.recipe import Expert, Recipe, Told
from liuke.score.model.selecting import selected
from liuke.score.model.splits import Split, grouped_folds
from liuke.score.model.table import Numbers, Table

FEWEST = 8
"""Customers of the rarer outcome below which nothing is held out: the straight lines (or the experts' scorecard) alone are learned."""


def fit(
    table: Table,
    y: NDArray[Any],
    *,
    groups: NDArray[Any] | None = None,
    splits: Sequence[Split] | None = None,
    weight: Numbers | None = None,
    expert: Expert | None = None,
    recipe: Recipe | None = None,
    told: Told | None = None,
) -> Fitted:
    """A model of `y` (rows, 0/1) by the table's columns.

    `groups` (rows) names each row's customer: rows of one never lie on both sides of an inner split. `splits` replaces the inner K-fold
    (purged splits forward in time for snapshots). `weight` per row. `expert`: strengths in [0, 1] with log-odds ≥ 0, the scorecard's
    prior. `told` hears of progress. Deterministic for a recipe. Raises ValueError unless both outcomes occur, KeyError for an
    expert's column that the table lacks.
    """
    outcome = np.asarray(y, dtype=np.float64)
    if set(np.unique(outcome)) != {0.0, 1.0}:
        raise ValueError("a model needs rows with the outcome and rows without it, as 0 and 1")
    recipe, tell = recipe or Recipe(), told or _silent
    lesson, dropped = _readable(Lesson(table, outcome, groups, weight, expert, recipe))
    inner = tuple(splits) if splits else grouped_folds(outcome, groups, recipe.folds - (len(outcome) >= recipe.many_rows), recipe.seed)
    if recipe.choose and _enough(lesson):
        tell(0.0, "choose")
        lesson = lesson.only(selected(lesson, inner))
    held_out = _held_out(lesson, inner if _enough(lesson) else (), tell)
    blend = _blend(lesson, held_out)
    tell(0.9, "fit")
    rows = lesson.encoded()
    members = {name: learned(lesson, rows, name) for name in blend.weights}
    about = _about(lesson, table.names, dropped, len(inner))
    return Fitted(rows.encoder, members, blend.weights, blend.intercept, blend.logit(held_out), about)


def _about(lesson: Lesson, given: Sequence[str], dropped: Mapping[str, str], splits: int) -> dict[str, object]:
    """What a model was learned from; `given` are all columns of the table, `dropped` those that say nothing."""
    return {
        "rows": len(lesson.y),
        "customers": lesson.customers,
        "base_rate": float(lesson.y.mean()),
        "inner_splits": splits,
        "left_out": dict(dropped),
        "unused": [name for name in given if name not in dropped and name not in lesson.table.names],
    }


def _silent(_share: float, _step: str) -> None:
    """Progress that nobody asked for."""


def _readable(lesson: Lesson) -> tuple[Lesson, Mapping[str, str]]:
    """Without columns that say nothing, and without the weakest of very many; why each of the first went."""
    table, most = lesson.table, lesson.recipe.most_columns
    table.only(tuple(lesson.expert.weights) if lesson.expert else ())
    dropped = left_out(table)
    readable = lesson.only([name for name in table.names if name not in dropped])
    if not readable.table.columns:
        raise ValueError("no column differs between rows")
    if len(readable.table.columns) > most:
        readable = readable.only(screened(readable.table, lesson.y, most))
    return readable, dropped


def _held_out(lesson: Lesson, inner: Sequence[Split], tell: Told) -> dict[str, Numbers]:
    """Member → log-odds of each row by a model that did not learn from it; NaN where no split tests it."""
    found = {name: np.full(len(lesson.y), np.nan) for name in lesson.members}
    for number, split in enumerate(inner):
        tell(0.1 + 0.8 * number / len(inner), "validate")
        for name, logits in judged_members(lesson, split).items():
            found[name][split.test] = logits
    return found


def _enough(lesson: Lesson) -> bool:
    """Whether every fold can have both outcomes."""
    groups = np.arange(len(lesson.y)) if lesson.groups is None else lesson.groups
    return all(len(np.unique(groups[lesson.y == outcome])) >= FEWEST for outcome in (0.0, 1.0))


def _blend(lesson: Lesson, held_out: Mapping[str, Numbers]) -> Blend:
    tested = np.flatnonzero(~np.isnan(np.column_stack(list(held_out.values()))).any(axis=1))
    if not len(tested) or len(np.unique(lesson.y[tested])) < 2:
        only = "scorecard" if "scorecard" in held_out else "linear"
        return Blend(0.0, {only: 1.0})
    weight = None if lesson.weight is None else lesson.weight[tested]
    blend = blended({name: logits[tested] for name, logits in held_out.items()}, lesson.y[tested], weight)
    if "scorecard" not in held_out:
        return blend
    return trusted(blend, "scorecard", lesson.customers / (lesson.customers + lesson.recipe.half_trust))
