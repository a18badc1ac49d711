"""Every aggregate computed again in plain Python, row by row: the independent source of golden values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import mean, median, stdev

from liuke.base.times import DAY_US
from liuke.features.domain.metric import Aggregate, Metric
from tests.features.stream import NOW, Did

_GAPS = {
    Aggregate.GAP_MEDIAN: lambda gaps, _: median(gaps) if gaps else None,
    Aggregate.GAP_MEAN: lambda gaps, _: mean(gaps) if gaps else None,
    Aggregate.GAP_STD: lambda gaps, _: stdev(gaps) if len(gaps) > 1 else None,
    Aggregate.GAP_RECENT: lambda gaps, recent: mean(gaps[:recent]) if len(gaps) >= recent else None,
    Aggregate.GAP_EARLIER: lambda gaps, recent: median(gaps[recent:]) if len(gaps) - recent >= 2 else None,
}


def plainly(did: Sequence[Did], metric: Metric, customer: int) -> float | None:
    """The metric of one customer by the words of its definition. All times in UTC, where a window day is 24 hours."""
    rows = [one for one in did if one.customer == customer and one.row(0)["known_us"] <= NOW]
    rows = [one for one in rows if (one.kind in metric.kinds if metric.kinds else one.kind not in metric.but)]
    if metric.aggregate in {Aggregate.DAYS_UNTIL, Aggregate.AHEAD}:
        return of_ahead([-ago(one) for one in rows if ago(one) <= 0], metric)
    rows = [one for one in rows if ago(one) > 0]
    if metric.aggregate is Aggregate.ACTIVE_DAYS:
        days = {day(one) for one in rows}
        inside = [one for one in days if one >= metric.skip and (metric.days is None or one < metric.skip + metric.days)]
        return float(len(inside)) if days else None
    return of_rows([one for one in rows if in_window(one, metric)], metric)


def of_ahead(ahead: list[float], metric: Metric) -> float | None:
    """What lies ahead of the moment, in days."""
    if metric.aggregate is Aggregate.DAYS_UNTIL:
        return min(ahead, default=None)
    near = [days for days in ahead if metric.days is None or days <= metric.days]
    return float(len(near)) if near else None


def ago(one: Did) -> float:
    """Days before the moment, exact to the microsecond."""
    return (NOW - int(str(one.row(0)["ts_us"]))) / DAY_US


def day(one: Did) -> int:
    """The 24-hour step back from the moment in which it happened."""
    return (NOW - 1 - int(str(one.row(0)["ts_us"]))) // DAY_US


def in_window(one: Did, metric: Metric) -> bool:
    """`[skip + days, skip)` days back: the start belongs to it, the end does not."""
    return ago(one) > metric.skip and (metric.days is None or ago(one) <= metric.skip + metric.days)


def of_rows(rows: Sequence[Did], metric: Metric) -> float | None:
    """The aggregate of the rows of the window."""
    if metric.aggregate is Aggregate.NEWEST_MIN:
        newest = in_order(rows)[: metric.recent]
        return min(newest) if len(newest) == metric.recent else None
    if metric.aggregate is Aggregate.NEWEST_NTH:
        newest = sorted(in_order(rows)[: metric.recent], reverse=True)
        return newest[metric.nth - 1] if len(newest) >= metric.nth else None
    if metric.aggregate is Aggregate.DECAYED_MEAN:
        return decayed_mean(rows, metric.half_life)
    if metric.aggregate in _OF_ROWS:
        return _OF_ROWS[metric.aggregate](rows)
    if metric.aggregate is Aggregate.SLOPE:
        return slope(rows, metric)
    days = sorted({day(one) for one in rows})
    return _GAPS[metric.aggregate]([later - one for one, later in pairwise(days)], metric.recent)


def in_order(rows: Sequence[Did]) -> list[float]:
    """The values, newest first, the larger one of the same microsecond before."""
    return [one.value for one in sorted(rows, key=lambda one: (ago(one), -(one.value or 0.0))) if one.value is not None]


def decayed_mean(rows: Sequence[Did], half_life: int) -> float | None:
    """The mean with weights that halve with every half-life."""
    weighed = [(0.5 ** (ago(one) / half_life), one.value) for one in rows if one.value is not None]
    return round(sum(weight * value for weight, value in weighed) / sum(weight for weight, _ in weighed), 6) if weighed else None


def falls(rows: Sequence[Did]) -> float | None:
    """How often in a row the newest values fell."""
    ordered = in_order(rows)
    steps = [later < earlier for later, earlier in pairwise(ordered)]
    return float([*steps, False].index(False)) if ordered else None


def repeats(rows: Sequence[Did]) -> float | None:
    """Rows of the commonest channel."""
    channels = Counter(one.channel for one in rows if one.channel)
    return float(max(channels.values())) if channels else None


def values(rows: Sequence[Did]) -> list[float]:
    """What was measured in the rows."""
    return [one.value for one in rows if one.value is not None]


def newest(rows: Sequence[Did]) -> float | None:
    """The largest value of the newest rows."""
    return max(one.value or 0.0 for one in rows if ago(one) == min(map(ago, rows))) if rows else None


_OF_ROWS = {
    Aggregate.COUNT: lambda rows: float(len(rows)),
    Aggregate.SUM: lambda rows: float(sum(values(rows))),
    Aggregate.MEAN: lambda rows: mean(values(rows)) if values(rows) else None,
    Aggregate.MEDIAN: lambda rows: median(values(rows)) if values(rows) else None,
    Aggregate.DISTINCT: lambda rows: float(len({one.channel for one in rows} - {None})) if rows else None,
    Aggregate.MAX: lambda rows: max(values(rows), default=None),
    Aggregate.MIN: lambda rows: min(values(rows), default=None),
    Aggregate.FALLS: falls,
    Aggregate.REPEATS: repeats,
    Aggregate.DAYS_SINCE: lambda rows: min(map(ago, rows), default=None),
    Aggregate.DAYS_KNOWN: lambda rows: max(map(ago, rows), default=None),
    Aggregate.LAST: newest,
}


def slope(rows: Sequence[Did], metric: Metric) -> float:
    """Ordinary least squares over the weekly sums, oldest week first."""
    weeks = (metric.days or 0) // 7
    sums = [0.0] * weeks
    for one in rows:
        sums[weeks - 1 - day(one) // 7] += one.value or 0.0
    middle = (weeks - 1) / 2
    return sum((at - middle) * value for at, value in enumerate(sums)) / sum((at - middle) ** 2 for at in range(weeks))
