"""Inner splits: which rows a member learns from and on which it is judged. Rows of one customer never lie on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.score.model.table import Rows


@dataclass(frozen=True, slots=True)
class Split:
    """Row numbers to learn from and row numbers to be judged on."""

    train: Rows
    test: Rows


def grouped_folds(y: NDArray[Any], groups: NDArray[Any] | None, folds: int, seed: int) -> tuple[Split, ...]:
    """`folds` splits that keep each group whole and the share of outcomes alike; fewer where a class has fewer groups.

    Groups are dealt out in turn, those with an outcome first, so that every fold gets its share of them.
    """
    _, group = np.unique(np.arange(len(y)) if groups is None else np.asarray(groups), return_inverse=True)
    lost = np.zeros(group.max() + 1)
    np.add.at(lost, group, np.asarray(y, dtype=np.float64))
    shuffled = np.random.default_rng(seed).permutation(len(lost))
    dealt = shuffled[np.argsort(-(lost[shuffled] > 0).astype(int), kind="stable")]
    count = max(2, min(folds, int((lost > 0).sum()), int((lost == 0).sum())))
    fold_of_group = np.empty(len(lost), dtype=np.int64)
    fold_of_group[dealt] = np.arange(len(dealt)) % count
    fold = fold_of_group[group]
    return tuple(Split(np.flatnonzero(fold != part), np.flatnonzero(fold == part)) for part in range(count))


def forward_splits(at: NDArray[Any], y: NDArray[Any], cuts: tuple[float, ...] = (0.55, 0.7, 0.85)) -> tuple[Split, ...] | None:
    """Splits forward in time: all rows up to a moment learn, those until the next cut are judged. `at` (rows,) grows with time.

    None where time has too few values or a side lacks an outcome: then folds by group serve.
    """
    moments = np.unique(np.quantile(at, (*cuts, 1.0), method="lower"))
    found = []
    for start, end in pairwise(moments):
        split = Split(np.flatnonzero(at <= start), np.flatnonzero((at > start) & (at <= end)))
        if all(len(np.unique(y[rows])) == 2 and len(rows) >= 100 for rows in (split.train, split.test)):
            found.append(split)
    return tuple(found) or None
