"""Tolerance (SCR-07): the calendar as seen from a moment, in days ago. Quiet days say nothing about a customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from liuke.accounts.domain.calendar import Calendar
from liuke.base.times import local_day
from liuke.features.domain.moment import Moment

HORIZON = 1500
"""How many days back are looked at."""
Span = tuple[int, int]
"""A window as metrics have it: its days, and how many days before the moment it ends."""


@dataclass(frozen=True)
class Quiet:
    """Day 0 is the local day that ends at the moment, or the one it lies in.

    `days` are the tolerant days by number; `festival_ends`: how many days ago the newest moon-bound period ended (0: it runs),
    null without one; `festival_year`: days from its start back to the start of the one a year before.
    """

    days: frozenset[int] = frozenset()
    festival_ends: int | None = None
    festival_year: int | None = None
    _before: NDArray[np.float64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        marks = np.zeros(HORIZON)
        marks[[day for day in self.days if 0 <= day < HORIZON]] = 1.0
        object.__setattr__(self, "_before", np.concatenate(([0.0], np.cumsum(marks))))

    def within(self, ago: NDArray[np.float64]) -> NDArray[np.float64]:
        """How many quiet days lie in the last `ago` days (fractions count in part); NaN stays NaN."""
        found: NDArray[np.float64] = np.interp(ago, np.arange(HORIZON + 1), self._before)
        return found

    def counted(self, ago: NDArray[np.float64]) -> NDArray[np.float64]:
        """`ago` days without the quiet ones among them: what a silence comes to. Never falls as `ago` rises."""
        return ago - self.within(ago)

    def spans(self, days: float, skip: float = 0) -> list[Span]:
        """The quiet stretches of the window `[skip + days, skip)`, as windows of their own, newest first."""
        inside = sorted(day for day in self.days if skip <= day < skip + days)
        return _stretches(inside)

    def clean_weeks(self, count: int, start: int = 0) -> list[int]:
        """The newest `count` weeks without a quiet day, week 0 ending at the moment, none newer than `start`."""
        weeks = (week for week in range(start, HORIZON // 7) if self.days.isdisjoint(range(7 * week, 7 * week + 7)))
        return [week for week, _ in zip(weeks, range(count), strict=False)]

    def reach(self, days: float) -> int:
        """How many days back `days` days that are not quiet reach."""
        back = int(days)
        while back < HORIZON and back - self._before[back] < days:
            back += 1
        return back

    def aligned(self, days: float) -> int | None:
        """Where the last `days` days touch the festival: how many days back the same period of a year ago lies, by the moon."""
        touched = self.festival_ends is not None and self.festival_ends < days
        return self.festival_year if touched else None


def quiet_at(calendar: Calendar, moment: Moment) -> Quiet:
    """The calendar of a workspace as its signals may know it at the moment."""
    today = local_day(moment.as_of - timedelta(microseconds=1), moment.zone)
    days = frozenset(ago for ago in range(HORIZON) if calendar.is_tolerant(today - timedelta(days=ago)))
    festival = calendar.lunar_start(today)
    if festival is None:
        return Quiet(days)
    before = calendar.lunar_before(festival)
    year = None if before is None else (festival.start - before.start).days
    return Quiet(days, max(0, (today - festival.end).days), year)


def weeks_as_spans(weeks: Sequence[int]) -> list[Span]:
    """Weeks as windows; neighbouring ones as one, so that few windows are counted."""
    return [(7 * len(run), 7 * run[0]) for run in _runs(sorted(weeks))]


def _stretches(days: Sequence[int]) -> list[Span]:
    return [(len(run), run[0]) for run in _runs(days)]


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Consecutive numbers together."""
    return [[number for _, number in run] for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
