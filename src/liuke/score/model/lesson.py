"""What the members learn from, and how each of them does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.score.model.encode import Encoded, Encoder, encoded_for_training
from liuke.score.model.fitted import Member
from liuke.score.model.linear import Linear
from liuke.score.model.randomised import Randomised, grown, held_out
from liuke.score.model.recipe import GROWTH, Expert, Recipe
from liuke.score.model.scorecard import Scorecard
from liuke.score.model.splits import Split, grouped_folds
from liuke.score.model.table import Numbers, Rows, Table
from liuke.score.model.trees import Trees

PARTS = 5
"""Into so many parts training rows are dealt for the rates of categories."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Rows with outcomes (0/1), whose rows they are, what each counts, what experts say, and the recipe."""

    table: Table
    y: NDArray[np.float64]
    groups: NDArray[Any] | None
    weight: Numbers | None
    expert: Expert | None
    recipe: Recipe

    @property
    def members(self) -> tuple[str, ...]:
        """The members that there are: the scorecard where experts have said something."""
        return (*(("scorecard",) if self.expert and self.expert.weights else ()), *self.recipe.members)

    @property
    def customers(self) -> int:
        """How many customers are labelled."""
        return len(self.y) if self.groups is None else len(np.unique(self.groups))

    def take(self, rows: Rows) -> Lesson:
        """Some rows of it."""
        groups = None if self.groups is None else self.groups[rows]
        weight = None if self.weight is None else self.weight[rows]
        return replace(self, table=self.table.take(rows), y=self.y[rows], groups=groups, weight=weight)

    def only(self, columns: Sequence[str]) -> Lesson:
        """Some columns of it; those of the experts stay."""
        kept = {*columns, *(self.expert.weights if self.expert else ())}
        return replace(self, table=self.table.only([name for name in self.table.names if name in kept]))

    def encoded(self) -> Encoded:
        """The rows as numbers; the rates of categories by other customers' outcomes only."""
        part = np.zeros(len(self.y), dtype=np.int64)
        for number, split in enumerate(grouped_folds(self.y, self.groups, PARTS, self.recipe.seed)):
            part[split.test] = number
        return encoded_for_training(Encoder.learn(self.table, self.y), self.table, self.y, part)


def learned(lesson: Lesson, rows: Encoded, name: str) -> Member:
    """One member. Raises KeyError for a name that no member has."""
    if name == "randomised":
        return Randomised.of(grown(rows, lesson.y, lesson.weight, seed=lesson.recipe.seed, threads=lesson.recipe.threads))
    if name == "scorecard":
        return Scorecard.fit(rows, lesson.y, lesson.weight, lesson.expert.weights if lesson.expert else {})
    if name == "linear":
        return Linear.fit(rows, lesson.y, lesson.weight, lesson.recipe.softness)
    return Trees.fit(rows, lesson.y, lesson.weight, GROWTH[name], seed=lesson.recipe.seed, threads=lesson.recipe.threads)


def judged_members(lesson: Lesson, split: Split) -> Mapping[str, Numbers]:
    """Members' log-odds on the test rows of a split, learned on its training rows."""
    part = lesson.take(split.train)
    rows = part.encoded()
    tests = Encoded(rows.encoder, lesson.table.take(split.test))
    return {name: _logit(part, rows, tests, name) for name in lesson.members}


def _logit(lesson: Lesson, rows: Encoded, tests: Encoded, name: str) -> Numbers:
    if name == "randomised":
        return held_out(grown(rows, lesson.y, lesson.weight, seed=lesson.recipe.seed, threads=lesson.recipe.threads), tests)
    return learned(lesson, rows, name).logit(tests)
