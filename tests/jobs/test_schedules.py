"""Exactly one job per slot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.base.errors import Invalid
from liuke.base.times import utc_now
from liuke.jobs.service import schedule_set, schedule_stop, schedules_tick
from liuke.jobs.store.models import Job, Schedule

pytestmark = pytest.mark.django_db
START = utc_now()


def every_hour(name: str = "sweep") -> Schedule:
    return schedule_set(name=name, kind="sweep", every_minutes=60, payload={}, workspace_id=None, first_at=START)


def test_a_slot_makes_one_job_however_often_one_looks() -> None:
    every_hour()
    assert [schedules_tick(now=START) for _ in range(3)] == [1, 0, 0]
    Job.objects.update(status=Job.Status.DONE)
    assert schedules_tick(now=START + timedelta(minutes=59)) == 0
    assert schedules_tick(now=START + timedelta(minutes=60)) == 1


def test_slots_missed_while_nothing_ran_are_made_up_once() -> None:
    every_hour()
    assert schedules_tick(now=START + timedelta(days=3, minutes=5)) == 1
    assert Schedule.objects.get().next_at == START + timedelta(days=3, hours=1)


def test_a_slot_is_passed_over_while_its_predecessor_runs() -> None:
    every_hour()
    schedules_tick(now=START)
    assert schedules_tick(now=START + timedelta(hours=1)) == 0
    Job.objects.update(status=Job.Status.FAILED)
    assert schedules_tick(now=START + timedelta(hours=2)) == 1


def test_changing_a_schedule_keeps_its_next_slot() -> None:
    every_hour()
    schedule_set(name="sweep", kind="sweep", every_minutes=5, payload={"a": 1}, workspace_id=None)
    row = Schedule.objects.get()
    assert (row.next_at, row.every_minutes, row.payload) == (START, 5, {"a": 1})


def test_a_stopped_schedule_makes_nothing() -> None:
    every_hour()
    schedule_stop(name="sweep")
    assert schedules_tick(now=START) == 0


def test_an_interval_below_a_minute_is_refused() -> None:
    with pytest.raises(Invalid, match="schedule_interval"):
        schedule_set(name="x", kind="x", every_minutes=0, payload={}, workspace_id=None)
