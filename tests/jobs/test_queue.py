"""Jobs in one process: idempotency, faults, cancelling, who may look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from liuke.accounts.domain.roles import Role
from liuke.base.errors import Conflict, Invalid, NotFound, Transient
from liuke.base.times import utc_now
from liuke.jobs.domain.contract import JobContext, PlainContext
from liuke.jobs.domain.outcome import MAX_DEATHS, MAX_TRIES
from liuke.jobs.running import RunningJob, run_job
from liuke.jobs.service import claims, job_cancel, job_enqueue, job_get
from liuke.jobs.service.claims import Holder
from liuke.jobs.store.models import Job
from liuke.jobs.worker import jobs_run_pending
from tests.factories import actor_of, make_actor, make_member, make_workspace

pytestmark = pytest.mark.django_db
WORKER = Holder("worker")


def enqueue(key: str = "k", kind: str = "count", workspace_id: int | None = None, created_by: int | None = None) -> Job:
    return job_enqueue(kind=kind, key=key, payload={"n": 1}, workspace_id=workspace_id, created_by=created_by)


def succeed(context: JobContext) -> Mapping[str, object]:
    context.progress(0.5, "stages.half", n=1)
    return {"seen": context.payload["n"], "attempt": context.attempt}


def test_a_job_runs_once_and_keeps_its_result() -> None:
    job = enqueue()
    assert jobs_run_pending({"count": succeed}) == 1
    assert jobs_run_pending({"count": succeed}) == 0
    job.refresh_from_db()
    assert (job.status, job.result, job.progress) == (Job.Status.DONE, {"seen": 1, "attempt": 1}, 1.0)
    assert job.stage == {"key": "stages.half", "params": {"n": 1}}
    assert job.finished_at is not None


class Idempotency(TestCase):
    """Over any order of repeated keys."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.sampled_from("abcd"), max_size=12), st.integers(0, 12))
    def test_each_key_runs_exactly_once_however_often_it_is_enqueued(self, keys: list[str], drain_after: int) -> None:
        ran: list[str] = []

        def note(context: JobContext) -> Mapping[str, object]:
            ran.append(str(context.payload["key"]))
            return {}

        for position, key in enumerate(keys):
            job_enqueue(kind="note", key=key, payload={"key": key}, workspace_id=None)
            if position == drain_after:
                jobs_run_pending({"note": note})
        jobs_run_pending({"note": note})
        assert sorted(ran) == sorted(set(keys))


def test_a_key_belongs_to_one_kind_of_work() -> None:
    enqueue()
    with pytest.raises(Conflict, match="job_key_taken"):
        enqueue(kind="other")


def test_a_key_never_crosses_workspaces() -> None:
    enqueue(workspace_id=make_workspace().pk)
    with pytest.raises(Conflict):
        enqueue(workspace_id=make_workspace().pk)


def test_a_transient_fault_is_retried_and_a_later_success_counts() -> None:
    tries: list[int] = []

    def flaky(context: JobContext) -> Mapping[str, object]:
        tries.append(context.attempt)
        if len(tries) < 3:
            raise Transient("daemon_away")
        return {}

    job = enqueue()
    jobs_run_pending({"count": flaky})
    assert tries == [1]
    jobs_run_pending({"count": flaky}, now=lambda: utc_now() + timedelta(minutes=1))
    job.refresh_from_db()
    assert tries == [1, 2]
    assert (job.status, job.error) == (Job.Status.QUEUED, {"code": "daemon_away", "params": {}})
    jobs_run_pending({"count": flaky}, now=lambda: utc_now() + timedelta(minutes=3))
    job.refresh_from_db()
    assert (job.status, job.error, job.faults) == (Job.Status.DONE, None, 2)


def test_endless_transient_faults_fail_the_job() -> None:
    def always(context: JobContext) -> Mapping[str, object]:
        raise Transient("daemon_away")

    job = enqueue()
    for hours in range(1, MAX_TRIES + 3):
        jobs_run_pending({"count": always}, now=lambda hours=hours: utc_now() + timedelta(hours=hours))  # type: ignore[misc]
    job.refresh_from_db()
    assert (job.status, job.attempts) == (Job.Status.FAILED, MAX_TRIES)


