"""Working days: Monday to Friday in the workspace's zone. Holidays arrive with SCR-07 through this one file."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether people are at work on this local day."""
    return day.weekday() < _SATURDAY


def previous_working_day(day: date) -> date:
    """The last working day before `day`."""
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
