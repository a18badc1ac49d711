"""BEY-06: a dead connector is told apart from a silent customer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.times import DAY_US
from liuke.signals.domain.outage import Reach, held_signals, source_silence
from liuke.signals.service.judging import signal_get, signals_all

NOW = 400 * DAY_US
ORDERS, TICKETS, LOGINS = ("erp", "order.placed"), ("desk", "ticket.opened"), ("app", "login")


def reach(age_days: float, *, days: int = 200, usual: float = 1.0, name: str = "erp") -> Reach:
    """A source whose newest row is so many days old."""
    return Reach(name, NOW - round(age_days * DAY_US), days, usual)


@pytest.mark.parametrize(
    ("age", "usual", "is_silent"),
    [
        (3.9, 1.0, False),
        (4.1, 1.0, True),
        (2.9, 0.1, False),
        (3.1, 0.1, True),
        (27, 7.0, False),
        (29, 7.0, True),
        (90, 1, True),
        (91, 1, False),
    ],
)
def test_a_source_is_silent_after_three_days_and_four_of_its_usual_gaps(age: float, usual: float, is_silent: bool) -> None:
    assert bool(source_silence([reach(age, usual=usual)], NOW)) is is_silent


def test_a_single_file_is_no_connector() -> None:
    assert source_silence([reach(30, days=9)], NOW) == ()


@given(st.floats(0, 80), st.floats(0, 80), st.floats(0.1, 10))
def test_longer_silence_is_never_less_silent(one: float, other: float, usual: float) -> None:
    less, more = sorted((one, other))
    if source_silence([reach(less, usual=usual)], NOW):
        assert source_silence([reach(more, usual=usual)], NOW)


def test_signals_that_read_the_silent_source_are_held_and_no_others() -> None:
    held = held_signals(signals_all(), {ORDERS: 500, TICKETS: 500, LOGINS: 500}, {"erp"})
    assert {"SIG-20", "SIG-21"} <= held
    assert not held & {"SIG-34", "SIG-08"}


def test_silence_of_everything_is_not_believed_when_half_of_the_interactions_come_from_a_dead_source() -> None:
    assert "SIG-08" in held_signals(signals_all(), {ORDERS: 500, LOGINS: 500}, {"erp"})
    assert "SIG-08" not in held_signals(signals_all(), {ORDERS: 499, LOGINS: 501}, {"erp"})


def test_nothing_is_held_while_every_source_speaks() -> None:
    assert held_signals(signals_all(), {ORDERS: 500}, set()) == frozenset()


def test_a_signal_whose_rows_are_not_there_at_all_is_not_held() -> None:
    assert signal_get("SIG-34").code not in held_signals(signals_all(), {ORDERS: 500}, {"erp"})
