"""How good predicted chances are: how they rank rare hits, and whether 30% happens three times in ten."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.stats.ranking import precision_at

SMALLEST = 1e-15
"""A chance is read as no nearer to 0 or 1 than this, so that one miss does not make a log-loss endless."""


def average_precision(score: NDArray[Any], happened: NDArray[Any]) -> float:
    """Area under the precision-recall steps: Σ (recall gained) · precision, ties taken together. NaN without a hit."""
    hit = np.asarray(happened, dtype=np.float64)
    if not hit.sum():
        return float("nan")
    order = np.argsort(-np.asarray(score, dtype=np.float64), kind="stable")
    sorted_score = np.asarray(score)[order]
    last_of_tie = np.r_[sorted_score[1:] != sorted_score[:-1], True]
    hits = np.cumsum(hit[order])[last_of_tie]
    precision = hits / (np.flatnonzero(last_of_tie) + 1)
    return float((np.diff(np.r_[0.0, hits]) * precision).sum() / hit.sum())


def log_loss(probability: NDArray[Any], happened: NDArray[Any], weight: NDArray[Any] | None = None) -> float:
    """Mean of −ln of the chance given to what happened; natural logarithm."""
    p = np.clip(np.asarray(probability, dtype=np.float64), SMALLEST, 1 - SMALLEST)
    hit = np.asarray(happened, dtype=np.float64)
    return float(np.average(-(hit * np.log(p) + (1 - hit) * np.log1p(-p)), weights=weight))


def brier(probability: NDArray[Any], happened: NDArray[Any]) -> float:
    """Mean squared difference of chance and outcome (Brier, 1950)."""
    return float(np.mean((np.asarray(probability, dtype=np.float64) - np.asarray(happened, dtype=np.float64)) ** 2))


def ece(probability: NDArray[Any], happened: NDArray[Any], bins: int = 15) -> float:
    """Expected calibration error over `bins` groups of equally many rows: mean |share of hits − mean chance| by group size.

    Equal mass as in Nixon et al., CVPR workshops 2019: the usual equal width leaves most groups empty at low base rates.
    """
    p, hit = np.asarray(probability, dtype=np.float64), np.asarray(happened, dtype=np.float64)
    groups = np.array_split(np.argsort(p, kind="stable"), min(bins, len(p)))
    return float(sum(abs(hit[group].sum() - p[group].sum()) for group in groups) / len(p))


def lift(score: NDArray[Any], happened: NDArray[Any], share: float) -> float:
    """Precision among the `share` (0–1) with the highest scores, as a multiple of the base rate. NaN without a hit."""
    base = float(np.mean(np.asarray(happened, dtype=np.float64)))
    return precision_at(score, happened, share) / base if base else float("nan")
