"""Working days in the workspace's zone: those of its calendar (SCR-07), Monday to Friday where it has none."""

from __future__ import annotations

from datetime import date, timedelta

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar


def is_working_day(day: date, calendar: Calendar = WEEKDAYS) -> bool:
    """Whether people are at work on this local day."""
    return calendar.is_working_day(day)


def previous_working_day(day: date, calendar: Calendar = WEEKDAYS) -> date:
    """The last working day before `day`."""
    day -= timedelta(days=1)
    while not is_working_day(day, calendar):
        day -= timedelta(days=1)
    return day
