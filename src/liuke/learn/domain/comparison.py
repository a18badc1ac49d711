"""How well several models foretold the same customers at the same origins: figures with intervals by drawing whole customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.learn.domain.backtest import Estimate
from liuke.learn.domain.promise import sigmoid
from liuke.score.model.table import Numbers
from liuke.stats.bootstrap import cluster_weights
from liuke.stats.logistic import SignedLogistic
from liuke.stats.quality import ece

TOP = 0.1
NAMES = ("auc", "ap", "top", "log_loss")


@dataclass(frozen=True, slots=True)
class Rows:
    """What the models are judged on: a row per customer and origin. `origin` names each row's origin, `lost` is 0 or 1."""

    customers: NDArray[np.int64]
    origin: NDArray[np.int64]
    lost: Numbers


@dataclass(frozen=True, slots=True)
class Compared:
    """One way to rank customers. Each figure is the mean over origins; `log_loss` and `ece` are None for one without probabilities.

    `top`: precision among the tenth with the highest values. `behind`: the first model's AUC less this one's.
    """

    name: str
    auc: Estimate
    ap: Estimate
    top: Estimate
    log_loss: Estimate
    ece: float | None
    behind: Estimate

    def to_plain(self) -> dict[str, object]:
        """JSON-ready."""
        parts = {part: plain_estimate(getattr(self, part)) for part in (*NAMES, "behind")}
        return {"name": self.name, **parts, "ece": self.ece}


def plain_estimate(estimate: Estimate) -> dict[str, float | int | None]:
    """A figure as JSON."""
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high, "n": estimate.n}


@dataclass(frozen=True, slots=True)
class _Ranked:
    """An origin's rows sorted by falling value, so that a draw costs only sums. `ends`: where ties end."""

    rows: NDArray[np.int64]
    customer: NDArray[np.int64]
    lost: Numbers
    ends: NDArray[np.int64]
    loss: Numbers | None

    def figures(self, weights: Numbers) -> tuple[float, float, float, float]:
        """AUC, average precision, precision of the top tenth, log-loss, where row i counts `weights[i]` times."""
        hits, all_ = np.cumsum(weights * self.lost)[self.ends], np.cumsum(weights)[self.ends]
        misses = all_ - hits
        if not hits[-1] or not misses[-1]:
            return (float("nan"),) * 4
        new_misses = np.diff(np.r_[0.0, misses])
        auc = float((new_misses * (np.r_[0.0, hits[:-1]] + hits) / 2).sum() / (hits[-1] * misses[-1]))
        with np.errstate(invalid="ignore"):
            ap = float(np.nansum(np.diff(np.r_[0.0, hits]) * hits / all_) / hits[-1])
        edge = min(int(np.searchsorted(all_, TOP * all_[-1])), len(all_) - 1)
        loss = float(np.average(self.loss, weights=weights)) if self.loss is not None else float("nan")
        return auc, ap, float(hits[edge] / all_[edge]), loss


def compare(rows: Rows, values: Mapping[str, Numbers], probabilities: Sequence[str], *, times: int = 200, seed: int = 7) -> list[Compared]:
    """Figures per name of `values` (larger = riskier; log-odds for those in `probabilities`), the first being what others are behind."""
    _, customer = np.unique(rows.customers, return_inverse=True)
    size = int(customer.max(initial=-1)) + 1
    origins = np.unique(rows.origin)
    ranked = {
        name: [_ranked(rows, customer, rows.origin == at, given, name in probabilities) for at in origins] for name, given in values.items()
    }
    now = _all(ranked, np.ones(size))
    drawn = np.stack([_all(ranked, weights.astype(np.float64)) for weights in cluster_weights(size, times=times, seed=seed)])
    out = []
    for at, name in enumerate(values):
        auc, ap, top, loss = (_estimate(now[at, nth], drawn[:, at, nth], len(rows.lost)) for nth in range(len(NAMES)))
        behind = _estimate(now[0, 0] - now[at, 0], drawn[:, 0, 0] - drawn[:, at, 0], len(rows.lost))
        error = _error(rows, values[name]) if name in probabilities else None
        out.append(Compared(name, auc, ap, top, loss, error, behind))
    return out


def loss_difference(rows: Rows, one: Numbers, other: Numbers, *, times: int = 400, seed: int = 7) -> Estimate:
    """Mean log-loss of `one` less that of `other` (log-odds): below 0, the first foretells better."""
    _, customer = np.unique(rows.customers, return_inverse=True)
    each = _losses(one, rows.lost) - _losses(other, rows.lost)
    size = int(customer.max(initial=-1)) + 1
    sums, counts = np.bincount(customer, weights=each, minlength=size), np.bincount(customer, minlength=size)
    drawn = np.array(
        [float(sums @ weights) / max(1.0, float(counts @ weights)) for weights in cluster_weights(size, times=times, seed=seed)]
    )
    return _estimate(float(each.mean()), drawn, len(each))


def _all(ranked: Mapping[str, Sequence[_Ranked]], weights: Numbers) -> Numbers:
    """(names, figures): means over origins."""
    return np.array([_mean([part.figures(weights[part.customer]) for part in parts]) for parts in ranked.values()])


def _mean(figures: Sequence[tuple[float, ...]]) -> Numbers:
    """Over origins; NaN where no origin has the figure."""
    table = np.array(figures)
    known = ~np.isnan(table)
    return np.where(known.any(axis=0), np.where(known, table, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1), np.nan)


def _ranked(rows: Rows, customer: NDArray[Any], here: NDArray[np.bool_], values: Numbers, probable: bool) -> _Ranked:
    at = np.flatnonzero(here)
    at = at[np.argsort(-values[at], kind="stable")]
    sorted_values = values[at]
    ends = np.flatnonzero(np.append(sorted_values[1:] != sorted_values[:-1], True))
    loss = _losses(values[at], rows.lost[at]) if probable else None
    return _Ranked(at, customer[at], rows.lost[at], ends, loss)


def _losses(logit: Numbers, lost: Numbers) -> Numbers:
    return np.asarray(np.logaddexp(0.0, logit) - lost * logit)


def _error(rows: Rows, logit: Numbers) -> float:
    """Mean over origins of the expected calibration error."""
    p = sigmoid(logit)
    return float(np.mean([ece(p[rows.origin == at], rows.lost[rows.origin == at]) for at in np.unique(rows.origin)]))


def _estimate(value: float, drawn: Numbers, n: int) -> Estimate:
    known = drawn[~np.isnan(drawn)]
    if np.isnan(value) or not len(known):
        return Estimate(None, None, None, n)
    low, high = np.quantile(known, [0.025, 0.975])
    return Estimate(float(value), float(low), float(high), n)


def slope_within(rows: Rows, logit: Numbers) -> float:
    """The calibration slope: 1 = log-odds are as far apart as what happened, below 1 = they promise too much.

    Every origin has its own base rate beside it, so that a season does not look like overconfidence.
    """
    own = np.column_stack([(rows.origin == at).astype(float) for at in np.unique(rows.origin)[1:]] or [np.zeros(len(logit))])
    free = np.ones(own.shape[1])
    design = np.hstack([logit[:, None], own, own])
    learned = SignedLogistic(np.r_[1.0, free, -free], np.r_[1.0, 0 * free, 0 * free], ridge=1e-4, steps=60).fit(design, rows.lost)
    return float(learned.coefficients_[0])
