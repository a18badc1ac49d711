"""One claimed row, run to its end: what the handler is given, and what becomes of how it ends."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Event

from django.db import OperationalError, connection

from liuke.base.errors import Invalid, Transient
from liuke.base.logs import fields
from liuke.base.metering import meter
from liuke.base.times import utc_now
from liuke.base.tracing import tracing
from liuke.jobs.domain.contract import Cancelled, Handler, JobContext, Message, Topic
from liuke.jobs.domain.outcome import judge
from liuke.jobs.service import claims
from liuke.jobs.store.models import Job

log = logging.getLogger(__name__)
told = logging.getLogger("liuke.access.jobs")
Clock = Callable[[], datetime]
SENDS = "liuke_sends_total"
WRITE_EVERY = 0.5
"""Seconds between two progress writes of a job."""


class RunningJob:
    """The JobContext of a claimed job. `stopping` is set when the worker has to go."""

    def __init__(self, job: Job, stopping: Event) -> None:
        self._job = job
        self._stopping = stopping
        self._written = float("-inf")

    @property
    def job_id(self) -> int:
        """The row's id."""
        return int(self._job.pk)

    @property
    def workspace_id(self) -> int | None:
        """Null for work of the whole installation."""
        return self._job.workspace_id

    @property
    def payload(self) -> Mapping[str, object]:
        """As enqueued."""
        return dict(self._job.payload)

    @property
    def attempt(self) -> int:
        """1 for the first run."""
        return self._job.attempts

    def progress(self, fraction: float, stage_key: str, **params: object) -> None:
        """Write it, unless the last write is less than half a second old. Raises Cancelled."""
        if self._too_soon():
            return
        if not claims.job_progress(job=self._job, fraction=fraction, stage={"key": stage_key, "params": params}, now=utc_now()):
            raise Cancelled

    def check_cancelled(self) -> None:
        """Raises Cancelled; reads the database at most every half second."""
        if not self._too_soon() and not claims.job_goes_on(job=self._job):
            raise Cancelled

    def _too_soon(self) -> bool:
        if self._stopping.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._written < WRITE_EVERY:
            return True
        self._written = now
        return False


def run_job(job: Job, handlers: Mapping[str, Handler], stopping: Event, clock: Clock = utc_now) -> None:
    """Run a claimed job and write how it ended. Raises nothing that the handler raised.

    Its log lines, and the jobs that it enqueues, carry the request that asked for it.
    """
    begun = time.monotonic()
    with tracing(request_id=job.request_id, workspace_id=job.workspace_id):
        ended = _run(job, handlers, stopping, clock)
        seconds = time.monotonic() - begun
        meter.count("liuke_jobs_total", kind=job.kind, result=ended)
        meter.time("liuke_job_seconds", seconds, kind=job.kind)
        told.info("job %s (%s): %s", job.pk, job.kind, ended, extra=fields(duration_ms=round(seconds * 1000, 1), job_id=job.pk))


def _run(job: Job, handlers: Mapping[str, Handler], stopping: Event, clock: Clock) -> str:
    """How it ended: done, cancelled, stopped (put back for the next worker), failed, or later (tried again)."""
    try:
        result = handlers.get(job.kind, _no_handler)(RunningJob(job, stopping))
    except Cancelled:
        if stopping.is_set():
            claims.job_put_back(job=job, now=clock())
            return "stopped"
        claims.job_close(job=job, status=Job.Status.CANCELLED, now=clock())
        return "cancelled"
    except Exception as fault:  # noqa: BLE001 - the worker's edge: nothing a handler does may stop the worker
        _report(fault, f"job {job.pk} ({job.kind})")
        _mend_connection()
        verdict = judge(_known(fault), job.faults)
        claims.job_fault(job=job, fault=verdict, now=clock())
        return "failed" if verdict.retry_in is None else "later"
    claims.job_close(job=job, status=Job.Status.DONE, now=clock(), result=dict(result))
    return "done"


def _no_handler(context: JobContext) -> Mapping[str, object]:
    raise Invalid("job_kind_unknown", job=context.job_id)


def run_message(message: Message, topics: Mapping[str, Topic], clock: Clock = utc_now) -> float:
    """Deliver a claimed message and write what became of it. Where sending twice harms, it is first written that it begins.

    How many seconds the other side asks us to wait: 0.0 = none.
    """
    topic = topics[message.topic]
    if not topic.dedupes and not claims.outbox_begin(message=message):
        return 0.0
    try:
        delivered = topic.deliver(message)
    except Exception as fault:  # noqa: BLE001 - as above
        _report(fault, f"outbox {message.id} ({message.topic})")
        _mend_connection()
        verdict = judge(_known(fault), message.faults)
        claims.outbox_fault(message=message, fault=verdict, now=clock())
        meter.count(SENDS, topic=message.topic, result="failed" if verdict.retry_in is None else "later")
        return verdict.retry_in.total_seconds() if verdict.waits and verdict.retry_in else 0.0
    claims.outbox_close(message=message, delivered=delivered, now=clock())
    meter.count(SENDS, topic=message.topic, result=delivered.value)
    return 0.0


def _mend_connection() -> None:
    """A fault of the database may have left a dead connection; inside a transaction (tests) there is none to mend."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def _known(fault: Exception) -> Exception:
    """A database that is locked, restarting or gone may come back."""
    return Transient("database_busy") if isinstance(fault, OperationalError) else fault


def _report(fault: Exception, what: str) -> None:
    """Bugs with their traceback, expected faults in one line. No payload: it may hold personal data."""
    code = judge(_known(fault), 0).error["code"]
    log.warning("%s failed: %s", what, code, exc_info=fault if code == "internal" else None)
