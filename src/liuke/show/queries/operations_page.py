"""运行状况, as the API shows it: states in the reader's words, installation-wide facts only to whoever may see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version

from liuke.base.settings import Settings
from liuke.base.words import catalogue, render
from liuke.connect.store.models import Source
from liuke.jobs.store.models import Job
from liuke.show.api.schemas.operations import (
    OperationsInstallation,
    OperationsJob,
    OperationsLive,
    OperationsMinute,
    OperationsOut,
    OperationsPart,
    OperationsProcess,
    OperationsQueue,
    OperationsSource,
    OperationsStore,
    OperationsTopic,
)
from liuke.show.domain.operations import Condition, Live, Queue, State, worst
from liuke.show.queries.jobs import stored_error
from liuke.show.queries.operations import history, installation_now, sees_installation, work_now
from liuke.show.queries.operations_machine import Machine
from liuke.show.queries.reader import Reader
from liuke.show.store.models import OperationSample

BETWEEN = {"zh-CN": "、", "en": ", "}
TROUBLE = (State.WARN, State.FAIL)


def operations_out(reader: Reader, settings: Settings, now: datetime) -> OperationsOut:
    """The page. `now` is the real clock."""
    found, shared = installation_now(settings, now)
    work = work_now(reader.workspace, now)
    sees = sees_installation(reader.actor)
    language = reader.language
    parts = [part_out(one, language, hidden=not sees) for one in shared] + [part_out(one, language) for one in work.conditions]
    state = worst(one.state for one in (*shared, *work.conditions))
    return OperationsOut(
        state=state.value,
        sentence=sentence((*shared, *work.conditions), language),
        taken_at=now,
        parts=parts,
        installation=_installation(found, now) if sees else None,
        queue=[_queue(row, language) for row in work.queues],
        live=_live(work.live, history(reader.workspace, now)),
        failed=[_job(job, language) for job in work.failed],
        outbox=[
            OperationsTopic(topic=row.topic, waiting=row.waiting, oldest_seconds=row.oldest, failed=row.failed, unknown=row.unknown)
            for row in work.outboxes
        ],
        sources=[_source(source, state, language) for source, state in work.sources],
    )


def part_out(one: Condition, language: str, *, hidden: bool = False) -> OperationsPart:
    """One part's line. `hidden`: its state without the facts."""
    bad, key = one.state in TROUBLE, f"operations.{one.part}.{one.case}"
    text, todo = (f"operations.hidden.{one.state}", "operations.hidden.todo") if hidden else (key, f"{key}.todo")
    return OperationsPart(
        part=one.part,
        name=render(f"operations.{one.part}", {}, language=language),
        state=one.state.value,
        text=render(text, one.params, language=language),
        advice=render(todo, one.params, language=language) if bad else "",
    )


def sentence(conditions: Sequence[Condition], language: str) -> str:
    """All in one sentence: the names of the worst parts."""
    state = worst(one.state for one in conditions)
    bad = [render(f"operations.{one.part}", {}, language=language) for one in conditions if one.state is state]
    named = BETWEEN.get(language, BETWEEN["en"]).join(bad)
    return render(f"operations.state.{state}", {"count": len(bad), "parts_text": named}, language=language)


def kind_name(kind: str, language: str) -> str:
    """What a kind of job is called; its own word where there is none."""
    key = f"operations.kind.{kind}"
    return render(key, {}, language=language) if key in catalogue("zh-CN") else kind


def _installation(found: Machine, now: datetime) -> OperationsInstallation:
    return OperationsInstallation(
        version=version("liuke"),
        processes=[
            OperationsProcess(
                name=one.name,
                kind=one.kind,
                state="ok" if one.alive(now) else "fail",
                since=one.since,
                seen=one.seen,
                memory_bytes=one.memory_bytes,
                cpu_seconds=one.cpu_seconds,
                busy=one.busy,
            )
            for one in found.processes
        ],
        stores=[OperationsStore(name=store.name, bytes=store.bytes) for store in found.stores],
        disk_free=found.disk_free,
        disk_total=found.disk_total,
        backup_at=found.backup_at,
    )


def _live(live: Live, samples: Sequence[OperationSample]) -> OperationsLive:
    return OperationsLive(
        batches=live.batches,
        rows=live.rows,
        oldest_seconds=live.oldest,
        lag_p50=live.lag_p50,
        lag_p95=live.lag_p95,
        rows_per_second=live.rows_per_second,
        history=minutes(samples),
    )


def minutes(samples: Sequence[OperationSample]) -> list[OperationsMinute]:
    """Samples with the throughput since the one before; a gap of more than two minutes has none."""
    told = []
    for before, sample in zip([None, *samples], samples, strict=False):
        seconds = (sample.at - before.at).total_seconds() if before else 0.0
        rows = max(sample.rows_total - before.rows_total, 0) if before else 0
        told.append(
            OperationsMinute(
                at=sample.at,
                waiting_rows=sample.waiting_rows,
                lag_seconds=sample.lag_seconds,
                rows_per_second=rows / seconds if 0 < seconds <= 120 else None,
                jobs_waiting=sample.jobs_waiting,
            )
        )
    return told


def _queue(row: Queue, language: str) -> OperationsQueue:
    name = kind_name(row.kind, language)
    return OperationsQueue(kind=row.kind, name=name, waiting=row.waiting, running=row.running, oldest_seconds=row.oldest)


def _job(job: Job, language: str) -> OperationsJob:
    return OperationsJob(
        id=job.pk,
        kind=job.kind,
        name=kind_name(job.kind, language),
        error=stored_error(job.error, language),
        attempts=job.attempts,
        failed_at=job.finished_at,
        request_id=job.request_id,
    )


def _source(source: Source, state: str, language: str) -> OperationsSource:
    return OperationsSource(
        id=source.pk,
        name=source.name,
        state=state,
        last_success_at=source.last_success_at,
        newest_row_at=source.newest_row_at,
        error=stored_error(source.last_error, language),
    )
