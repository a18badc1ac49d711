"""Deadlines and the groups of 我的任务."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.calendar import Calendar
from liuke.accounts.domain.calendar_known import known_periods
from liuke.act.domain.due import DueGroup, due_after, due_bounds
from tests.alert.world import MONDAY, at


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [(at(0), 24, at(1)), (at(4, 12), 24, at(7, 12)), (at(4), 72, at(9)), (at(5, 7), 1, at(7, 1)), (at(0, 9), 0, at(0, 9))],
)
def test_hours_of_days_off_do_not_count(start: datetime, hours: float, due: datetime) -> None:
    assert due_after(start, hours, "UTC") == due


@given(st.integers(0, 24 * 40), st.integers(0, 400))
def test_a_deadline_is_never_earlier_than_the_hours_and_never_on_a_day_off(start: int, hours: int) -> None:
    moment = MONDAY + timedelta(hours=start)
    due = due_after(moment, hours, "UTC")
    assert due >= moment + timedelta(hours=hours)
    assert due.weekday() < 5


def test_a_deadline_follows_local_midnight() -> None:
    friday_noon_in_shanghai = datetime(2011, 9, 16, 4, tzinfo=UTC)
    assert due_after(friday_noon_in_shanghai, 24, "Asia/Shanghai") == datetime(2011, 9, 19, 4, tzinfo=UTC)


def test_SCR_07_hours_of_a_holiday_do_not_count_and_those_of_a_swapped_weekend_day_do() -> None:
    calendar = Calendar(known_periods("CN", 2026, 2026))
    friday_noon = datetime(2026, 2, 13, 4, tzinfo=UTC)
    assert due_after(friday_noon, 24, "Asia/Shanghai", calendar) == datetime(2026, 2, 14, 4, tzinfo=UTC)
    assert due_after(friday_noon, 48, "Asia/Shanghai", calendar) == datetime(2026, 2, 24, 4, tzinfo=UTC)


def test_items_are_grouped_by_the_local_calendar() -> None:
    bounds = due_bounds(at(2, 10), "UTC")
    moments = [at(2, 9), at(2, 10), at(2, 23), at(3), at(6, 23), at(7), None]
    assert [bounds.group(moment) for moment in moments] == [
        DueGroup.OVERDUE, DueGroup.TODAY, DueGroup.TODAY, DueGroup.WEEK, DueGroup.WEEK, DueGroup.LATER, DueGroup.UNDATED,
    ]  # fmt: skip