def test_a_permanent_fault_fails_at_once_with_its_code() -> None:
    def refuse(context: JobContext) -> Mapping[str, object]:
        raise Invalid("no_such_column", column="金额")

    job = enqueue()
    jobs_run_pending({"count": refuse})
    job.refresh_from_db()
    assert (job.status, job.error) == (Job.Status.FAILED, {"code": "no_such_column", "params": {"column": "金额"}})


def test_a_bug_fails_the_job_and_the_rest_goes_on() -> None:
    def broken(context: JobContext) -> Mapping[str, object]:
        raise KeyError("phone 13800000000")

    job, other = enqueue(kind="broken"), enqueue(key="second")
    jobs_run_pending({"broken": broken, "count": succeed})
    job.refresh_from_db()
    other.refresh_from_db()
    assert (job.status, job.error) == (Job.Status.FAILED, {"code": "internal", "params": {}})
    assert other.status == Job.Status.DONE


def test_an_unknown_kind_fails_with_a_word() -> None:
    job = enqueue()
    jobs_run_pending({})
    job.refresh_from_db()
    assert job.error == {"code": "job_kind_unknown", "params": {"job": job.pk}}


def test_a_queued_job_is_cancelled_at_once() -> None:
    workspace = make_workspace()
    job = enqueue(workspace_id=workspace.pk)
    assert job_cancel(actor=make_actor(workspace), job_id=job.pk).status == Job.Status.CANCELLED
    assert jobs_run_pending({"count": succeed}) == 0


def test_a_running_job_stops_at_its_next_checkpoint() -> None:
    workspace = make_workspace()
    actor = make_actor(workspace)
    reached: list[str] = []

    def long(context: JobContext) -> Mapping[str, object]:
        reached.append("before")
        job_cancel(actor=actor, job_id=context.job_id)
        context.check_cancelled()
        reached.append("after")
        return {}

    job = enqueue(workspace_id=workspace.pk)
    jobs_run_pending({"count": long})
    job.refresh_from_db()
    assert (job.status, reached) == (Job.Status.CANCELLED, ["before"])


def test_a_finished_job_cannot_be_cancelled() -> None:
    workspace = make_workspace()
    job = enqueue(workspace_id=workspace.pk)
    jobs_run_pending({"count": succeed})
    assert job_cancel(actor=make_actor(workspace), job_id=job.pk).status == Job.Status.DONE


def test_a_stopping_worker_puts_its_job_back() -> None:
    job = enqueue()
    (claimed,) = claims.jobs_claim(holder=WORKER, limit=1, now=utc_now())
    stopping = Event()
    stopping.set()
    run_job(claimed, {"count": succeed}, stopping)
    job.refresh_from_db()
    assert job.status == Job.Status.QUEUED
    assert jobs_run_pending({"count": succeed}) == 1


def test_progress_is_written_at_most_twice_a_second(django_assert_num_queries: object) -> None:
    enqueue()
    (claimed,) = claims.jobs_claim(holder=WORKER, limit=1, now=utc_now())
    context = RunningJob(claimed, Event())
    context.progress(0.1, "stages.a")
    for _ in range(100):
        context.progress(0.9, "stages.b")
    claimed.refresh_from_db()
    assert (claimed.progress, claimed.stage["key"]) == (0.1, "stages.a")


def test_an_expired_lease_is_taken_over_and_the_old_holder_cannot_write() -> None:
    enqueue()
    (lost,) = claims.jobs_claim(holder=WORKER, limit=1, now=utc_now())
    later = utc_now() + timedelta(minutes=1)
    (taken,) = claims.jobs_claim(holder=Holder("second"), limit=1, now=later)
    assert (taken.pk, taken.attempts) == (lost.pk, 2)
    assert not claims.job_close(job=lost, status=Job.Status.DONE, now=later)
    assert not claims.job_goes_on(job=lost)
    assert claims.job_close(job=taken, status=Job.Status.DONE, now=later)


def test_a_held_lease_is_left_alone() -> None:
    enqueue()
    assert claims.jobs_claim(holder=WORKER, limit=1, now=utc_now())
    assert claims.jobs_claim(holder=Holder("second"), limit=1, now=utc_now()) == []


def test_a_renewed_lease_outlives_its_first_end() -> None:
    enqueue()
    (job,) = claims.jobs_claim(holder=WORKER, limit=1, now=utc_now())
    claims.leases_renew(holder=WORKER, jobs=[job.pk], messages=[], now=utc_now() + timedelta(seconds=25))
    assert claims.jobs_claim(holder=Holder("second"), limit=1, now=utc_now() + timedelta(seconds=40)) == []


