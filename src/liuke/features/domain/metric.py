"""What a metric may say. Built-in metrics and those made in the product are the same objects; nothing here knows SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from liuke.base.errors import Invalid
from liuke.features.domain.ordered import Reply, Run


class Aggregate(StrEnum):
    """How the rows of a window become one number. Null where there is no row, except counts and sums (0)."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    DISTINCT = "distinct"
    """Distinct non-null values of `of`."""
    MAX = "max"
    """The largest `of`."""
    MIN = "min"
    """The smallest `of`."""
    NEWEST_MIN = "newest_min"
    """The smallest `of` of the newest `recent` rows that have one ("3 in a row over 65"); null with fewer."""
    NEWEST_NTH = "newest_nth"
    """The `nth` largest `of` of the newest `recent` rows that have one ("3 of the last 5 over 65"); null with fewer than `nth`."""
    DECAYED_MEAN = "decayed_mean"
    """The mean of `of`, each row weighing half as much for every `half_life` days that it lies back."""
    FALLS = "falls"
    """How many times in a row, up to the newest row, `of` fell from one row to the next."""
    REPEATS = "repeats"
    """Rows that share the commonest text in `of`; rows without one do not count."""
    AHEAD = "ahead"
    """Rows that are known but lie ahead, within `days` of the moment; null where none does."""
    LAST = "last"
    """`of` in the newest row; the largest where several share the microsecond."""
    DAYS_SINCE = "days_since"
    """Days (24 h, fractional) from the newest row to the moment."""
    DAYS_KNOWN = "days_known"
    """Days from the oldest row to the moment."""
    LAST_US = "last_us"
    DAYS_UNTIL = "days_until"
    """Days from the moment to the next row that is known but lies ahead (the end of a contract)."""
    SLOPE = "slope"
    """Least-squares slope per week of the weekly sums of `of` (of the row count if `of` is empty)."""
    GAP_MEDIAN = "gap_median"
    """Own rhythm: days between consecutive active days (`by_day`) or rows."""
    GAP_MEAN = "gap_mean"
    GAP_STD = "gap_std"
    GAP_RECENT = "gap_recent"
    """Mean of the newest `recent` gaps; null with fewer."""
    GAP_EARLIER = "gap_earlier"
    """Median of the gaps before those; null with fewer than two."""
    ACTIVE_DAYS = "active_days"
    """Distinct days with a row, days being 24-hour steps back from the moment; null where none ever."""


GAPS = frozenset(a for a in Aggregate if a.value.startswith("gap_")) | {Aggregate.ACTIVE_DAYS}


@dataclass(frozen=True, slots=True)
class Metric:
    """Rows of `kinds` (all but `but` where empty) in `[skip + days, skip)` days before the moment, aggregated.

    `days` None means all of the past. `of` is a column of the stream (`value`, `channel`, …) or `attrs.<name>` for a number
    in the row's attributes. `by_day` concerns the gap aggregates only, `recent`, `nth` and
    `half_life` (days) those that name them.
    """

    name: str
    aggregate: Aggregate
    kinds: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    days: int | None = None
    skip: int = 0
    of: str = "value"
    by_day: bool = True
    recent: int = 3
    nth: int = 2
    half_life: int = 30


@dataclass(frozen=True, slots=True)
class Ratio:
    """`times * over / (under + plus)`; null where the denominator is 0. Names point to metrics of the same list."""

    name: str
    over: str
    under: str
    plus: float = 0.0
    times: float = 1.0


@dataclass(frozen=True, slots=True)
class Streak:
    """How many of the latest whole weeks in a row lie at or under `(1 - drop)` of the usual week, 0 to `weeks`.

    The usual week is the mean of the `usual_weeks` weeks before those `weeks`. Null where it is zero.
    """

    name: str
    kinds: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    drop: float = 0.4
    weeks: int = 3
    usual_weeks: int = 8

    def parts(self) -> tuple[Metric, ...]:
        """The counts it is made of: the latest weeks, newest first, then the usual ones."""
        weekly = [
            Metric(f"{self.name}__w{week}", Aggregate.COUNT, self.kinds, self.but, days=7, skip=7 * week) for week in range(self.weeks)
        ]
        usual = Metric(f"{self.name}__usual", Aggregate.COUNT, self.kinds, self.but, days=7 * self.usual_weeks, skip=7 * self.weeks)
        return (*weekly, usual)


@dataclass(frozen=True, slots=True)
class Follow:
    """Whether `then` came within `within_days` after `first`: 1.0 as asked (`happens` or not), 0.0 otherwise, null undecided.

    Of the `first` activities in the `last_days` before the moment those are decided that `then` followed in time (strictly
    later, days of 24 hours) and those whose time is over; the newest decided one counts. Null while all of them still wait, and
    in a workspace that never had a `first` at all; 0.0 for a customer without one.
    """

    name: str
    first: tuple[str, ...]
    then: tuple[str, ...]
    within_days: int = 14
    happens: bool = False
    last_days: int = 90


