"""What flags of the past were worth: alerts, hits, misses, lead time, each with an interval by drawing customers (BEY-01).

An alert is raised where a customer is flagged and no alert was raised for it within the repeat interval. It is a hit when the
customer is lost: no sign of life in the horizon after the origin. A loss is one silence of one customer (told by its last sign of
life); it is caught when the customer was flagged at an origin within it. Lead: from the first such origin to the day from which the
customer counts as lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liuke.base.times import DAY_US
from liuke.stats.bootstrap import cluster_weights

Flags = NDArray[np.bool_]
Ids = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The customers who could be lost at an origin (one row each, rising ids), what they did then, and what became of them.

    `last_us`: the newest sign of life before the origin. `lost`: none in the horizon after it. `flagged`: by the subject.
    """

    as_of_us: int
    ids: Ids
    last_us: Ids
    lost: Flags
    flagged: Flags


@dataclass(frozen=True, slots=True)
class Asked:
    """How alerts are counted: days between two alerts of a customer, days of silence that count as lost, draws of the bootstrap."""

    repeat_days: int
    churn_days: int
    times: int = 1000
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, its 95% interval, and the number of cases behind it; None where there are none."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Figures:
    """`base_rate`: what as many eligible customers, drawn at random at the same origins, would have hit; `lift` compares with it."""

    base_rate: Estimate
    precision: Estimate
    recall: Estimate
    lift: Estimate
    lead_days: Estimate
    alerts_per_week: float
    flagged: int


@dataclass(frozen=True, slots=True)
class Case:
    """A customer caught, missed or falsely alarmed; times in UTC microseconds."""

    customer_id: int
    first_flagged_us: int | None
    lost_us: int | None

    @property
    def lead_days(self) -> int | None:
        """Whole days between the two."""
        if self.first_flagged_us is None or self.lost_us is None:
            return None
        return (self.lost_us - self.first_flagged_us) // DAY_US


@dataclass(frozen=True, slots=True)
class AtOrigin:
    """The counts of one origin; `flagged` are alerts raised at it, `hits` those of them that were lost."""

    as_of_us: int
    eligible: int
    flagged: int
    lost: int
    hits: int


@dataclass(frozen=True, slots=True)
class Found:
    """Everything about one subject."""

    figures: Figures
    by_origin: tuple[AtOrigin, ...]
    caught: tuple[Case, ...]
    missed: tuple[Case, ...]
    false_alarms: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class _Rows:
    """All snapshots under each other; `customer` numbers the customers, `alert` says where one was raised."""

    customers: Ids
    customer: Ids
    origin: Ids
    at_us: Ids
    last_us: Ids
    lost: Flags
    flagged: Flags
    alert: Flags


@dataclass(frozen=True, slots=True)
class _Losses:
    """One row per silence: whose, since when it counts as lost, and the first origin at which it was flagged (-1: never)."""

    customer: Ids
    lost_us: Ids
    flagged_us: Ids


def found_in(snapshots: Sequence[Snapshot], asked: Asked) -> Found:
    """The worth of the flags; snapshots oldest first, at least one."""
    rows = _rows(snapshots, asked.repeat_days)
    losses = _losses(rows, asked.churn_days)
    false = rows.alert & ~rows.lost
    by_origin = tuple(_counts(rows, nth, snapshot) for nth, snapshot in enumerate(snapshots))
    caught = losses.flagged_us >= 0
    return Found(
        figures=_figures(rows, losses, by_origin, asked),
        by_origin=by_origin,
        caught=_cases(rows, losses, caught),
        missed=_cases(rows, losses, ~caught),
        false_alarms=tuple(
            Case(int(rows.customers[customer]), int(at), None) for customer, at in zip(rows.customer[false], rows.at_us[false], strict=True)
        ),
    )


