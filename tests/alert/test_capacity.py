"""BEY-11: the list of the day is the best there is for the minutes; what is left out says why."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.alert.domain.capacity import Efforts, Job, Left, day_list, efforts_from_plain
from liuke.score.domain.levels import Level

jobs = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 50), st.booleans()), max_size=9).map(
    lambda rows: [Job(number, steps * 5, float(loss), promised) for number, (steps, loss, promised) in enumerate(rows)]
)


@settings(max_examples=150)
@given(jobs, st.integers(0, 120))
def test_BEY_11_no_other_choice_within_the_minutes_expects_to_save_more(listed: list[Job], minutes: int) -> None:
    found = day_list(listed, minutes)
    by_id = {job.alert_id: job for job in listed}
    assert found.minutes == sum(by_id[one].minutes for one in found.chosen) <= max(minutes, 0)
    assert set(found.chosen) | set(found.left) == set(by_id)
    assert not set(found.chosen) & set(found.left)
    free = [job for job in listed if not job.promised]
    room = minutes // 5 * 5 - sum(by_id[one].minutes for one in found.chosen if by_id[one].promised)
    best = max(
        sum(job.expected_loss for job in some)
        for size in range(len(free) + 1)
        for some in combinations(free, size)
        if sum(job.minutes for job in some) <= room
    ) if room >= 0 else 0.0  # fmt: skip
    assert sum(by_id[one].expected_loss for one in found.chosen if not by_id[one].promised) == pytest.approx(best)


def test_two_small_ones_beat_a_large_one_that_takes_all_the_time() -> None:
    found = day_list([Job(1, 60, 100.0), Job(2, 30, 60.0), Job(3, 30, 55.0)], 60)
    assert (found.chosen, found.expected_loss, found.left) == ((2, 3), 115.0, {1: Left.NO_TIME})


def test_what_was_promised_comes_first_even_where_it_is_worth_less() -> None:
    found = day_list([Job(1, 30, 100.0), Job(2, 30, 1.0, promised=True)], 30)
    assert (found.chosen, found.left) == ((2,), {1: Left.NO_TIME})


def test_what_is_not_asked_about_today_says_why_and_takes_no_time() -> None:
    off = [Job(1, 30, 9.0, off=Left.SNOOZED), Job(2, 30, 8.0, off=Left.DONE_TODAY), Job(3, 30, 7.0, off=Left.STOCK), Job(4, 30, 1.0)]
    found = day_list(off, 30)
    assert found.chosen == (4,)
    assert found.left == {1: Left.SNOOZED, 2: Left.DONE_TODAY, 3: Left.STOCK}


def test_nobody_is_put_on_a_list_without_time_or_without_a_loss() -> None:
    assert day_list([Job(1, 30, 9.0)], 0).chosen == ()
    assert day_list([Job(1, 30, 0.0)], 60).chosen == ()


def test_minutes_that_are_no_multiple_of_five_are_rounded_up_for_a_customer_and_down_for_a_day() -> None:
    assert day_list([Job(1, 31, 9.0)], 34).chosen == ()
    assert day_list([Job(1, 31, 9.0)], 35).chosen == (1,)


def test_efforts_come_back_as_they_were_and_every_fault_is_named() -> None:
    efforts = Efforts({Level.HIGH: 60, Level.MEDIUM: 20, Level.EARLY: 5}, 240)
    assert efforts_from_plain(efforts.to_plain()) == (efforts, [])
    assert efforts_from_plain({})[0] == Efforts()
    _, faults = efforts_from_plain({"minutes": {"high": 1, "normal": 5}, "per_day": 9_999, "x": 1})
    assert [fault["field"] for fault in faults] == ["x", "minutes.normal", "minutes.high", "per_day"]
