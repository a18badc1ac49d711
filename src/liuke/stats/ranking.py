"""How well a number ranks those to whom something happened before those to whom it did not."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def auc(score: NDArray[Any], happened: NDArray[Any]) -> float:
    """Area under the ROC curve: the chance that a hit scores above a miss, ties half. NaN where one of the two is missing.

    By mean ranks (Mann–Whitney U), exact with ties.
    """
    hit = np.asarray(happened, dtype=np.bool_)
    hits, misses = int(hit.sum()), int((~hit).sum())
    if not hits or not misses:
        return float("nan")
    _, inverse, counts = np.unique(np.asarray(score, dtype=np.float64), return_inverse=True, return_counts=True)
    mean_rank = np.cumsum(counts) - (counts - 1) / 2
    return float((mean_rank[inverse][hit].sum() - hits * (hits + 1) / 2) / (hits * misses))


def precision_at(score: NDArray[Any], happened: NDArray[Any], share: float) -> float:
    """Share of hits among the `share` (0–1) with the highest scores; ties at the edge count by their mean."""
    hit = np.asarray(happened, dtype=np.float64)
    values = np.asarray(score, dtype=np.float64)
    take = max(1, round(share * len(values)))
    edge = np.partition(values, -take)[-take]
    above, at = values > edge, values == edge
    return float((hit[above].sum() + hit[at].mean() * (take - above.sum())) / take)
