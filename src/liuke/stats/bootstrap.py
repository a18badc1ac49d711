"""Intervals by resampling. Rows of one customer stay together: their snapshots are not independent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


def cluster_bootstrap(
    clusters: NDArray[Any], statistic: Callable[[Rows], float], *, times: int, seed: int, level: float = 0.95
) -> tuple[float, float]:
    """The percentile interval of `statistic(row numbers)` when whole clusters are drawn with replacement.

    `clusters` names each row's cluster. Deterministic for a `seed`. Draws for which the statistic is NaN do not count.
    """
    order = np.argsort(clusters, kind="stable")
    _, starts = np.unique(np.asarray(clusters)[order], return_index=True)
    groups = np.split(order, starts[1:])
    random = np.random.default_rng(seed)
    drawn = np.empty(times)
    for time in range(times):
        picked = random.integers(0, len(groups), len(groups))
        drawn[time] = statistic(np.concatenate([groups[group] for group in picked]))
    low, high = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def cluster_weights(clusters: int, *, times: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """How often each of `clusters` clusters is drawn, `times` over: for sums per cluster, without gathering rows.

    The same draws as `cluster_bootstrap` makes with the same seed.
    """
    random = np.random.default_rng(seed)
    for _ in range(times):
        yield np.bincount(random.integers(0, clusters, clusters), minlength=clusters)
