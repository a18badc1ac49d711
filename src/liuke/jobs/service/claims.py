"""How a worker takes rows and gives them back. One short transaction each; a lease, not a lock, covers the work itself.

`(id, attempts)` fences: whoever lost the lease finds that its writes match no row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value

from liuke.accounts.store.models import Workspace
from liuke.base.times import utc_now
from liuke.jobs.domain.contract import Delivered, Message
from liuke.jobs.domain.outcome import LONGEST_WAIT, MAX_DEATHS, Fault
from liuke.jobs.store.models import Heartbeat, Job, OutboxMessage

LOOK_AHEAD = 50
"""Due rows considered per claim, so that blocked ones do not hide the rest."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A worker by name, and how long it may be silent before others take its rows."""

    name: str
    lease: timedelta = timedelta(seconds=30)


AT_ONCE = Q(run_at__lte=F("created_at"))
"""Due when it was made, so due whatever the clock says: one that was set back must not keep it waiting."""


def _due(now: datetime) -> QuerySet[Job]:
    queued = Q(status=Job.Status.QUEUED) & (Q(run_at__lte=now) | AT_ONCE)
    abandoned = Q(status=Job.Status.RUNNING, lease_until__lte=now)
    return Job.objects.filter(queued | abandoned).order_by("run_at", "id")


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which kinds of jobs a worker takes: `only` these, or all `but` some."""

    only: Collection[str] = ()
    but: Collection[str] = ()

    def of(self, jobs: QuerySet[Job]) -> QuerySet[Job]:
        """Those of these kinds."""
        chosen = jobs.filter(kind__in=sorted(self.only)) if self.only else jobs
        return chosen.exclude(kind__in=sorted(self.but)) if self.but else chosen


ALL_KINDS = Kinds()


def jobs_claim(*, holder: Holder, limit: int, now: datetime, exclusive: Collection[str] = (), kinds: Kinds = ALL_KINDS) -> list[Job]:
    """Take up to `limit` due jobs, oldest first. Of the `exclusive` kinds only one job per workspace runs at a time."""
    if limit < 1 or not kinds.of(_due(now)).exists():
        return []
    with transaction.atomic():
        due = list(kinds.of(_due(now)).select_for_update(skip_locked=True, of=("self",))[:LOOK_AHEAD])
        busy = _busy_workspaces(due, exclusive, now)
        return [job for job in _free(due, exclusive, busy, limit) if _take(job, holder, now)]


def _busy_workspaces(due: Collection[Job], exclusive: Collection[str], now: datetime) -> set[int | None]:
    """Workspaces in which exclusive work runs; their rows are locked, so that two workers cannot both find one free."""
    wanted = {job.workspace_id for job in due if job.kind in exclusive}
    if not wanted:
        return set()
    held = Workspace.objects.filter(pk__in=[pk for pk in wanted if pk]).order_by("pk").select_for_update(no_key=True)
    list(held.values_list("pk", flat=True))
    running = Job.objects.filter(status=Job.Status.RUNNING, lease_until__gt=now, kind__in=exclusive)
    return set(running.values_list("workspace_id", flat=True))


def _free(due: Iterable[Job], exclusive: Collection[str], busy: set[int | None], limit: int) -> list[Job]:
    free: list[Job] = []
    for job in due:
        if job.kind in exclusive:
            if job.workspace_id in busy:
                continue
            busy.add(job.workspace_id)
        free.append(job)
    return free[:limit]


def _take(job: Job, holder: Holder, now: datetime) -> bool:
    """Whether the job is to be run: one cancelled or deadly while its worker died ends here."""
    if job.cancel_requested:
        job_close(job=job, status=Job.Status.CANCELLED, now=now)
        return False
    if job.attempts - job.faults >= MAX_DEATHS:
        job_close(job=job, status=Job.Status.FAILED, now=now, error={"code": "job_kills_worker", "params": {"attempts": job.attempts}})
        return False
    job.status, job.worker, job.lease_until, job.attempts = Job.Status.RUNNING, holder.name, now + holder.lease, job.attempts + 1
    job.error, job.changed_at = None, now
    job.save(update_fields=["status", "worker", "lease_until", "attempts", "error", "changed_at"])
    return True


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, attempts=job.attempts)


def job_close(
    *,
    job: Job,
    status: Job.Status,
    now: datetime,
    result: Mapping[str, object] | None = None,
    error: Mapping[str, object] | None = None,
) -> bool:
    """End a job; False where the lease had gone to somebody else, whose word counts."""
    is_open = _held(job).filter(status__in=[Job.Status.QUEUED, Job.Status.RUNNING])
    progress = Value(1.0) if status == Job.Status.DONE else F("progress")
    ended = {"finished_at": now, "changed_at": now, "lease_until": None}
    return bool(is_open.update(status=status, result=result, error=error, progress=progress, **ended))


def job_fault(*, job: Job, fault: Fault, now: datetime) -> bool:
    """Fail the job, or put it back for later with the fault to be read meanwhile. What waits for another system waits a day at most."""
    waited = fault.waits and job.created_at < now - LONGEST_WAIT
    if fault.retry_in is None or waited:
        return job_close(job=job, status=Job.Status.FAILED, now=now, error=fault.error)
    queued = _held(job).filter(status=Job.Status.RUNNING)
    return bool(
        queued.update(
            status=Job.Status.QUEUED,
            run_at=now + fault.retry_in,
            faults=F("faults") + 1,
            error=fault.error,
            lease_until=None,
            changed_at=now,
        )
    )


def job_put_back(*, job: Job, now: datetime) -> bool:
    """The worker stops: the job is due again at once."""
    running = _held(job).filter(status=Job.Status.RUNNING)
    return bool(running.update(status=Job.Status.QUEUED, run_at=now, lease_until=None, changed_at=now))


def job_progress(*, job: Job, fraction: float, stage: Mapping[str, object], now: datetime) -> bool:
    """Write how far it is. False: cancelled or lost, stop working."""
    running = _held(job).filter(status=Job.Status.RUNNING, cancel_requested=False)
    return bool(running.update(progress=min(max(fraction, 0.0), 1.0), stage=stage, changed_at=now))


def job_goes_on(*, job: Job) -> bool:
    """Whether the lease is still held and nobody cancelled."""
    return _held(job).filter(status=Job.Status.RUNNING, cancel_requested=False).exists()


def outbox_claim(*, holder: Holder, topics: Mapping[str, bool], limit: int, now: datetime) -> list[Message]:
    """Take up to `limit` due messages of these topics (name -> whether its provider dedupes).

    A message whose deliverer died half-way is taken again where the provider dedupes, else marked `unknown` (unless it had not
    begun to send it).
    """
    due = OutboxMessage.objects.filter(Q(run_at__lte=now) | AT_ONCE, status=OutboxMessage.Status.PENDING, topic__in=list(topics))
    due = due.filter(Q(lease_until=None) | Q(lease_until__lte=now))
    if limit < 1 or not due.exists():
        return []
    with transaction.atomic():
        taken = list(due.order_by("run_at", "id").select_for_update(skip_locked=True, of=("self",))[:limit])
        doubtful = [row.pk for row in taken if row.lease_until is not None and row.begun == row.attempts and not topics[row.topic]]
        OutboxMessage.objects.filter(pk__in=doubtful).update(status=OutboxMessage.Status.UNKNOWN, lease_until=None)
        messages = [_message(row) for row in taken if row.pk not in doubtful]
        mine = OutboxMessage.objects.filter(pk__in=[message.id for message in messages])
        mine.update(attempts=F("attempts") + 1, worker=holder.name, lease_until=now + holder.lease)
        return messages


def _message(row: OutboxMessage) -> Message:
    return Message(row.pk, row.key, row.topic, row.payload, row.workspace_id, row.attempts + 1, row.faults)


def outbox_begin(*, message: Message) -> bool:
    """Write that the sending begins. False: the lease went to another worker, nothing may be sent."""
    return bool(_pending(message).update(begun=message.attempt))


def outbox_put_back(*, messages: Collection[Message], run_at: datetime | None = None) -> None:
    """Messages that were claimed and not begun are due again: at once where the worker stops, or when there is room again."""
    later = {} if run_at is None else {"run_at": run_at}
    for message in messages:
        _pending(message).update(lease_until=None, **later)


def _pending(message: Message) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(pk=message.id, attempts=message.attempt, status=OutboxMessage.Status.PENDING)


def outbox_close(*, message: Message, delivered: Delivered, now: datetime) -> bool:
    """Mark what became of a message."""
    held = OutboxMessage.objects.filter(pk=message.id, attempts=message.attempt)
    sent_at = now if delivered is Delivered.SENT else None
    return bool(held.update(status=delivered.value, lease_until=None, error=None, sent_at=sent_at))


def outbox_fault(*, message: Message, fault: Fault, now: datetime) -> bool:
    """Fail a message or put it back for later."""
    held = OutboxMessage.objects.filter(pk=message.id, attempts=message.attempt)
    if fault.retry_in is None:
        return bool(held.update(status=OutboxMessage.Status.FAILED, error=fault.error, lease_until=None))
    if fault.waits and held.filter(created_at__lt=now - LONGEST_WAIT).exists():
        return bool(held.update(status=OutboxMessage.Status.FAILED, error=fault.error, lease_until=None))
    faults = F("faults") if fault.waits else F("faults") + 1
    return bool(held.update(run_at=now + fault.retry_in, faults=faults, error=fault.error, lease_until=None))


def leases_renew(*, holder: Holder, jobs: Collection[int], messages: Collection[int], now: datetime) -> None:
    """Keep what the worker is really running (ids); call it well within the lease."""
    until = now + holder.lease
    if jobs:
        Job.objects.filter(pk__in=jobs, worker=holder.name, status=Job.Status.RUNNING).update(lease_until=until)
    if messages:
        held = OutboxMessage.objects.filter(pk__in=messages, worker=holder.name, status=OutboxMessage.Status.PENDING)
        held.filter(lease_until__isnull=False).update(lease_until=until)


def leases_drop(*, holder: Holder, now: datetime) -> None:
    """At the start of a worker: whatever its dead namesake held is due at once instead of after the lease."""
    Job.objects.filter(worker=holder.name, status=Job.Status.RUNNING).update(lease_until=now)
    pending = OutboxMessage.objects.filter(worker=holder.name, status=OutboxMessage.Status.PENDING, lease_until__isnull=False)
    pending.update(lease_until=now)


def heartbeat(*, name: str, detail: Mapping[str, object] | None = None) -> None:
    """A sign of life at the real time, for `liuke doctor` and `/healthz`."""
    Heartbeat.objects.update_or_create(name=name[:40], defaults={"at": utc_now(), "detail": dict(detail or {})})
