"""What the engine has loaded for a batch before its steps run. Everything is as of `now`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar
from liuke.alert.domain.workdays import is_working_day
from liuke.base.times import day_start, local_day
from liuke.rules.evaluate import Row
from liuke.stats.proportion import wilson

OPENS, CLOSES = time(9), time(18)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a customer did; `kind` is an activity kind or `reply`."""

    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a way through the flow led to the goal, of those that are over."""

    hits: int
    n: int

    @property
    def share(self) -> float:
        """0–1; 0 where nobody is over."""
        return self.hits / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """95%, Wilson."""
        return wilson(self.hits, self.n)


@dataclass(frozen=True, slots=True)
class Hours:
    """When people work, in local time."""

    zone: str
    calendar: Calendar = WEEKDAYS
    opens: time = OPENS
    closes: time = CLOSES

    def next_open(self, moment: datetime) -> datetime:
        """`moment` where it lies within working hours, else the next opening."""
        day = local_day(moment, self.zone)
        while True:
            begins, ends = (day_start(day, self.zone) + timedelta(hours=one.hour, minutes=one.minute) for one in (self.opens, self.closes))
            if moment < ends and is_working_day(day, self.calendar):
                return max(moment, begins)
            day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class View:
    """The world for a batch of enrolments of one version."""

    now: datetime
    hours: Hours
    rows: Mapping[int, Row] = field(default_factory=dict)
    """By customer; a customer or column that the frame lacks is unknown."""
    events: Mapping[int, Sequence[Event]] = field(default_factory=dict)
    """By customer, oldest first."""
    rates: Mapping[tuple[str, str], Rate] = field(default_factory=dict)
    """By node and outlet."""
    approvals: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    """Decided ones, by enrolment and seq."""

    @property
    def zone(self) -> str:
        """The workspace's time zone."""
        return self.hours.zone