def _rows(snapshots: Sequence[Snapshot], repeat_days: int) -> _Rows:
    ids = np.concatenate([snapshot.ids for snapshot in snapshots])
    customers, customer = np.unique(ids, return_inverse=True)
    sizes = [len(snapshot.ids) for snapshot in snapshots]
    origin = np.repeat(np.arange(len(snapshots)), sizes)
    alert = np.zeros(len(ids), dtype=np.bool_)
    raised = np.full(len(customers), np.iinfo(np.int64).min // 2)
    start = 0
    for snapshot, size in zip(snapshots, sizes, strict=True):
        who = customer[start : start + size]
        new = snapshot.flagged & (snapshot.as_of_us - raised[who] >= repeat_days * DAY_US)
        raised[who[new]] = snapshot.as_of_us
        alert[start : start + size] = new
        start += size
    return _Rows(
        customers=customers,
        customer=customer,
        origin=origin,
        at_us=np.repeat(np.array([snapshot.as_of_us for snapshot in snapshots]), sizes),
        last_us=np.concatenate([snapshot.last_us for snapshot in snapshots]),
        lost=np.concatenate([snapshot.lost for snapshot in snapshots]),
        flagged=np.concatenate([snapshot.flagged for snapshot in snapshots]),
        alert=alert,
    )


def _losses(rows: _Rows, churn_days: int) -> _Losses:
    at = np.flatnonzero(rows.lost)
    order = at[np.lexsort((rows.at_us[at], rows.last_us[at], rows.customer[at]))]
    customer, last = rows.customer[order], rows.last_us[order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (customer[1:] != customer[:-1]) | (last[1:] != last[:-1])
    flagged_us = np.full(int(new.sum()), np.iinfo(np.int64).max)
    np.minimum.at(flagged_us, np.cumsum(new) - 1, np.where(rows.flagged[order], rows.at_us[order], np.iinfo(np.int64).max))
    flagged_us[flagged_us == np.iinfo(np.int64).max] = -1
    return _Losses(customer[new], last[new] + churn_days * DAY_US, flagged_us)


def _counts(rows: _Rows, nth: int, snapshot: Snapshot) -> AtOrigin:
    alert = rows.alert[rows.origin == nth]
    return AtOrigin(snapshot.as_of_us, len(snapshot.ids), int(alert.sum()), int(snapshot.lost.sum()), int((alert & snapshot.lost).sum()))


def _cases(rows: _Rows, losses: _Losses, which: Flags) -> tuple[Case, ...]:
    return tuple(
        Case(int(rows.customers[customer]), int(flagged) if flagged >= 0 else None, int(lost))
        for customer, flagged, lost in zip(losses.customer[which], losses.flagged_us[which], losses.lost_us[which], strict=True)
    )


def _figures(rows: _Rows, losses: _Losses, by_origin: Sequence[AtOrigin], asked: Asked) -> Figures:
    size = len(rows.customers)
    rates = np.array([one.lost / one.eligible if one.eligible else 0.0 for one in by_origin])
    caught = losses.flagged_us >= 0
    sums = np.stack(
        [
            _per_customer(rows.customer[rows.alert], size),
            _per_customer(rows.customer[rows.alert & rows.lost], size),
            np.bincount(rows.customer[rows.alert], weights=rates[rows.origin[rows.alert]], minlength=size),
            _per_customer(losses.customer, size),
            _per_customer(losses.customer[caught], size),
        ]
    )
    leads = ((losses.lost_us - losses.flagged_us) / DAY_US)[caught]
    lead_of = losses.customer[caught]
    order = np.argsort(leads, kind="stable")
    leads, lead_of = leads[order], lead_of[order]
    now = _statistics(sums.sum(axis=1), leads, np.ones(len(leads)))
    draws = cluster_weights(size, times=asked.times, seed=asked.seed)
    drawn = np.array([_statistics(sums @ weights, leads, weights[lead_of].astype(np.float64)) for weights in draws]).reshape(-1, len(now))
    alerts, lost = int(rows.alert.sum()), len(losses.customer)
    counts = (alerts, alerts, lost, alerts, len(leads))
    base, precision, recall, lift, lead = (_estimate(now[nth], drawn[:, nth], n) for nth, n in enumerate(counts))
    return Figures(base, precision, recall, lift, lead, _per_week(by_origin), alerts)


def _per_customer(customer: Ids, size: int) -> Numbers:
    return np.bincount(customer, minlength=size).astype(np.float64)


def _statistics(sums: Numbers, leads: Numbers, weights: Numbers) -> tuple[float, float, float, float, float]:
    """Base rate, precision, recall, lift, median lead of one draw; NaN where nothing was counted. `leads` are sorted."""
    alerts, hits, expected, lost, caught = sums
    base, precision = _share(expected, alerts), _share(hits, alerts)
    return base, precision, _share(caught, lost), _share(precision, base), _median(leads, weights)


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else float("nan")


def _median(values: Numbers, weights: Numbers) -> float:
    """The lower median of sorted values that count so often each."""
    total = np.cumsum(weights)
    return float(values[np.searchsorted(total, total[-1] / 2)]) if len(values) and total[-1] > 0 else float("nan")


def _estimate(value: float, drawn: Numbers, n: int) -> Estimate:
    known = drawn[~np.isnan(drawn)]
    if np.isnan(value) or not len(known):
        return Estimate(None, None, None, n)
    low, high = np.quantile(known, [0.025, 0.975])
    return Estimate(value, float(low), float(high), n)


def _per_week(by_origin: Sequence[AtOrigin]) -> float:
    """Alerts a week after the first origin, whose alerts are the stock that had gathered until then."""
    weeks = (by_origin[-1].as_of_us - by_origin[0].as_of_us) / (7 * DAY_US)
    return sum(one.flagged for one in by_origin[1:]) / weeks if weeks else 0.0
