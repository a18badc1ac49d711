"""What is asked of a log and at which moments."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.errors import Invalid
from liuke.base.times import DAY_US, to_us
from liuke.learn.domain.log_metrics import LogKind, log_metrics
from liuke.learn.domain.log_plan import days_of, label_of, log_origins

START = to_us(datetime(2010, 1, 1, tzinfo=UTC))


def test_an_inactivity_label_names_its_days_and_perhaps_its_signs_of_life() -> None:
    plain, named = label_of("inactivity:90d"), label_of("inactivity:60@order.placed + login")
    assert (plain.event, plain.kinds, plain.horizon_days) == (False, (), 90)
    assert (named.kinds, named.horizon_days) == (("order.placed", "login"), 60)


def test_an_event_label_has_thirty_days_unless_told_otherwise() -> None:
    assert label_of("event:unregister").horizon_days == 30
    assert label_of("event:unregister", "14d") == label_of(" event:unregister ", "14 days")


@pytest.mark.parametrize("wrong", ["", "inactivity", "churn:90d", "inactivity:"])
def test_another_shape_of_label_is_refused_with_what_is_allowed(wrong: str) -> None:
    with pytest.raises(Invalid, match="log_label"):
        label_of(wrong)


@pytest.mark.parametrize("wrong", ["0d", "-3d", "ninety", "999d", "1e9", "d"])
def test_days_are_a_whole_number_in_reach(wrong: str) -> None:
    with pytest.raises(Invalid, match="log_days"):
        days_of(wrong)


@given(st.integers(300, 3000), st.integers(7, 120), st.integers(1, 6))
def test_no_outcome_that_is_learned_from_lies_in_the_tested_time(length: int, horizon: int, count: int) -> None:
    try:
        found = log_origins(START, START + length * DAY_US, horizon, count)
    except Invalid:
        assert length < 30 + 2 * horizon + count * horizon
        return
    assert len(found.test) == count
    assert max(found.train) + horizon * DAY_US <= min(found.test)
    assert max(found.test) + horizon * DAY_US <= START + length * DAY_US
    assert min(found.train) >= START + 30 * DAY_US


def test_a_given_day_parts_what_is_learned_from_what_is_tested() -> None:
    before = START + 400 * DAY_US
    found = log_origins(START, START + 800 * DAY_US, 30, 0, before)
    assert max(found.train) == before - 30 * DAY_US
    assert min(found.test) >= before
    assert len(found.test) == 12


def test_a_log_that_is_too_short_says_how_many_days_are_needed() -> None:
    with pytest.raises(Invalid) as fault:
        log_origins(START, START + 20 * DAY_US, 90)
    assert fault.value.params["needed"] == 30 + 180 + 90


def test_origins_whose_windows_the_beginning_cuts_off_are_left_out_where_there_are_others() -> None:
    found = log_origins(START, START + 738 * DAY_US, 90)
    assert min(found.train) >= START + 310 * DAY_US
    assert len(found.train) >= 4


def test_the_signs_of_life_get_every_number_once_and_rare_kinds_a_few() -> None:
    kinds = [LogKind("order", 900, 90, True), LogKind("login", 400, 80, False), *(LogKind(f"k{n}", 9 - n, 2, True) for n in range(20))]
    found = log_metrics(kinds, ("order",))
    names = [column.name for column in found.columns]
    assert len(names) == len(set(names)) == len(found.meanings)
    assert {"life_since", "life_rhythm", "life_sum_90", "k0_gap_median"} <= set(names)
    assert "k0_sum_90" not in names  # logins carry no value
    assert next(column for column in found.columns if column.name == "life_since").monotone == 1
    assert len(names) < 200
