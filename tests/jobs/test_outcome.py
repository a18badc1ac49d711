"""The type of a fault alone decides whether work is tried again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.errors import Conflict, Invalid, NotFound, Transient
from liuke.jobs.domain.outcome import MAX_TRIES, back_off, judge


def test_a_transient_fault_is_tried_again_later() -> None:
    verdict = judge(Transient("daemon_away", port=1), 0)
    assert verdict.retry_in == timedelta(seconds=5)
    assert verdict.error == {"code": "daemon_away", "params": {"port": 1}}


def test_transient_faults_are_given_up_in_the_end() -> None:
    assert judge(Transient("daemon_away"), MAX_TRIES - 1).retry_in is None


@pytest.mark.parametrize("fault", [Invalid("bad"), NotFound("gone"), Conflict("taken")])
def test_a_permanent_fault_is_never_tried_again(fault: Exception) -> None:
    assert judge(fault, 0).retry_in is None


def test_a_bug_tells_the_reader_nothing_of_its_insides() -> None:
    assert judge(ValueError("secret of a customer"), 0).error == {"code": "internal", "params": {}}


@given(st.integers(0, 1000))
def test_waiting_grows_and_stays_below_ten_minutes(faults: int) -> None:
    assert timedelta(seconds=5) <= back_off(faults) <= back_off(faults + 1) <= timedelta(minutes=10)
