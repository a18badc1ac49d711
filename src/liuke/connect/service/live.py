"""The contract of the live path: which accepted activities wait to be applied, and the word that they are.

The way of an API batch: `batch_ingest` writes one inbox row and, in the same transaction, sees to a job of kind `live`; its handler
takes what is `waiting`, writes it to the warehouse idempotently by batch id, and says `settle`. Killed anywhere it starts again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, QuerySet

from liuke.base.errors import LiukeError
from liuke.base.times import from_us, to_us, utc_now
from liuke.connect.domain.kept import activities_of, as_rows
from liuke.connect.service.running import stored_error
from liuke.connect.store.models import Batch, Source
from liuke.jobs.service import job_enqueue
from liuke.jobs.store.models import Job

LIVE = "live"
"""Kind of the job that applies what waits."""
ENTITY = "activities"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An accepted batch that is not yet applied. `received_us`: when it was accepted (microseconds, real clock).

    `rows` by the names of `ALIGNED_ACTIVITY_SCHEMA`, source and known_us left out: activity_id, customer_key, ts_us, kind, value,
    channel, actor, attrs (JSON text).
    """

    batch_id: int
    source: str
    received_us: int
    rows: Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a batch's rows. `newest_us`: time of its newest activity that is not in the future, None without one."""

    new: int = 0
    changed: int = 0
    same: int = 0
    newest_us: int | None = None


def waiting(*, workspace_id: int, rows: int, beside: Collection[int] = ()) -> list[Waiting]:
    """Accepted API batches of activities not yet applied, oldest first: at most about `rows` rows, but always a whole batch.

    `beside`: batches that the caller has already taken.
    """
    waiting_here = _open_batches().filter(workspace_id=workspace_id).exclude(pk__in=beside)
    sizes = waiting_here.order_by("pk").values_list("pk", "rows_total", "rows_rejected")[: max(rows, 1)]
    chosen = _first(sizes.iterator(), rows)
    found = Batch.objects.filter(pk__in=chosen).order_by("pk").values_list("pk", "source__name", "created_at", "kept__body")
    return [Waiting(pk, source or "api", to_us(at), as_rows(activities_of(body))) for pk, source, at, body in found]


def _first(sizes: Iterable[tuple[int, int | None, int]], rows: int) -> list[int]:
    chosen: list[int] = []
    held = 0
    for pk, total, rejected in sizes:
        held += (total or 0) - rejected
        if chosen and held > rows:
            break
        chosen.append(pk)
    return chosen


def settle(*, batch_ids: Sequence[int], counts: Mapping[int, Settled]) -> None:
    """The batches are in the warehouse: done, each once, with the source's count and newest row. Batches not in `counts` count nothing.

    A conditional update: settled twice (a job that ran again after a crash) it counts once; a cancelled batch stays cancelled.
    """
    with transaction.atomic():
        found = list(Batch.objects.select_for_update(of=("self",)).filter(pk__in=batch_ids, status=Batch.Status.QUEUED).order_by("pk"))
        now = utc_now()
        for batch in found:
            told = counts.get(batch.pk, Settled())
            Batch.objects.filter(pk=batch.pk).update(
                status=Batch.Status.DONE,
                rows_new=told.new,
                rows_changed=told.changed,
                rows_same=told.same,
                error=None,
                finished_at=now,
            )
            if batch.source_id is not None:
                _tell_source(batch.source_id, (batch.rows_total or 0) - batch.rows_rejected, told.newest_us, now)


def _tell_source(source_id: int, rows: int, newest_us: int | None, now: datetime) -> None:
    Source.objects.filter(pk=source_id).update(failures=0, last_error=None, last_success_at=now, rows_total=F("rows_total") + rows)
    if newest_us is not None:
        newest = from_us(newest_us)
        older = Source.objects.filter(pk=source_id).exclude(newest_row_at__gte=newest)
        older.update(newest_row_at=newest)


def give_up(*, batch_id: int, fault: LiukeError) -> bool:
    """A batch that can never be applied: failed with the fault, its rows kept for a look, its key free. False where it was not open."""
    is_open = Batch.objects.filter(pk=batch_id, status=Batch.Status.QUEUED)
    return bool(is_open.update(status=Batch.Status.FAILED, request_key=None, error=stored_error(fault), finished_at=utc_now()))


def live_enqueue(*, workspace_id: int, batch_id: int) -> None:
    """See to a job that will find the batch; joins the caller's transaction. While one is queued it serves all batches.

    A running job may have looked already, so it does not count: a following one is queued, which finds nothing where the running one
    took everything. On PostgreSQL the queued job may be claimed before the caller commits, unseen; hence a second look afterwards.
    """
    _ensure(workspace_id, batch_id)
    if connection.vendor == "postgresql":
        transaction.on_commit(lambda: _ensure(workspace_id, batch_id))


def live_go_on(*, workspace_id: int) -> None:
    """See to a following job where batches still wait: a running one ends before a long backlog does."""
    if _open_batches().filter(workspace_id=workspace_id).exists():
        _ensure(workspace_id, f"on:{to_us(utc_now())}")


def _open_batches() -> QuerySet[Batch]:
    return Batch.objects.filter(status=Batch.Status.QUEUED, entity=ENTITY, kept__isnull=False)


def _ensure(workspace_id: int, mark: int | str) -> None:
    with connection.cursor() as cursor:  # as SQL: asked at every request
        cursor.execute(
            "SELECT 1 FROM jobs_job WHERE status = %s AND kind = %s AND workspace_id = %s LIMIT 1",
            [Job.Status.QUEUED.value, LIVE, workspace_id],
        )
        is_queued = cursor.fetchone() is not None
    if not is_queued:
        job_enqueue(kind=LIVE, key=f"{LIVE}:{workspace_id}:{mark}", payload={}, workspace_id=workspace_id)


def live_sweep() -> int:
    """A job for every workspace in which batches wait and none is queued: what a crash between commit and second look left.

    Part of the worker's tick; returns how many jobs were needed.
    """
    busy = Job.objects.filter(kind=LIVE, status__in=[Job.Status.QUEUED, Job.Status.RUNNING]).values("workspace_id")
    stuck = list(_open_batches().exclude(workspace_id__in=busy).order_by("workspace_id").values_list("workspace_id", flat=True).distinct())
    now = to_us(utc_now())
    for workspace_id in stuck:
        _ensure(workspace_id, f"sweep:{now}")
    return len(stuck)
