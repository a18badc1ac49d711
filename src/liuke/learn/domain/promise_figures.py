"""What the promise was worth on the judged origins: every figure with n, interval and base rate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from liuke.base.times import DAY_US
from liuke.learn.domain.backtest import Estimate
from liuke.learn.domain.promise import Asked, Decision, Flags, Ids, Numbers, Predictions, sigmoid
from liuke.learn.domain.promise_walk import Walk
from liuke.stats.bootstrap import cluster_weights
from liuke.stats.proportion import wilson
from liuke.stats.ranking import auc

ENOUGH = 30
"""Alerts that must have been judged before a precision is believed."""
BINS = 10
POINTS = 60
"""Points of a drawn curve."""


class Verdict(StrEnum):
    """What is said about a target."""

    HOLDS = "holds"
    UNREACHABLE = "unreachable"
    """以现有数据达不到: no threshold today, or the interval of the measured precision reaches below what was promised."""
    UNPROVEN = "unproven"
    """Too few alerts were judged to say either."""


@dataclass(frozen=True, slots=True)
class Figures:
    """`precision` by drawing customers over all origins, `wilson` of the same hits as if they were independent.

    `base_rate`: what as many customers, drawn at random at the same origins, would have hit. `recall`: of the losses at judged
    origins (one per customer and loss) those that were alerted before. `lead_days`: median days from alert to loss.
    """

    precision: Estimate
    wilson: tuple[float, float]
    base_rate: Estimate
    lift: Estimate
    recall: Estimate
    lead_days: Estimate
    alerts: int
    hits: int
    alerts_per_week: float
    auc: Estimate


@dataclass(frozen=True, slots=True)
class Share:
    """A named part: `eligible` rows, `lost` of them, `alerts`, `hits`, and Wilson's interval of the precision."""

    name: str
    eligible: int
    lost: int
    alerts: int
    hits: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """A tenth of the judged rows by probability: what was said on average, what happened, and Wilson's interval."""

    said: float
    happened: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """At a threshold: recall (also the true-positive rate), precision, false-positive rate."""

    threshold: float
    recall: float
    precision: float
    false_rate: float


def figures_of(lived: Walk, *, times: int = 400, seed: int = 7) -> Figures:
    """Measured on the judged origins, with intervals by drawing whole customers `times` over."""
    rows, alert = lived.rows, lived.alert
    _, customer = np.unique(rows.customer, return_inverse=True)
    size = int(customer.max(initial=-1)) + 1
    hit = alert & rows.lost
    loss, caught = _losses(rows, alert)
    sums = np.stack(
        [
            np.bincount(customer[alert], minlength=size),
            np.bincount(customer[hit], minlength=size),
            np.bincount(customer[alert], weights=_rates(rows)[alert], minlength=size),
            np.bincount(customer[loss], minlength=size),
            np.bincount(customer[loss[caught]], minlength=size),
        ]
    ).astype(np.float64)
    now = _ratios(sums.sum(axis=1))
    drawn = np.array([_ratios(sums @ weights) for weights in cluster_weights(size, times=times, seed=seed)]).reshape(-1, len(now))
    alerts, hits = int(alert.sum()), int(hit.sum())
    counts = (alerts, alerts, alerts, len(loss))
    precision, base, lift, recall = (_estimate(now[nth], drawn[:, nth], n) for nth, n in enumerate(counts))
    return Figures(
        precision, wilson(hits, alerts), base, lift, recall, _lead(rows, hit), alerts, hits, _per_week(lived),
        Estimate(_or_none(auc(rows.logit, rows.lost)), None, None, len(rows)),
    )  # fmt: skip


def verdict_of(figures: Figures, now: Decision, asked: Asked) -> Verdict:
    """Whether the target may be promised from today on."""
    if now.threshold is None:
        return Verdict.UNREACHABLE
    low = figures.precision.low
    if figures.alerts < ENOUGH or low is None:
        return Verdict.UNPROVEN
    return Verdict.HOLDS if low >= asked.target - asked.tolerance else Verdict.UNREACHABLE


def reliability(rows: Predictions, *, bins: int = BINS) -> tuple[Bin, ...]:
    """Rows in equal tenths by calibrated probability: said against happened."""
    if not len(rows):
        return ()
    said = sigmoid(rows.logit)
    found = []
    for part in np.array_split(np.argsort(said, kind="stable"), min(bins, len(rows))):
        hits = int(rows.lost[part].sum())
        found.append(Bin(float(said[part].mean()), hits / len(part), *wilson(hits, len(part)), len(part)))
    return tuple(found)


