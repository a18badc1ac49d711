"""Which columns are worth reading: those that the trees use, if the rest is not missed on rows that were held out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from liuke.base.later import Later
from liuke.score.model.codes import RateCode
from liuke.score.model.encode import Encoded
from liuke.score.model.lesson import Lesson
from liuke.score.model.recipe import GROWTH
from liuke.score.model.splits import Split
from liuke.score.model.table import Numbers
from liuke.score.model.trees import Trees
from liuke.stats.quality import log_loss

special = Later("scipy.special")

LEAST_COLUMNS = 12
"""So few columns are all read."""
SHARE = 0.99
"""The columns that together take away this share of the loss are enough, if they prove to be."""
WAYS = 2
"""How many choices are tried."""
MISSED = 3e-4
"""By so much the held-out log-loss may grow when the others go."""


def selected(lesson: Lesson, splits: Sequence[Split]) -> tuple[str, ...]:
    """The columns to read. Each split judges the choices that its own training rows make; then all rows choose.

    Three choices: all; those that take away nearly all of the loss; those without categories of many levels, whose rates may be chance.
    """
    names = lesson.table.names
    trees, rows = _shallow(lesson)
    choices = [choice for choice in _choices(trees, rows) if len(choice) < len(names)]
    if not choices:
        return names
    y = np.concatenate([lesson.y[split.test] for split in splits])
    judged = [_judged(lesson, split) for split in splits]
    loss = {way: log_loss(special.expit(np.concatenate([found[way] for found in judged])), y) for way in range(WAYS + 1)}
    best = min(range(1, WAYS + 1), key=lambda way: loss[way])
    return _choices(trees, rows)[best - 1] if loss[best] <= loss[0] + MISSED else names


def _judged(lesson: Lesson, split: Split) -> list[Numbers]:
    """Test log-odds with all columns, and with each choice that the training rows make."""
    part, tests = lesson.take(split.train), lesson.table.take(split.test)
    trees, rows = _shallow(part)
    whole = trees.logit(Encoded(rows.encoder, tests))
    found = [whole]
    for choice in _choices(trees, rows):
        if len(choice) == len(part.table.columns):
            found.append(whole)
            continue
        again, chosen = _shallow(part.only(choice))
        found.append(again.logit(Encoded(chosen.encoder, tests.only(chosen.table.names))))
    return found


def _shallow(lesson: Lesson) -> tuple[Trees, Encoded]:
    rows = lesson.encoded()
    recipe = lesson.recipe
    return Trees.fit(rows, lesson.y, lesson.weight, GROWTH["shallow"], seed=recipe.seed, threads=recipe.threads), rows


def _choices(trees: Trees, rows: Encoded) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that gain, and of these the ones that are no category of many levels (if any is left)."""
    codes = rows.encoder.codes
    gain: NDArray[np.float64] = trees.gain(rows.encoder.tree_owner, len(codes))
    order = np.argsort(-gain, kind="stable")
    enough = int(np.searchsorted(np.cumsum(gain[order]), SHARE)) + 1
    kept = set(order[: max(enough, LEAST_COLUMNS)].tolist())
    gaining = tuple(code.column.name for place, code in enumerate(codes) if place in kept)
    plain = tuple(code.column.name for place, code in enumerate(codes) if place in kept and not isinstance(code, RateCode))
    return gaining, plain or gaining
