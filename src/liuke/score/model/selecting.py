"""Which columns are worth reading: those that the trees use, if the rest is not missed on rows that were held out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from liuke.score.model.encode import Encoded
from liuke.score.model.lesson import Lesson
from liuke.score.model.recipe import GROWTH
from liuke.score.model.splits import Split
from liuke.score.model.table import Numbers
from liuke.score.model.trees import Trees
from liuke.stats.quality import log_loss

LEAST_COLUMNS = 12
"""So few columns are all read."""
SHARE = 0.99
"""The columns that together take away this share of the loss are enough, if they prove to be."""
MISSED = 2e-4
"""By so much the held-out log-loss may grow when the others go."""


def selected(lesson: Lesson, splits: Sequence[Split]) -> tuple[str, ...]:
    """The columns to read. Each split judges the choice that its own training rows make; then all rows choose."""
    names = lesson.table.names
    if len(names) <= LEAST_COLUMNS:
        return names
    found = [_judged(lesson, split) for split in splits]
    y = np.concatenate([lesson.y[split.test] for split in splits])
    whole, fewer = (log_loss(expit(np.concatenate([pair[side] for pair in found])), y) for side in (0, 1))
    return names if fewer > whole + MISSED else _choice(lesson, *_shallow(lesson))


def _judged(lesson: Lesson, split: Split) -> tuple[Numbers, Numbers]:
    """Test log-odds with all columns, and with those chosen by the training rows."""
    part, tests = lesson.take(split.train), lesson.table.take(split.test)
    trees, rows = _shallow(part)
    fewer = part.only(_choice(part, trees, rows))
    again, chosen = _shallow(fewer)
    return trees.logit(Encoded(rows.encoder, tests)), again.logit(Encoded(chosen.encoder, tests.only(fewer.table.names)))


def _shallow(lesson: Lesson) -> tuple[Trees, Encoded]:
    rows = lesson.encoded()
    recipe = lesson.recipe
    return Trees.fit(rows, lesson.y, lesson.weight, GROWTH["shallow"], seed=recipe.seed, threads=recipe.threads), rows


def _choice(lesson: Lesson, trees: Trees, rows: Encoded) -> tuple[str, ...]:
    gain: NDArray[np.float64] = trees.gain(rows.encoder.tree_owner, len(rows.encoder.codes))
    order = np.argsort(-gain, kind="stable")
    enough = int(np.searchsorted(np.cumsum(gain[order]), SHARE)) + 1
    kept = set(order[: max(enough, LEAST_COLUMNS)].tolist())
    return tuple(name for place, name in enumerate(lesson.table.names) if place in kept)
