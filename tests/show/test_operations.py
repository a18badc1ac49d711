"""运行状况: what is measured, who sees what, the history behind it, and another try for failed jobs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.base.backups import Manifest, Reason, manifest_write
from liuke.base.errors import Conflict, NotFound
from liuke.base.settings import from_environment
from liuke.base.times import utc_now
from liuke.connect.store.models import Batch, BatchBody, Source
from liuke.jobs.service import job_enqueue, job_retry, outbox_add
from liuke.jobs.service.claims import heartbeat
from liuke.jobs.store.models import Heartbeat, Job, OutboxMessage
from liuke.show.domain.operations import State
from liuke.show.queries.operations import history, installation_now, samples_take, sees_installation, work_now
from liuke.show.queries.operations_facts import live_of, outboxes, queues, sources_of
from liuke.show.queries.operations_page import minutes, operations_out
from liuke.show.queries.reader import Reader
from liuke.show.store.models import OperationSample
from tests.factories import actor_of, make_actor, make_member, make_user, make_workspace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, 0, 20, tzinfo=UTC)


def make_batch(workspace: Workspace, source: Source, *, ago: float, took: float | None = None, rows: int = 10) -> Batch:
    """An API batch that was accepted `ago` seconds ago and applied after `took` seconds; None = it waits."""
    status = Batch.Status.QUEUED if took is None else Batch.Status.DONE
    batch = Batch.objects.create(workspace=workspace, source=source, entity="activities", status=status, rows_total=rows)
    BatchBody.objects.create(batch=batch, body=b"")
    accepted = NOW - timedelta(seconds=ago)
    finished = None if took is None else accepted + timedelta(seconds=took)
    Batch.objects.filter(pk=batch.pk).update(created_at=accepted, finished_at=finished)
    return batch


def make_source(workspace: Workspace, **fields: object) -> Source:
    """The API's source."""
    return Source.objects.create(workspace=workspace, **({"kind": "api", "name": "api", "entity": "activities"} | fields))


def states(workspace: Workspace, now: datetime = NOW) -> dict[str, State]:
    """Of the workspace's parts, by part."""
    return {one.part: one.state for one in work_now(workspace, now).conditions}


def test_a_quiet_workspace_is_well() -> None:
    assert set(states(make_workspace()).values()) <= {State.OK, State.OFF}


def test_the_live_path_tells_what_waits_and_how_long_rows_took() -> None:
    workspace = make_workspace()
    source = make_source(workspace, rows_total=500)
    for seconds in (0.5, 1.0, 1.5, 9.0):
        make_batch(workspace, source, ago=60, took=seconds)
    make_batch(workspace, source, ago=3_600, took=500.0)
    for ago in (4.0, 25.0):
        make_batch(workspace, source, ago=ago, rows=30)
    live = live_of(workspace, NOW)
    assert (live.batches, live.rows, live.oldest, live.rows_total) == (2, 60, 25.0, 500)
    assert (live.lag_p50, live.lag_p95) == (1.5, 9.0)
    assert states(workspace)["live"] is State.WARN
    assert states(workspace, NOW + timedelta(minutes=2))["live"] is State.FAIL


def test_another_workspaces_backlog_is_not_ones_own() -> None:
    mine, other = make_workspace(), make_workspace()
    make_batch(other, make_source(other), ago=500)
    job_enqueue(kind="score", key="o", payload={}, workspace_id=other.pk, run_at=NOW - timedelta(hours=2))
    assert live_of(mine, NOW).batches == 0
    assert queues((mine.pk,), NOW) == []
    assert set(states(mine).values()) <= {State.OK, State.OFF}


def test_the_queue_counts_what_is_due_by_kind_and_not_what_waits_for_its_time() -> None:
    workspace = make_workspace()
    for number in range(2):
        job_enqueue(kind="score", key=f"s{number}", payload={}, workspace_id=workspace.pk, run_at=NOW - timedelta(seconds=400))
    job_enqueue(kind="sweep", key="w", payload={}, workspace_id=workspace.pk, run_at=NOW - timedelta(seconds=5))
    job_enqueue(kind="nightly", key="n", payload={}, workspace_id=workspace.pk, run_at=NOW + timedelta(hours=1))
    found = queues((workspace.pk,), NOW)
    assert [(row.kind, row.waiting, row.oldest) for row in found] == [("score", 2, 400.0), ("sweep", 1, 5.0)]
    assert states(workspace)["queue"] is State.WARN


