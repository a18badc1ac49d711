"""Moments of a backtest: mature, a month or a week apart, within what was asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.errors import Invalid
from liuke.learn.domain.origins import BURN_IN, MOST, origins
from liuke.learn.domain.subject import subject_of

FIRST, LAST = date(2009, 12, 1), date(2011, 12, 9)


def test_the_sample_has_about_twenty_labelled_months() -> None:
    found = origins(every="month", first=FIRST, last=LAST, horizon=90)
    assert (found[0], found[-1], len(found)) == (date(2010, 1, 1), date(2011, 9, 1), 21)


def test_weeks_begin_on_mondays() -> None:
    found = origins(every="week", first=FIRST, last=date(2010, 6, 1), horizon=90)
    assert {day.weekday() for day in found} == {0}
    assert found[0] == date(2010, 1, 4)


def test_start_and_end_narrow_and_are_included() -> None:
    found = origins(every="month", first=FIRST, last=LAST, horizon=90, start=date(2010, 5, 1), end=date(2010, 7, 1))
    assert found == [date(2010, 5, 1), date(2010, 6, 1), date(2010, 7, 1)]


@given(st.dates(date(2015, 1, 1), date(2025, 1, 1)), st.integers(0, 900), st.integers(7, 400), st.sampled_from(["month", "week"]))
def test_every_origin_has_a_past_and_an_outcome(first: date, days: int, horizon: int, every: str) -> None:
    last = first + timedelta(days=days)
    try:
        found = origins(every=every, first=first, last=last, horizon=horizon)
    except Invalid:
        found = []
    assert found or days < BURN_IN + horizon + 31
    assert found == sorted(set(found))
    assert all(day >= first + timedelta(days=BURN_IN) and day + timedelta(days=horizon) <= last for day in found)


def test_a_history_that_is_too_short_is_told_with_its_dates() -> None:
    with pytest.raises(Invalid, match="backtest_origins") as caught:
        origins(every="month", first=FIRST, last=date(2010, 2, 1), horizon=90)
    assert caught.value.params == {"first": "2009-12-01", "last": "2010-02-01", "horizon": 90}


def test_too_many_origins_are_refused() -> None:
    with pytest.raises(Invalid, match="backtest_many") as caught:
        origins(every="week", first=date(2015, 1, 1), last=date(2025, 1, 1), horizon=90)
    assert caught.value.params["most"] == MOST


@pytest.mark.parametrize(
    "plain",
    [
        {"kind": "rule", "rule": {"when": {}}, "rule_id": 3},
        {"kind": "rules", "rule_ids": [1, 2]},
        {"kind": "score"},
        {"kind": "signal", "signal": "SIG-20"},
        {"kind": "threshold", "threshold": 0.0},
    ],
)
def test_a_subject_survives_its_plain_data(plain: dict[str, object]) -> None:
    assert subject_of(plain).to_plain() == plain


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        ({"kind": "tarot"}, "backtest_subject"),
        ({"kind": "rule"}, "backtest_subject_lacks"),
        ({"kind": "rules", "rule_ids": []}, "backtest_subject_lacks"),
        ({"kind": "threshold"}, "backtest_subject_lacks"),
    ],
)
def test_a_subject_that_lacks_what_it_is_about_is_refused(plain: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        subject_of(plain)