def curve(rows: Predictions, *, points: int = POINTS) -> tuple[CurvePoint, ...]:
    """Precision, recall and false alarms at falling thresholds, equals taken together; empty where all or nobody was lost."""
    hits, misses = int(rows.lost.sum()), int((~rows.lost).sum())
    if not hits or not misses:
        return ()
    order = np.argsort(-rows.logit, kind="stable")
    logit, caught = rows.logit[order], np.cumsum(rows.lost[order])
    ends = np.flatnonzero(np.append(logit[1:] < logit[:-1], True))
    share = np.linspace(0, 1, points) ** 2
    kept = ends[np.unique(np.searchsorted(ends, share * (len(logit) - 1)).clip(0, len(ends) - 1))]
    return tuple(
        CurvePoint(float(logit[end]), float(caught[end] / hits), float(caught[end] / (end + 1)), float((end + 1 - caught[end]) / misses))
        for end in kept
    )


def shares_by(lived: Walk, name: str, most: int = 20) -> tuple[Share, ...]:
    """By a group of the table, the largest first; by "origin", oldest first."""
    if name == "origin":
        return tuple(_share(str(origin), lived, lived.rows.origin_us == origin) for origin in lived.rows.origins)
    values = lived.rows.groups[name].astype(str)
    found = [_share(str(value), lived, values == value) for value in np.unique(values)]
    return tuple(sorted(found, key=lambda share: (-share.eligible, share.name))[:most])


def _share(name: str, lived: Walk, at: Flags) -> Share:
    alerts, hits = int((lived.alert & at).sum()), int((lived.alert & lived.rows.lost & at).sum())
    return Share(name, int(at.sum()), int((lived.rows.lost & at).sum()), alerts, hits, *wilson(hits, alerts))


def _losses(rows: Predictions, alert: Flags) -> tuple[Ids, Flags]:
    """One row number per loss (a customer's rows that were lost at the same moment), and which losses had an alert among them."""
    at = np.flatnonzero(rows.lost)
    when = np.where(rows.lost_at_us[at] >= 0, rows.lost_at_us[at], -rows.origin_us[at] - 2)
    if not len(at):
        return at, np.zeros(0, dtype=np.bool_)
    _, first, which = np.unique(np.stack([rows.customer[at], when]), axis=1, return_index=True, return_inverse=True)
    caught = np.bincount(which.ravel(), weights=alert[at], minlength=len(first)) > 0
    return at[first], caught


def _rates(rows: Predictions) -> Numbers:
    """The share lost at each row's origin."""
    _, which = np.unique(rows.origin_us, return_inverse=True)
    return np.asarray((np.bincount(which, weights=rows.lost) / np.maximum(np.bincount(which), 1))[which])


def _ratios(sums: Numbers) -> tuple[float, float, float, float]:
    alerts, hits, expected, lost, caught = sums
    return _of(hits, alerts), _of(expected, alerts), _of(hits, expected), _of(caught, lost)


def _of(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else float("nan")


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else value


def _estimate(value: float, drawn: NDArray[np.float64], n: int) -> Estimate:
    known = drawn[~np.isnan(drawn)]
    if np.isnan(value) or not len(known):
        return Estimate(None, None, None, n)
    low, high = np.quantile(known, [0.025, 0.975])
    return Estimate(value, float(low), float(high), n)


def _lead(rows: Predictions, hit: Flags) -> Estimate:
    known = hit & (rows.lost_at_us >= 0)
    days = (rows.lost_at_us[known] - rows.origin_us[known]) / DAY_US
    if not len(days):
        return Estimate(None, None, None, 0)
    low, middle, high = np.quantile(days, [0.25, 0.5, 0.75])
    return Estimate(float(middle), float(low), float(high), len(days))


def _per_week(lived: Walk) -> float:
    """Alerts a week after the first origin with alerts, whose alerts are the stock that had gathered until then."""
    origins: Iterable[int] = [one.origin_us for one in lived.judged]
    first, last = min(origins, default=0), max(origins, default=0)
    weeks = (last - first) / (7 * DAY_US)
    return sum(one.alerts for one in lived.judged[1:]) / weeks if weeks else 0.0
