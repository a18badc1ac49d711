"""SCR-07: how the calendar looks from a moment, and windows without their quiet days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar, Period, PeriodKind
from liuke.accounts.domain.calendar_known import known_periods
from liuke.features.domain.metric import Aggregate, Metric
from liuke.features.domain.moment import Moment
from liuke.signals.domain.quiet import Quiet, quiet_at, weeks_as_spans
from liuke.signals.domain.signal import Scene, World
from liuke.signals.domain.tolerant import cleared, cleared_metrics, weeks_of

CHINA = Calendar(known_periods("CN", 2021, 2027))
DAYS = st.frozensets(st.integers(0, 200), max_size=60)


def at(year: int, month: int, day: int) -> Moment:
    return Moment(datetime(year, month, day, tzinfo=UTC) - timedelta(hours=8), "Asia/Shanghai")


def count(days: float, skip: float = 0) -> Metric:
    return Metric(f"n_{int(days)}_{int(skip)}", Aggregate.COUNT, ("login",), days=int(days), skip=int(skip))


@given(DAYS, st.lists(st.floats(0, 400), min_size=2, max_size=20).map(sorted))
def test_a_longer_silence_never_counts_less_and_never_more_than_it_is(days: frozenset[int], silences: list[float]) -> None:
    found = Quiet(days).counted(np.array(silences))
    assert (np.diff(found) >= -1e-9).all()
    assert (found <= np.array(silences) + 1e-9).all()
    assert (found >= -1e-9).all()


@given(DAYS, st.integers(1, 100), st.integers(0, 100))
def test_the_quiet_stretches_of_a_window_are_its_quiet_days(days: frozenset[int], length: int, skip: int) -> None:
    covered = [day for span, start in Quiet(days).spans(length, skip) for day in range(start, start + span)]
    assert sorted(covered) == sorted(day for day in days if skip <= day < skip + length)


@given(DAYS, st.integers(1, 60))
def test_the_reach_of_days_holds_so_many_that_are_not_quiet(days: frozenset[int], length: int) -> None:
    reach = Quiet(days).reach(length)
    assert len(set(range(reach)) - days) == length
    assert reach - 1 not in days


@given(DAYS, st.integers(1, 20))
def test_clean_weeks_have_no_quiet_day_and_none_is_passed_over(days: frozenset[int], wanted: int) -> None:
    weeks = Quiet(days).clean_weeks(wanted)
    clean = [week for week in range(weeks[-1] + 1) if not days & set(range(7 * week, 7 * week + 7))]
    assert weeks == clean
    assert len(weeks) == wanted


def test_without_a_calendar_nothing_is_quiet() -> None:
    quiet = quiet_at(WEEKDAYS, at(2026, 3, 1))
    assert quiet == Quiet()
    assert quiet.aligned(90) is None
    assert weeks_of(quiet, 3, 8).usual == list(range(3, 11))
    assert quiet.counted(np.array([0.5, 30, np.nan])).tolist()[:2] == [0.5, 30]


def test_days_are_counted_back_from_the_local_day_before_midnight() -> None:
    period = Period(PeriodKind.SHUTDOWN, "x", date(2026, 2, 27), date(2026, 2, 28), tolerant=True)
    assert quiet_at(Calendar((period,)), at(2026, 3, 1)).days == {0, 1}
    assert quiet_at(Calendar((period,)), at(2026, 3, 3)).days == {2, 3}


@pytest.mark.parametrize(("month", "day", "touched"), [(2, 9, False), (2, 12, True), (3, 10, True), (5, 30, True), (6, 3, False)])
def test_SCR_07_a_window_that_touches_the_festival_is_held_against_the_one_by_the_moon(month: int, day: int, touched: bool) -> None:
    quiet = quiet_at(CHINA, at(2026, month, day))
    assert quiet.aligned(90) == (384 if touched else None)


def test_neighbouring_weeks_are_one_window() -> None:
    assert weeks_as_spans([3, 4, 5, 8]) == [(21, 21), (7, 56)]


def test_a_window_loses_its_quiet_days_and_what_happened_on_them() -> None:
    world = World((), Quiet(frozenset({2, 3, 10})))
    columns = {"n_30_0": np.array([33.0]), "n_2_2": np.array([5.0]), "n_1_10": np.array([1.0])}
    scene = Scene(columns, np.array(["low"]), {}, world)
    assert [metric.name for metric in cleared_metrics(count, world.quiet, 30)] == list(columns)
    left = cleared(scene, count, 30)
    assert (left.total.tolist(), left.days, left.per(30).tolist()) == ([27.0], 27, [30.0])


def test_a_window_of_which_hardly_anything_is_left_says_nothing() -> None:
    world = World((), Quiet(frozenset(range(25))))
    scene = Scene({"n_30_0": np.array([3.0]), "n_25_0": np.array([1.0])}, np.array(["low"]), {}, world)
    assert np.isnan(cleared(scene, count, 30).per(30)).all()
