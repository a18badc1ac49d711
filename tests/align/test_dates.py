# ruff: noqa: DTZ001
"""Dates as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.align.domain.dates import DateOrder, find_order, parse_dates, parse_datetimes
from liuke.base.times import from_us, to_us

SHANGHAI = "Asia/Shanghai"
MORNING = datetime(2011, 9, 1, 8, 30, tzinfo=ZoneInfo(SHANGHAI))


def moment(text: str, order: DateOrder = DateOrder.YMD, zone: str = SHANGHAI) -> datetime | None:
    us = parse_datetimes(pa.array([text]), order, zone)[0].as_py()
    return None if us is None else from_us(us)


@pytest.mark.parametrize(
    "text",
    [
        "2011-09-01 08:30", "2011/9/1 8:30", "2011.9.1 8:30:00", "2011年9月1日 8时30分", "2011年09月01日 08:30", "201109010830",
        "20110901083000", "2011-09-01T08:30:00", "2011-09-01T08:30:00+08:00", "2011-09-01T00:30:00Z", "2011-09-01 00:30:00 UTC",
        "2011-09-01 8:30 AM", "2011-09-01 上午 8:30", "01-Sep-2011 08:30", "1 September 2011 08:30", "1314837000", "1314837000000",
        "40787.354166667",
    ],
)  # fmt: skip
def test_one_moment_is_read_however_it_is_written(text: str) -> None:
    found = moment(text)
    assert found is not None
    assert abs(found - MORNING) < timedelta(seconds=1)


@pytest.mark.parametrize(
    "text", ["2011-02-29", "2011-13-01", "2011-00-10", "abc", "2011-09-01 25:00", "2011-9", "1", "12345678901", "31/02/2011"]
)
def test_what_is_no_date_is_not_made_one(text: str) -> None:
    assert moment(text, DateOrder.DMY) is None


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)), st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S.%f", "%Y%m%d%H%M%S"])
)
def test_every_moment_survives_being_written(naive: datetime, form: str) -> None:
    expected = naive.replace(tzinfo=UTC, microsecond=naive.microsecond if "%f" in form else 0)
    assert moment(naive.strftime(form), zone="UTC") == expected


@given(st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1)), st.integers(-720, 840))
def test_an_offset_counts_more_than_the_workspace_zone(naive: datetime, minutes: int) -> None:
    aware = naive.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert moment(aware.isoformat()) == aware.astimezone(UTC)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_days_read_back_in_both_orders(day: date) -> None:
    assert parse_dates(pa.array([day.strftime("%d/%m/%Y")]), DateOrder.DMY)[0].as_py() == day
    assert parse_dates(pa.array([day.strftime("%m/%d/%Y")]), DateOrder.MDY)[0].as_py() == day


def test_the_order_of_day_and_month_is_found_in_the_values() -> None:
    assert find_order(["01/09/2011", "13/09/2011"]) is DateOrder.DMY
    assert find_order(["01/09/2011", "09/13/2011"]) is DateOrder.MDY
    assert find_order(["01/09/2011"]) is DateOrder.AUTO
    assert find_order(["2011-09-01"]) is DateOrder.YMD


def test_an_hour_that_the_clocks_skip_is_read_as_its_end() -> None:
    assert moment("2011-03-27 01:30", zone="Europe/London") == datetime(2011, 3, 27, 1, tzinfo=UTC)


def test_two_digit_years_and_blank_cells() -> None:
    assert moment("1/9/11", DateOrder.DMY, "UTC") == datetime(2011, 9, 1, tzinfo=UTC)
    assert parse_datetimes(pa.array([None, "2011-09-01"], pa.string()), DateOrder.YMD, "UTC").to_pylist() == [
        None,
        to_us(datetime(2011, 9, 1, tzinfo=UTC)),
    ]
