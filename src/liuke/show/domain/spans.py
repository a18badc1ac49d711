"""The moments between which customers are counted: starts of local months and of the boards' periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from liuke.base.times import day_start, local_day, to_us
from liuke.show.domain.figures import PERIODS

MONTHS = 13


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment at which a customer counts as not lost: it did something in `[low_us, at_us)`."""

    low_us: int
    at_us: int


def months_back(day: date, count: int) -> list[date]:
    """First days of `count` months, oldest first, the month of `day` last."""
    index = day.year * 12 + day.month - 1
    return [date((index - back) // 12, (index - back) % 12 + 1, 1) for back in reversed(range(count))]


def month_starts(as_of: datetime, zone: str) -> list[date]:
    """The 13 months that trends show; at the first moment of a month that month has no rows yet, so the one before is last."""
    return months_back(local_day(as_of - timedelta(microseconds=1), zone), MONTHS)


def moments(as_of: datetime, zone: str, churn_days: int) -> list[Moment]:
    """Moments in the order: month starts, `as_of`, then per period its start and the start of the one before.

    Windows of the churn definition are local calendar days, so a lower end is moved by days, not by hours.
    """
    today = local_day(as_of, zone)
    offset = as_of - day_start(today, zone)
    days = [*month_starts(as_of, zone)]
    starts = [(day_start(day, zone), day) for day in days] + [(as_of, today)]
    for period in PERIODS:
        for back in (period, 2 * period):
            day = today - timedelta(days=back)
            starts.append((day_start(day, zone) + offset, day))
    return [Moment(to_us(day_start(day - timedelta(days=churn_days), zone) + (at - day_start(day, zone))), to_us(at)) for at, day in starts]