def test_messages_wait_by_topic_and_doubtful_ones_are_told() -> None:
    workspace = make_workspace()
    now = utc_now()
    outbox_add(key="a", topic="channel.email", payload={}, workspace_id=workspace.pk, run_at=now - timedelta(seconds=50))
    outbox_add(key="b", topic="channel.email", payload={}, workspace_id=workspace.pk, run_at=now + timedelta(hours=9))
    OutboxMessage.objects.create(workspace=workspace, key="c", topic="channel.sms", status=OutboxMessage.Status.UNKNOWN, run_at=now)
    email, sms = outboxes((workspace.pk,), now)
    assert (email.topic, email.waiting, email.failed) == ("channel.email", 1, 0)
    assert (sms.topic, sms.waiting, sms.unknown) == ("channel.sms", 0, 1)
    assert states(workspace, now)["outbox"] is State.WARN


def test_only_sources_that_run_by_themselves_have_an_age() -> None:
    workspace = make_workspace()
    make_source(workspace, kind="upload", name="file")
    make_source(workspace, kind="sql", name="erp", every_minutes=60, last_success_at=NOW - timedelta(hours=9))
    make_source(workspace, kind="folder", name="off", enabled=False, failures=3)
    assert [(source.name, state) for source, state in sources_of(workspace, NOW)] == [("erp", "stale")]
    Workspace.objects.filter(pk=workspace.pk).update(simulated_as_of=NOW)
    workspace.refresh_from_db()
    assert sources_of(workspace, NOW) == []


def test_samples_are_taken_once_a_minute_over_all_workers_and_forgotten_after_a_day() -> None:
    workspace = make_workspace()
    make_workspace()
    make_batch(workspace, make_source(workspace, rows_total=70), ago=3.0, rows=12)
    OperationSample.objects.create(workspace=workspace, at=NOW - timedelta(days=1, minutes=1))
    assert samples_take(NOW) == 2
    assert samples_take(NOW + timedelta(seconds=30)) == 0
    assert samples_take(NOW + timedelta(seconds=50)) == 2
    first, second = history(workspace, NOW + timedelta(seconds=50))
    assert (first.at, second.at) == (NOW.replace(second=0), NOW.replace(minute=1, second=0))
    assert (first.waiting_rows, first.lag_seconds, first.rows_total) == (12, 3.0, 70)
    assert OperationSample.objects.filter(workspace=workspace).count() == 2


def test_the_hours_speed_is_the_growth_of_the_rows_and_a_gap_has_none() -> None:
    workspace = make_workspace()
    at = NOW.replace(second=0)
    for minute, rows in ((0, 100), (1, 700), (2, 700), (9, 5_000), (10, 4_000)):
        OperationSample.objects.create(workspace=workspace, at=at + timedelta(minutes=minute), rows_total=rows)
    told = minutes(history(workspace, at + timedelta(minutes=10)))
    assert [minute.rows_per_second for minute in told] == [None, 10.0, 0.0, None, 0.0]


def test_speed_now_is_measured_against_the_last_sample() -> None:
    workspace = make_workspace()
    make_source(workspace, rows_total=1_600)
    OperationSample.objects.create(workspace=workspace, at=NOW - timedelta(seconds=80), rows_total=800)
    OperationSample.objects.create(workspace=workspace, at=NOW - timedelta(seconds=10), rows_total=1_500)
    assert live_of(workspace, NOW).rows_per_second == 10.0


def test_facts_of_the_installation_are_for_people_who_look_after_all_of_it() -> None:
    first = make_workspace()
    make_workspace(is_sample=True)
    person = make_member(first, Role.IT)
    assert sees_installation(actor_of(person))
    assert not sees_installation(make_actor(first, Role.ANALYST))
    second = make_workspace()
    assert not sees_installation(actor_of(person))
    second.membership_set.create(user=person.user, role=Role.MANAGER)
    assert not sees_installation(actor_of(person))
    second.membership_set.update(role=Role.ADMIN)
    assert sees_installation(actor_of(person))
    person.user.membership_set.filter(workspace=second).update(is_active=False)
    assert not sees_installation(actor_of(person))


def test_others_see_whether_it_works_and_no_figures(tmp_path: Path) -> None:
    mine, member = make_workspace(), None
    make_workspace()
    member = make_member(mine)
    settings = from_environment({"LIUKE_DATA_DIR": str(tmp_path)})
    out = operations_out(Reader(actor_of(member), mine, NOW, "zh-CN"), settings, NOW)
    disk = next(part for part in out.parts if part.part == "disk")
    assert out.installation is None
    assert "GB" not in disk.text
    worker = next(part for part in out.parts if part.part == "worker")
    assert (worker.state, worker.text, worker.advice) == ("fail", "不工作", "请联系系统管理员")


