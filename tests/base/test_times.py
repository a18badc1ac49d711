"""Exact to the microsecond, aware, in local days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.times import DAY_US, day_start, from_us, local_day, to_us

moments = st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive by contract


@given(moments)
def test_microseconds_and_back_lose_nothing(moment: datetime) -> None:
    assert from_us(to_us(moment)) == moment


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        to_us(datetime(2026, 1, 1))  # noqa: DTZ001 - the fault under test


@given(st.dates(date(1980, 1, 1), date(2100, 1, 1)), st.sampled_from(["Asia/Shanghai", "Europe/London", "America/Sao_Paulo"]))
def test_a_day_begins_in_itself_and_not_before(day: date, zone: str) -> None:
    begins = day_start(day, zone)
    assert local_day(begins, zone) == day
    assert local_day(begins - timedelta(microseconds=1), zone) == day - timedelta(days=1)


def test_a_day_with_a_clock_change_is_not_24_hours_long() -> None:
    length = day_start(date(2011, 10, 31), "Europe/London") - day_start(date(2011, 10, 30), "Europe/London")
    assert length == timedelta(hours=25)
    assert length // timedelta(microseconds=1) != DAY_US
