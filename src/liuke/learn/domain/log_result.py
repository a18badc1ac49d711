"""How well a model ranked those of later origins whom it had not seen lost: figures per origin, their means, an interval by customers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liuke.stats.bootstrap import cluster_bootstrap
from liuke.stats.quality import average_precision, ece, log_loss
from liuke.stats.ranking import auc, precision_at

Numbers = NDArray[np.float64]
TOP = 0.1
LEAST = 5


@dataclass(frozen=True, slots=True)
class OriginTested:
    """Customers at one origin: what the model said, what happened, and how long they had been silent (days)."""

    at_us: int
    customers: NDArray[np.int64]
    probability: Numbers
    lost: Numbers
    silence: Numbers


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over origins; `auc_ci` is the 95% interval by drawing customers."""

    auc: float
    auc_ci: tuple[float, float]
    ap: float
    precision_top10: float
    logloss: float
    ece: float
    base_rate: float
    recency_auc: float
    n: int
    customers: int


def quality_of(origins: Sequence[OriginTested], *, times: int = 400, seed: int = 7) -> Quality:
    """The figures of the origins with at least `LEAST` of both outcomes, else of those that have both; NaN where there is none."""
    both = [one for one in origins if 0 < one.lost.mean() < 1]
    whole = [one for one in both if LEAST <= one.lost.sum() <= len(one.lost) - LEAST] or both
    ids = np.concatenate([one.customers for one in whole]) if whole else np.empty(0, np.int64)
    return Quality(
        auc=_mean(whole, lambda one: auc(one.probability, one.lost)),
        auc_ci=_interval(whole, ids, times, seed),
        ap=_mean(whole, lambda one: average_precision(one.probability, one.lost)),
        precision_top10=_mean(whole, lambda one: precision_at(one.probability, one.lost, TOP)),
        logloss=_mean(whole, lambda one: log_loss(one.probability, one.lost)),
        ece=_mean(whole, lambda one: ece(one.probability, one.lost)),
        base_rate=_mean(whole, lambda one: float(one.lost.mean())),
        recency_auc=_mean(whole, lambda one: auc(np.nan_to_num(one.silence, nan=1e6), one.lost)),
        n=len(ids),
        customers=len(np.unique(ids)),
    )


def _mean(origins: Sequence[OriginTested], figure: Callable[[OriginTested], float]) -> float:
    return float(np.mean([figure(one) for one in origins])) if origins else float("nan")


def _interval(origins: Sequence[OriginTested], ids: NDArray[np.int64], times: int, seed: int) -> tuple[float, float]:
    if not origins:
        return float("nan"), float("nan")
    at = np.repeat(np.arange(len(origins)), [len(one.lost) for one in origins])
    probability, lost = (np.concatenate([getattr(one, name) for one in origins]) for name in ("probability", "lost"))

    def mean_auc(rows: NDArray[np.int64]) -> float:
        parts = [rows[at[rows] == nth] for nth in range(len(origins))]
        return float(np.mean([auc(probability[part], lost[part]) for part in parts]))

    return cluster_bootstrap(ids, mean_auc, times=times, seed=seed)