def test_the_installation_tells_processes_sizes_and_the_last_backup(tmp_path: Path) -> None:
    make_user()
    settings = from_environment({"LIUKE_DATA_DIR": str(tmp_path)})
    settings.warehouse_dir.mkdir()
    (settings.warehouse_dir / "1.duckdb").write_bytes(b"x" * 5_000)
    now = utc_now()
    for name, kind in (("host-1", "worker"), ("web host:8600", "web")):
        heartbeat(name=name, detail={"process": kind, "since": now.isoformat(), "memory_bytes": 7, "running": 2, "listeners": 3})
    folder = settings.backup_dir / "liuke-1"
    folder.mkdir(parents=True)
    manifest_write(folder, Manifest("0", now - timedelta(hours=4), Reason.NIGHTLY, "sqlite", {}, {}))
    found, conditions = installation_now(settings, now)
    by_part = {one.part: (one.state, one.case) for one in conditions}
    assert by_part["worker"] == by_part["web"] == (State.OK, "alive")
    assert by_part["warehouse"] == (State.FAIL, "none")
    assert by_part["stream"] == (State.OK, "open")
    assert by_part["backup"] == (State.OK, "made")
    assert {store.name: store.bytes for store in found.stores}["warehouse"] == 5_000
    assert found.disk_free > 0
    assert {process.name: process.memory_bytes for process in found.processes} == {"host-1": 7, "web host:8600": 7}


def test_a_silent_worker_is_found_out_and_named_in_the_one_sentence(tmp_path: Path) -> None:
    workspace = make_workspace()
    member = make_member(workspace)
    heartbeat(name="host-1", detail={"process": "worker"})
    Heartbeat.objects.update(at=NOW - timedelta(minutes=3))
    heartbeat(name="web", detail={"process": "web"})
    Heartbeat.objects.filter(name="web").update(at=NOW)
    settings = from_environment({"LIUKE_DATA_DIR": str(tmp_path)})
    out = operations_out(Reader(actor_of(member), workspace, NOW, "zh-CN"), settings, NOW)
    assert out.state == "fail"
    assert "后台进程" in out.sentence
    worker = next(part for part in out.parts if part.part == "worker")
    assert "180 秒" in worker.text
    assert worker.advice
    assert out.installation is not None


def fail(workspace: Workspace, key: str = "f") -> Job:
    job = job_enqueue(kind="score", key=key, payload={}, workspace_id=workspace.pk)
    error = {"code": "warehouse_away", "params": {}}
    Job.objects.filter(pk=job.pk).update(
        status=Job.Status.FAILED, finished_at=utc_now(), error=error, attempts=8, faults=8, request_id="trace-12"
    )
    return job


def test_a_failed_job_tells_its_reason_and_the_number_in_the_log(tmp_path: Path) -> None:
    workspace = make_workspace()
    fail(workspace)
    reader = Reader(make_actor(workspace), workspace, utc_now(), "zh-CN")
    (job,) = operations_out(reader, from_environment({"LIUKE_DATA_DIR": str(tmp_path)}), utc_now()).failed
    assert (job.name, job.attempts, job.request_id) == ("评分", 8, "trace-12")
    assert job.error is not None
    assert job.error.message
    assert not job.error.message.startswith("errors.")


def test_a_failed_job_is_queued_again_from_its_start() -> None:
    workspace = make_workspace()
    job = fail(workspace)
    again = job_retry(workspace_id=workspace.pk, job_id=job.pk)
    assert (again.status, again.faults, again.error, again.finished_at) == (Job.Status.QUEUED, 0, None, None)
    assert again.attempts == 8
    assert again.run_at <= utc_now()


def test_only_what_failed_and_is_ones_own_is_tried_again() -> None:
    workspace, other = make_workspace(), make_workspace()
    job = fail(workspace)
    with pytest.raises(NotFound, match="job_not_found"):
        job_retry(workspace_id=other.pk, job_id=job.pk)
    job_retry(workspace_id=workspace.pk, job_id=job.pk)
    with pytest.raises(Conflict, match="job_not_failed"):
        job_retry(workspace_id=workspace.pk, job_id=job.pk)
