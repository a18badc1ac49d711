"""The front door: learn a model from a table. Members are judged on rows they did not see; their log-odds are added with weights ≥ 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.score.model.blend import Blend, blended, trusted
from liuke.score.model.choose import left_out
from liuke.score.model.encode import Encoded, Encoder, encoded_for_training
from liuke.score.model.fitted import Fitted, Member
from liuke.score.model.linear import Linear
from liuke.score.model.recipe import GROWTH, Expert, Recipe, Told
from liuke.score.model.scorecard import Scorecard
from liuke.score.model.splits import Split, grouped_folds
from liuke.score.model.table import Numbers, Table
from liuke.score.model.trees import Trees


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the members learn from."""

    table: Table
    y: NDArray[np.float64]
    groups: NDArray[Any] | None
    weight: Numbers | None
    expert: Expert | None
    recipe: Recipe

    def take(self, rows: NDArray[np.int64]) -> Lesson:
        """Some rows of it."""
        groups = None if self.groups is None else self.groups[rows]
        weight = None if self.weight is None else self.weight[rows]
        return Lesson(self.table.take(rows), self.y[rows], groups, weight, self.expert, self.recipe)


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
    prior. `told` hears of progress. Deterministic for a recipe. Raises ValueError unless both outcomes occur.
    """
    outcome = np.asarray(y, dtype=np.float64)
    if set(np.unique(outcome)) != {0.0, 1.0}:
        raise ValueError("a model needs rows with the outcome and rows without it, as 0 and 1")
    recipe, tell = recipe or Recipe(), told or (lambda _share, _step: None)
    dropped = left_out(table)
    chosen = table.only([name for name in table.names if name not in dropped or name in (expert.weights if expert else {})])
    lesson = Lesson(chosen, outcome, groups, weight, expert, recipe)
    inner = tuple(splits) if splits else grouped_folds(outcome, groups, recipe.folds, recipe.seed)
    members = _members(lesson)
    held_out = {name: np.full(len(outcome), np.nan) for name in members}
    for number, split in enumerate(inner):
        tell(number / (len(inner) + 1), "validate")
        learned, _ = _learned(lesson.take(split.train), members)
        rows = Encoded(_, chosen.take(split.test))
        for name, member in learned.items():
            held_out[name][split.test] = member.logit(rows)
    blend = _blend(lesson, held_out)
    tell(len(inner) / (len(inner) + 1), "fit")
    learned, encoder = _learned(lesson, tuple(blend.weights))
    about: dict[str, object] = {"rows": len(outcome), "base_rate": float(outcome.mean()), "left_out": dict(dropped)}
    return Fitted(encoder, learned, blend.weights, blend.intercept, blend.logit(held_out), about)


def _members(lesson: Lesson) -> tuple[str, ...]:
    return (*(("scorecard",) if lesson.expert and lesson.expert.weights else ()), *lesson.recipe.members)


def _learned(lesson: Lesson, names: Sequence[str]) -> tuple[dict[str, Member], Encoder]:
    """The members by the rows of a lesson, and the encoder that they share."""
    encoder = Encoder.learn(lesson.table, lesson.y)
    part = np.zeros(len(lesson.y), dtype=np.int64)
    for number, split in enumerate(grouped_folds(lesson.y, lesson.groups, 5, lesson.recipe.seed)):
        part[split.test] = number
    rows = encoded_for_training(encoder, lesson.table, lesson.y, part)
    return {name: _member(name, lesson, rows) for name in names}, encoder


def _member(name: str, lesson: Lesson, rows: Encoded) -> Member:
    recipe = lesson.recipe
    if name == "scorecard":
        return Scorecard.fit(rows, lesson.y, lesson.weight, lesson.expert.weights if lesson.expert else {})
    if name == "linear":
        return Linear.fit(rows, lesson.y, lesson.weight, recipe.softness)
    return Trees.fit(rows, lesson.y, lesson.weight, GROWTH[name], seed=recipe.seed, threads=recipe.threads)


def _blend(lesson: Lesson, held_out: Mapping[str, Numbers]) -> Blend:
    tested = np.flatnonzero(~np.isnan(np.column_stack(list(held_out.values()))).any(axis=1))
    weight = None if lesson.weight is None else lesson.weight[tested]
    blend = blended({name: logits[tested] for name, logits in held_out.items()}, lesson.y[tested], weight)
    if "scorecard" not in held_out:
        return blend
    customers = len(lesson.y) if lesson.groups is None else len(np.unique(lesson.groups))
    return trusted(blend, "scorecard", customers / (customers + lesson.recipe.half_trust))