def test_a_restarted_worker_takes_its_own_rows_back_at_once() -> None:
    enqueue()
    assert claims.jobs_claim(holder=WORKER, limit=1, now=utc_now())
    claims.leases_drop(holder=WORKER, now=utc_now())
    assert claims.jobs_claim(holder=WORKER, limit=1, now=utc_now())


def test_a_job_that_always_kills_its_worker_is_given_up() -> None:
    job = enqueue()
    Job.objects.filter(pk=job.pk).update(status=Job.Status.RUNNING, attempts=MAX_DEATHS, lease_until=utc_now())
    assert claims.jobs_claim(holder=WORKER, limit=1, now=utc_now() + timedelta(seconds=1)) == []
    job.refresh_from_db()
    assert job.error == {"code": "job_kills_worker", "params": {"attempts": MAX_DEATHS}}


def away(_context: JobContext) -> Mapping[str, object]:
    """What it needs is not there; it says when to look again."""
    raise Transient("warehouse_away", again_in=60)


def test_a_job_that_waits_for_another_system_waits_a_day_and_its_claims_are_no_deaths() -> None:
    job, now = enqueue(), utc_now()
    for minute in range(MAX_DEATHS + 5):
        later = now + timedelta(minutes=2 * minute + 1)
        assert jobs_run_pending({"count": away}, now=lambda at=later: at) == 1  # type: ignore[misc]
    job.refresh_from_db()
    assert (job.status, job.faults, job.error) == (
        Job.Status.QUEUED,
        MAX_DEATHS + 5,
        {"code": "warehouse_away", "params": {"again_in": 60}},
    )
    assert jobs_run_pending({"count": away}, now=lambda: now + timedelta(hours=25)) == 1
    job.refresh_from_db()
    assert (job.status, (job.error or {})["code"]) == (Job.Status.FAILED, "warehouse_away")


def test_exclusive_work_runs_one_at_a_time_in_a_workspace_and_does_not_block_others() -> None:
    first, second = make_workspace(), make_workspace()
    for key, workspace in (("a", first), ("b", first), ("c", second)):
        enqueue(key=key, kind="import", workspace_id=workspace.pk)
    enqueue(key="d", kind="export", workspace_id=first.pk)
    claimed = claims.jobs_claim(holder=WORKER, limit=9, now=utc_now(), exclusive={"import"})
    assert [job.key for job in claimed] == ["a", "c", "d"]
    claims.job_close(job=claimed[0], status=Job.Status.DONE, now=utc_now())
    assert [job.key for job in claims.jobs_claim(holder=WORKER, limit=9, now=utc_now(), exclusive={"import"})] == ["b"]


def test_work_for_later_waits() -> None:
    job_enqueue(kind="count", key="later", payload={"n": 1}, workspace_id=None, run_at=utc_now() + timedelta(hours=1))
    assert jobs_run_pending({"count": succeed}) == 0
    assert jobs_run_pending({"count": succeed}, now=lambda: utc_now() + timedelta(hours=2)) == 1


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR, Role.ANALYST, Role.IT, Role.OPERATIONS])
def test_people_see_their_own_jobs_only(role: Role) -> None:
    workspace = make_workspace()
    member = make_member(workspace, role)
    own = enqueue(workspace_id=workspace.pk, created_by=member.pk)
    others = enqueue(key="others", workspace_id=workspace.pk, created_by=make_member(workspace).pk)
    nobodys = enqueue(key="nobodys", workspace_id=workspace.pk)
    assert job_get(actor=actor_of(member), job_id=own.pk) == own
    for job in (others, nobodys):
        with pytest.raises(NotFound):
            job_get(actor=actor_of(member), job_id=job.pk)
        with pytest.raises(NotFound):
            job_cancel(actor=actor_of(member), job_id=job.pk)


def test_a_stranger_cannot_tell_that_a_job_exists() -> None:
    job = enqueue(workspace_id=make_workspace().pk)
    with pytest.raises(NotFound):
        job_get(actor=make_actor(make_workspace()), job_id=job.pk)


def test_a_plain_context_lets_a_handler_run_outside_the_queue() -> None:
    context = PlainContext(payload={"n": 7})
    assert succeed(context) == {"seen": 7, "attempt": 1}
    assert context.steps == [(0.5, "stages.half", {"n": 1})]
