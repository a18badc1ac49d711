"""SCR-07: the calendar of a workspace, from what is known of its country to what people say of it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar, Period, PeriodKind
from liuke.accounts.domain.calendar_import import periods_read
from liuke.accounts.domain.calendar_known import known_periods, lunar_new_year, swaps_known
from liuke.accounts.domain.roles import Role
from liuke.accounts.service.calendar import (
    calendar_of,
    calendar_year,
    period_remove,
    period_restore,
    period_save,
    periods_import,
    swaps_missing,
)
from liuke.accounts.store.models import AuditEntry, Workspace
from liuke.base.errors import Forbidden, Invalid, NotFound
from tests.factories import make_actor, make_workspace

CHINA = Calendar(known_periods("CN", 2025, 2026))
TODAY = date(2026, 11, 22)
SHUTDOWN = Period(PeriodKind.SHUTDOWN, "高温停产", date(2026, 7, 20), date(2026, 8, 2), tolerant=True)


def workspace_in(country: str) -> Workspace:
    workspace = make_workspace()
    workspace.country = country
    workspace.save()
    return workspace


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 13), True), (date(2026, 2, 14), True), (date(2026, 2, 17), False), (date(2026, 2, 20), False),
        (date(2026, 2, 28), True), (date(2026, 3, 1), False), (date(2026, 10, 1), False), (date(2026, 10, 10), True),
    ],
)  # fmt: skip
def test_SCR_07_people_work_on_a_swapped_saturday_and_not_on_a_holiday(day: date, works: bool) -> None:
    assert CHINA.is_working_day(day) is works


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_without_a_calendar_the_week_is_monday_to_friday_and_every_day_counts(day: date) -> None:
    assert WEEKDAYS.is_working_day(day) is (day.weekday() < 5)
    assert not WEEKDAYS.is_tolerant(day)


def test_SCR_07_the_weeks_around_the_spring_festival_618_and_double_eleven_are_tolerant() -> None:
    for day in (date(2026, 2, 10), date(2026, 2, 25), date(2026, 5, 2), date(2026, 6, 18), date(2026, 11, 11), date(2026, 10, 3)):
        assert CHINA.is_tolerant(day), day
    for day in (date(2026, 1, 20), date(2026, 4, 5), date(2026, 7, 10), date(2026, 9, 10)):
        assert not CHINA.is_tolerant(day), day


def test_SCR_07_the_festival_of_a_year_ago_is_found_by_the_moon() -> None:
    festival = CHINA.lunar_start(date(2026, 4, 1))
    assert festival is not None
    before = CHINA.lunar_before(festival)
    assert before is not None
    assert (festival.start - before.start).days == (lunar_new_year(2026) - lunar_new_year(2025)).days == 384
    assert CHINA.lunar_before(before) is None


@given(st.integers(1950, 2090))
def test_the_lunar_new_year_falls_between_late_january_and_late_february(year: int) -> None:
    assert date(year, 1, 20) <= lunar_new_year(year) <= date(year, 2, 22)


def test_other_countries_have_their_holidays_and_no_swaps() -> None:
    british = known_periods("GB", 2011, 2011)
    assert not any(period.tolerant for period in british)
    assert Period(PeriodKind.HOLIDAY, "Good Friday", date(2011, 4, 22), date(2011, 4, 22), key="holiday:2011-04-22") in british
    assert {period.kind for period in british} == {PeriodKind.HOLIDAY}
    assert known_periods("XX", 2026, 2026) == ()
    assert swaps_known("GB", 2090)


def test_the_swaps_of_a_year_that_is_not_announced_are_not_known() -> None:
    assert swaps_known("CN", 2026)
    assert not swaps_known("CN", 2090)


CSV = "日期,结束,名称,类型\n2090-01-30,2090-02-05,春节,放假\n2090-02-08,,调休,上班\n"
CN_JSON = json.dumps(
    {
        "year": 2090,
        "days": [{"name": "春节", "date": f"2090-{day}", "isOffDay": True} for day in ("01-29", "01-30", "01-31", "02-01", "02-02")]
        + [{"name": "春节", "date": "2090-02-08", "isOffDay": False}],
    }
)


@pytest.mark.parametrize(
    ("text", "start", "end"), [(CSV, date(2090, 1, 30), date(2090, 2, 5)), (CN_JSON, date(2090, 1, 29), date(2090, 2, 2))]
)
def test_SCR_07_next_years_swaps_are_read_from_csv_and_json(text: str, start: date, end: date) -> None:
    holiday, swap = periods_read(text)
    assert (holiday.kind, holiday.start, holiday.end, holiday.tolerant) == (PeriodKind.HOLIDAY, start, end, True)
    assert (swap.kind, swap.start, swap.end) == (PeriodKind.WORKDAY, date(2090, 2, 8), date(2090, 2, 8))


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", 1), ("{", 1), ("[1]", 1), ("date,name,kind\n2090-13-01,x,holiday\n2090-01-02,x,party\n", 2),
        ("date,to,name\n2090-01-02,2090-01-01,x\n", 1), ("date,to,name\n2090-01-02,2091-01-01,x\n", 1),
    ],
)  # fmt: skip
def test_every_fault_of_an_import_is_told_at_once(text: str, faults: int) -> None:
    with pytest.raises(Invalid) as told:
        periods_read(text)
    assert len(told.value.params["faults"]) == faults


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        found = periods_read(text)
    except Invalid:
        return
    assert all(period.start <= period.end for period in found)


@pytest.mark.django_db
def test_SCR_07_from_november_on_the_missing_swaps_of_next_year_are_told_until_they_are_imported() -> None:
    workspace = make_workspace()
    assert swaps_missing(workspace, date(2026, 10, 31)) is None
    assert swaps_missing(workspace, date(2089, 12, 1)) == 2089
    assert swaps_missing(workspace_in("GB"), date(2089, 12, 1)) is None
    periods_import(actor=make_actor(workspace), text=CSV.replace("2090", "2089"))
    assert swaps_missing(workspace, date(2089, 12, 1)) == 2090
    periods_import(actor=make_actor(workspace), text=CSV)
    assert swaps_missing(workspace, date(2089, 12, 1)) is None


@pytest.mark.django_db
def test_an_import_replaces_the_holidays_of_its_year_and_can_be_repeated() -> None:
    workspace = make_workspace()
    for _ in range(2):
        assert periods_import(actor=make_actor(workspace), text=CSV.replace("2090", "2026")) == 2
    calendar = calendar_of(workspace, year=2026)
    assert not calendar.is_working_day(date(2026, 1, 30))
    assert calendar.is_working_day(date(2026, 10, 1))
    assert not calendar.is_working_day(date(2025, 10, 1))
    assert calendar.is_tolerant(date(2026, 2, 20)), "the festival weeks stay"


@pytest.mark.django_db
def test_SCR_07_a_shutdown_of_ones_own_is_added_changed_and_deleted() -> None:
    workspace = make_workspace()
    actor = make_actor(workspace)
    made = period_save(actor=actor, period=SHUTDOWN)
    assert calendar_of(workspace, year=2026).is_tolerant(date(2026, 7, 25))
    assert calendar_of(workspace, year=2026).is_working_day(date(2026, 7, 24)), "customers stand still, we do not"
    longer = Period(PeriodKind.SHUTDOWN, "高温停产", date(2026, 7, 20), date(2026, 8, 9), tolerant=True)
    assert period_save(actor=actor, period=longer, ref=made.ref).ref == made.ref
    assert calendar_of(workspace, year=2026).is_tolerant(date(2026, 8, 9))
    period_remove(actor=actor, ref=made.ref)
    assert not calendar_of(workspace, year=2026).is_tolerant(date(2026, 7, 25))
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["calendar_saved", "calendar_saved", "calendar_removed"]


@pytest.mark.django_db
def test_a_known_period_is_overruled_removed_and_restored() -> None:
    workspace = make_workspace()
    actor = make_actor(workspace)
    ref = "campaign:618:2026"
    longer = Period(PeriodKind.CAMPAIGN, "618", date(2026, 5, 20), date(2026, 6, 25), tolerant=True)
    changed = period_save(actor=actor, period=longer, ref=ref)
    assert (changed.ref, changed.own, changed.changed) == (ref, False, True)
    assert calendar_of(workspace, year=2026).is_tolerant(date(2026, 5, 21))
    period_remove(actor=actor, ref=ref)
    assert not calendar_of(workspace, year=2026).is_tolerant(date(2026, 6, 18))
    listed = {item.ref: item.removed for item in calendar_year(actor=actor, year=2026, today=TODAY).periods}
    assert listed[ref] is True
    period_restore(actor=actor, ref=ref)
    assert calendar_of(workspace, year=2026).is_tolerant(date(2026, 6, 18))


@pytest.mark.django_db
def test_a_year_is_listed_in_order_with_its_festival_and_its_swaps() -> None:
    view = calendar_year(actor=make_actor(make_workspace()), year=2026, today=TODAY)
    starts = [item.period.start for item in view.periods]
    assert starts == sorted(starts)
    assert {item.period.kind for item in view.periods} == {PeriodKind.HOLIDAY, PeriodKind.WORKDAY, PeriodKind.FESTIVAL, PeriodKind.CAMPAIGN}
    assert not any(item.own or item.changed or item.removed for item in view.periods)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "days", "start"),
    [("", 1, date(2026, 1, 1)), ("x" * 41, 1, date(2026, 1, 1)), ("x", -2, date(2026, 1, 1)), ("x", 400, date(2026, 1, 1))],
)
def test_a_period_that_makes_no_sense_is_refused(name: str, days: int, start: date) -> None:
    with pytest.raises(Invalid):
        period_save(actor=make_actor(make_workspace()), period=Period(PeriodKind.OWN, name, start, start + timedelta(days=days)))


@pytest.mark.django_db
@pytest.mark.parametrize("ref", ["own:1", "own:x", "holiday:2026-01-09", "nothing", "holiday:9999-01-01", "own:99999999999999999999"])
def test_a_period_that_is_not_there_is_not_found(ref: str) -> None:
    with pytest.raises(NotFound):
        period_remove(actor=make_actor(make_workspace()), ref=ref)


@pytest.mark.django_db
def test_workspaces_do_not_see_each_others_periods_and_only_publishers_write() -> None:
    ours, theirs = make_workspace(), make_workspace()
    made = period_save(actor=make_actor(ours), period=SHUTDOWN)
    assert not calendar_of(theirs, year=2026).is_tolerant(date(2026, 7, 25))
    with pytest.raises(NotFound):
        period_remove(actor=make_actor(theirs), ref=made.ref)
    with pytest.raises(Forbidden):
        period_save(actor=make_actor(ours, Role.ANALYST), period=SHUTDOWN)
    with pytest.raises(Invalid):
        calendar_year(actor=make_actor(ours), year=1492, today=TODAY)
