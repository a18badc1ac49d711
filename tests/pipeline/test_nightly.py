"""A scoring a night per workspace, in its own time zone, once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from liuke.accounts.store.models import Workspace
from liuke.jobs.store.models import Job, Schedule
from liuke.pipeline.nightly import nights_enqueue, schedules_ensure
from tests.factories import make_customer, make_workspace

pytestmark = pytest.mark.django_db
AFTER_FIVE_IN_SHANGHAI = datetime(2026, 3, 1, 21, 30, tzinfo=UTC)
BEFORE_FIVE_IN_SHANGHAI = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)


@pytest.fixture
def live() -> Workspace:
    workspace = make_workspace(time_zone="Asia/Shanghai")
    make_customer(workspace)
    return workspace


def test_one_job_per_local_day_once_the_night_is_over(live: Workspace) -> None:
    assert nights_enqueue(now=BEFORE_FIVE_IN_SHANGHAI) == 0
    nights_enqueue(now=AFTER_FIVE_IN_SHANGHAI)
    nights_enqueue(now=AFTER_FIVE_IN_SHANGHAI)
    assert [job.key for job in Job.objects.filter(workspace=live)] == [f"nightly:{live.pk}:2026-03-02"]


@pytest.mark.usefixtures("live")
def test_simulated_and_empty_workspaces_are_left_alone() -> None:
    make_workspace(time_zone="Asia/Shanghai")
    make_customer(make_workspace(simulated_as_of=AFTER_FIVE_IN_SHANGHAI))
    assert nights_enqueue(now=AFTER_FIVE_IN_SHANGHAI) == 1


def test_the_installation_has_one_schedule_however_often_it_starts() -> None:
    schedules_ensure()
    due = Schedule.objects.get(name="tick").next_at
    schedules_ensure()
    assert Schedule.objects.get(name="tick").next_at == due
