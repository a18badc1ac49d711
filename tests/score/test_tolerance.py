"""SCR-07 from rows to points: the Spring Festival, 618, 双11 and a shutdown raise nothing; the same silence without them does."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar, Period, PeriodKind
from liuke.accounts.domain.calendar_known import known_periods
from liuke.base.times import to_us
from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.service import Source
from liuke.score.domain.templates import default
from liuke.score.service.scoring import score_judge, score_prepare
from tests.features.stream import runner

SHANGHAI = ZoneInfo("Asia/Shanghai")
STANDSTILL = Period(PeriodKind.SHUTDOWN, "停产检修", date(2025, 7, 21), date(2025, 8, 24), tolerant=True)
CHINA = Calendar((*known_periods("CN", 2022, 2027), STANDSTILL))
START = date(2024, 1, 3)
Span = tuple[date, date]


def rows(days: list[date], amounts: dict[date, float]) -> pa.Table:
    """An order, a log-in and a ticket now and then of one customer."""
    told = []
    for number, day in enumerate(days):
        moment = to_us(datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI))
        kinds = ["order.placed", "login", "ticket.opened"] if number % 2 else ["order.placed", "login"]
        for kind in kinds:
            value = amounts.get(day, 100.0) if kind == "order.placed" else None
            told.append(
                {
                    "source": "t", "activity_id": f"{number}{kind}", "customer_id": 1, "ts_us": moment, "known_us": moment,
                    "kind": kind, "value": value, "channel": None, "actor": None, "attrs": '{"quantity":10}',
                }
            )  # fmt: skip
    return pa.Table.from_pylist(told, schema=ACTIVITY_SCHEMA)


def weekly(until: date, without: list[Span], amounts: dict[date, float] | None = None) -> pa.Table:
    """Every Wednesday but in the spans."""
    every = [START + timedelta(days=7 * week) for week in range((until - START).days // 7 + 1)]
    return rows([day for day in every if day < until and not any(a <= day <= b for a, b in without)], amounts or {})


def raised(table: pa.Table, on: date, calendar: Calendar) -> set[str]:
    """The signals that speak against the customer on the morning of a day."""
    moment = datetime(on.year, on.month, on.day, tzinfo=SHANGHAI)
    prepared = score_prepare(
        source=Source(runner(table)), as_of=moment, zone="Asia/Shanghai", config=default("distribution"), churn=ChurnDefinition(),
        calendar=calendar,
    )  # fmt: skip
    return {signal.code for signal, judged in score_judge(prepared) if not signal.protective and judged.strength[0] > 0}


FESTIVALS = [(date(2024, 2, 3), date(2024, 2, 24)), (date(2025, 1, 22), date(2025, 2, 12)), (date(2026, 2, 10), date(2026, 3, 3))]


@pytest.mark.parametrize("after", [0, 3, 6, 13, 30])
def test_SCR_07_the_spring_festival_raises_nothing(after: int) -> None:
    on = FESTIVALS[2][1] + timedelta(days=1 + after)
    table = weekly(on, FESTIVALS)
    assert raised(table, on, CHINA) == set()
    assert after > 6 or raised(table, on, WEEKDAYS)


@pytest.mark.parametrize(
    ("name", "start", "end"), [("618", date(2025, 6, 1), date(2025, 6, 20)), ("双11", date(2025, 10, 24), date(2025, 11, 13))]
)
def test_SCR_07_who_stocked_up_in_a_campaign_is_not_alerted(name: str, start: date, end: date) -> None:
    """Ten times the usual amount in its first week, then nothing until it is over."""
    stocked = {start + timedelta(days=day): 1000.0 for day in range(8)}
    on = end + timedelta(days=5)
    table = weekly(on, [*FESTIVALS, (start + timedelta(days=8), end)], stocked)
    assert raised(table, on, CHINA) == set()


@pytest.mark.parametrize("name", ["618", "双11"])
def test_SCR_07_months_after_a_campaign_its_peak_is_no_usual_level(name: str) -> None:
    start = date(2025, 6, 1) if name == "618" else date(2025, 10, 24)
    stocked = {start + timedelta(days=day): 5000.0 for day in range(15)}
    on = start + timedelta(days=120)
    table = weekly(on, FESTIVALS[:2], stocked)
    assert "SIG-20" in raised(table, on, WEEKDAYS)
    if on < FESTIVALS[2][0]:
        assert raised(table, on, CHINA) == set()


def test_SCR_07_a_shutdown_of_the_customers_factories_raises_nothing() -> None:
    on = STANDSTILL.end + timedelta(days=2)
    table = weekly(on, [*FESTIVALS, (STANDSTILL.start, STANDSTILL.end)])
    assert raised(table, on, CHINA) == set()
    assert {"SIG-08", "SIG-21"} <= raised(table, on, WEEKDAYS)


def test_SCR_07_a_customer_who_stays_away_after_the_festival_is_found() -> None:
    on = date(2026, 5, 6)
    table = weekly(date(2026, 2, 8), FESTIVALS)
    assert {"SIG-08", "SIG-20", "SIG-21"} <= raised(table, on, CHINA)
