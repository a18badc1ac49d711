"""Drawing whole clusters by their weights is the same as gathering their rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.stats.bootstrap import cluster_bootstrap, cluster_weights


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.integers(0, 100))
def test_the_mean_by_weights_has_the_interval_of_the_mean_by_rows(clusters: list[int], seed: int) -> None:
    which = np.unique(np.array(clusters), return_inverse=True)[1]
    values = np.arange(len(which), dtype=float)
    size = int(which.max()) + 1
    sums, counts = np.bincount(which, weights=values, minlength=size), np.bincount(which, minlength=size)
    drawn = [float(sums @ weights / (counts @ weights)) for weights in cluster_weights(size, times=40, seed=seed)]
    by_rows = cluster_bootstrap(which, lambda rows: float(values[rows].mean()), times=40, seed=seed)
    assert np.quantile(drawn, [0.025, 0.975]) == pytest.approx(by_rows)


def test_every_draw_takes_as_many_clusters_as_there_are() -> None:
    assert [int(weights.sum()) for weights in cluster_weights(7, times=5, seed=1)] == [7] * 5