@dataclass(frozen=True, slots=True)
class Swing:
    """First a surge, then a plunge: 1.0 where a week of the latest `weeks` stood out and what followed fell away, else 0.0.

    For some week, with a third of the `weeks` before it and a sixth after it at least: its count is `(1 + rise)` times the mean
    of the weeks before it or more, and the mean of the weeks after it is `(1 - drop)` of that same mean or less. Null for those
    who did nothing before the last weeks: there is no usual level.
    """

    name: str
    kinds: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    weeks: int = 13
    rise: float = 0.5
    drop: float = 0.5

    def peaks(self) -> range:
        """The weeks that may be the surge, counted from the oldest (0)."""
        return range(max(2, self.weeks // 3), self.weeks - max(1, self.weeks // 6))

    def parts_of(self, week: int) -> tuple[Metric, Metric, Metric]:
        """Counts before, in and after a week."""
        after = self.weeks - 1 - week
        return (
            Metric(f"{self.name}__b{week}", Aggregate.COUNT, self.kinds, self.but, days=7 * week, skip=7 * (after + 1)),
            Metric(f"{self.name}__p{week}", Aggregate.COUNT, self.kinds, self.but, days=7, skip=7 * after),
            Metric(f"{self.name}__a{week}", Aggregate.COUNT, self.kinds, self.but, days=7 * after),
        )

    def parts(self) -> tuple[Metric, ...]:
        """The counts it is made of."""
        return tuple(part for week in self.peaks() for part in self.parts_of(week))


@dataclass(frozen=True, slots=True)
class Baseline:
    """`of` ÷ its median among the customers of the same group: 0.5 is half of what is usual for customers like this one.

    `by` names a text column of the customers (`attr.industry`, `tier`); empty: all customers. Null where the group is unknown, has fewer
    than `least` customers with a value, or its median is 0. Compares customers, so that a slice is computed from all of them.
    """

    name: str
    of: str
    by: str = ""
    least: int = 5


@dataclass(frozen=True, slots=True)
class Quintile:
    """In which of `tiles` equal parts of all customers `of` lies: 1 (lowest) to `tiles`, ties by customer_id, null where `of` is.

    `rising` False: 1 is the highest.
    """

    name: str
    of: str
    tiles: int = 5
    rising: bool = True


Declared = Metric | Ratio | Streak | Follow | Swing | Run | Reply | Baseline | Quintile
COMPARING = (Baseline, Quintile)
"""These read other customers."""


def named_once(declared: Iterable[Declared]) -> tuple[Declared, ...]:
    """The list without repetitions, in order. Raises Invalid where one name means two things or a name points nowhere."""
    by_name: dict[str, Declared] = {}
    listed = list(declared)
    faults = [f"{item.name}: declared twice with different meanings" for item in listed if by_name.setdefault(item.name, item) != item]
    for item in by_name.values():
        faults += _faults(item, by_name)
    if faults:
        raise Invalid("metrics", faults=faults)
    return tuple(by_name.values())


def _faults(item: Declared, by_name: Mapping[str, Declared]) -> Sequence[str]:
    match item:
        case Ratio():
            return [f"{item.name}: no metric {part!r}" for part in (item.over, item.under) if not isinstance(by_name.get(part), Metric)]
        case Baseline() | Quintile():
            return _comparing_faults(item, by_name)
        case Follow():
            return _follow_faults(item)
        case Swing():
            return [] if 4 <= item.weeks <= 104 else [f"{item.name}: weeks must be 4-104, not {item.weeks}"]
        case Streak() | Run() | Reply():
            return []
        case _:
            return _metric_faults(item)


def _comparing_faults(item: Baseline | Quintile, by_name: Mapping[str, Declared]) -> Sequence[str]:
    known = item.of in by_name and not isinstance(by_name[item.of], COMPARING)
    return [] if known else [f"{item.name}: no metric {item.of!r}"]


def _follow_faults(follow: Follow) -> Sequence[str]:
    faults = [f"{follow.name}: {part} names no kind" for part, kinds in (("first", follow.first), ("then", follow.then)) if not kinds]
    if not 1 <= follow.within_days <= follow.last_days <= 3660:
        faults.append(f"{follow.name}: 1 <= within_days <= last_days <= 3660, not {follow.within_days} and {follow.last_days}")
    return faults


def _metric_faults(metric: Metric) -> Sequence[str]:
    name, days = metric.name, metric.days
    needed = (
        (name.isidentifier(), f"{name!r}: a name is letters, digits and _"),
        (days is None or 1 <= days <= 3660, f"{name}: days must be 1-3660, not {days}"),
        (metric.skip >= 0, f"{name}: skip must be 0 or more, not {metric.skip}"),
        (
            metric.aggregate is not Aggregate.NEWEST_NTH or 1 <= metric.nth <= metric.recent,
            f"{name}: nth must be 1-{metric.recent}, not {metric.nth}",
        ),
        (metric.half_life >= 1, f"{name}: half_life must be 1 or more, not {metric.half_life}"),
        (
            metric.aggregate is not Aggregate.SLOPE or (days is not None and days % 7 == 0),
            f"{name}: a slope needs whole weeks, not {days} days",
        ),
    )
    return [fault for holds, fault in needed if not holds]
