"""A clock that jumps: work goes on, and what two workers believe to hold is done once."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Event

import pytest

from liuke.base.times import utc_now
from liuke.jobs.domain.contract import Delivered, Handler, JobContext, Message, Topic
from liuke.jobs.running import run_job, run_message
from liuke.jobs.service import claims, job_enqueue, outbox_add, schedule_set, schedules_tick
from liuke.jobs.service.claims import Holder
from liuke.jobs.store.models import Job, OutboxMessage, Schedule
from liuke.show.domain.operations import Process
from liuke.show.queries.operations import history, samples_take
from tests.factories import make_workspace

pytestmark = pytest.mark.django_db
ONE, TWO = Holder("one"), Holder("two")
HOUR = timedelta(hours=1)


def take(holder: Holder, now: datetime) -> list[Job]:
    return claims.jobs_claim(holder=holder, limit=9, now=now)


def test_set_back_by_an_hour_what_was_due_at_once_is_still_due() -> None:
    job_enqueue(kind="k", key="now", payload={}, workspace_id=None)
    outbox_add(key="now", topic="t", payload={}, workspace_id=None)
    back = utc_now() - HOUR
    assert len(take(ONE, back)) == 1
    assert len(claims.outbox_claim(holder=ONE, topics={"t": True}, limit=9, now=back)) == 1


def test_what_was_to_wait_still_waits() -> None:
    now = utc_now()
    job_enqueue(kind="k", key="later", payload={}, workspace_id=None, run_at=now + HOUR)
    outbox_add(key="later", topic="t", payload={}, workspace_id=None, run_at=now + HOUR)
    assert take(ONE, now - HOUR) == take(ONE, now + HOUR / 2) == []
    assert claims.outbox_claim(holder=ONE, topics={"t": True}, limit=9, now=now + HOUR / 2) == []
    assert len(take(ONE, now + HOUR)) == 1


def test_set_forward_a_lease_ends_and_only_the_second_workers_word_counts() -> None:
    """Fenced: the first finds that its writes match no row."""
    job_enqueue(kind="k", key="job", payload={}, workspace_id=None)
    now = utc_now()
    (first,) = take(ONE, now)
    (second,) = take(TWO, now + HOUR)
    done: list[str] = []

    def work(name: str) -> Handler:
        def handle(context: JobContext) -> dict[str, object]:
            done.append(name)
            return {"by": name}

        return handle

    run_job(second, {"k": work("two")}, Event())
    run_job(first, {"k": work("one")}, Event())
    assert done == ["two", "one"]
    assert Job.objects.get(key="job").result == {"by": "two"}


def test_set_forward_a_message_that_must_not_go_twice_goes_once() -> None:
    outbox_add(key="sms", topic="sms", payload={}, workspace_id=None)
    now, sent = utc_now(), []

    def deliver(message: Message) -> Delivered:
        sent.append(message.attempt)
        return Delivered.SENT

    topics = {"sms": Topic(deliver, dedupes=False)}
    (first,) = claims.outbox_claim(holder=ONE, topics={"sms": False}, limit=1, now=now)
    (second,) = claims.outbox_claim(holder=TWO, topics={"sms": False}, limit=1, now=now + HOUR)
    run_message(first, topics)
    run_message(second, topics)
    run_message(first, topics)
    assert sent == [second.attempt]
    assert OutboxMessage.objects.get(key="sms").status == OutboxMessage.Status.SENT


@pytest.mark.parametrize("back", [HOUR, timedelta(days=30)])
def test_set_back_schedules_are_due_one_interval_later_and_not_after_the_whole_jump(back: timedelta) -> None:
    schedule_set(name="tick", kind="tick", every_minutes=5, payload={}, workspace_id=None)
    now = utc_now()
    assert schedules_tick(now=now + timedelta(minutes=5)) == 1
    earlier = now - back
    assert schedules_tick(now=earlier) == 0
    assert Schedule.objects.get(name="tick").next_at <= earlier + timedelta(minutes=5)
    Job.objects.update(status=Job.Status.DONE)
    assert schedules_tick(now=earlier + timedelta(minutes=5)) == 1


def test_set_forward_the_missed_slots_are_made_up_once() -> None:
    schedule_set(name="tick", kind="tick", every_minutes=5, payload={}, workspace_id=None)
    assert schedules_tick(now=utc_now() + timedelta(days=30)) == 1
    assert schedules_tick(now=utc_now() + timedelta(days=30)) == 0


def test_a_sign_of_life_from_the_future_is_one() -> None:
    now = utc_now()
    assert Process("w", "worker", None, now + HOUR).alive(now)


def test_the_history_survives_both_directions() -> None:
    workspace, now = make_workspace(), utc_now()
    for moment in (now, now - HOUR / 3, now + HOUR / 3, now):
        samples_take(moment)
    told = history(workspace, now + HOUR / 3)
    assert [one.at for one in told] == sorted(one.at for one in told)
    assert len(told) == 3
