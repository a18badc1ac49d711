"""Runs of saved sources: what is new becomes inbox batches, durable before the cursor moves; a failure raises an alarm once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from liuke.accounts.domain.actor import Actor
from liuke.base.errors import LiukeError, NotFound, Transient
from liuke.connect.service.inbox import queue
from liuke.connect.service.kingdee import KINGDEE
from liuke.connect.service.kingdee_run import Tell, kingdee_run
from liuke.connect.service.sources import KINDS, folder_of, pattern_of, query_of, secret_of, source_find, url_of, watch_root
from liuke.connect.service.storing import Stored, store_stream, storing
from liuke.connect.sources.folder.watch import Found, new_files, settled_files
from liuke.connect.sources.sql.query import Cursor, Query, cell_text, opened, rows_of
from liuke.connect.store.models import Batch, Source
from liuke.jobs.service import job_enqueue
from liuke.jobs.store.models import Job


@dataclass(frozen=True, slots=True)
class SourceEvent:
    """A source began to fail, or works again: the pipeline makes a notice of it. `error` is a stored message or None."""

    source_id: int
    workspace_id: int
    name: str
    failing: bool
    error: dict[str, object] | None = None


Alarm = Callable[[SourceEvent], None]


def sources_enqueue(*, now: datetime) -> int:
    """Queue a job of kind `source` (payload `{"source": id}`) for every enabled source that is due; returns how many."""
    due = Source.objects.filter(enabled=True, kind__in=KINDS, every_minutes__isnull=False, next_at__lte=now)
    queued = 0
    for source in due:
        with transaction.atomic():
            key = f"source:{source.pk}:{source.next_at.isoformat() if source.next_at else ''}"
            job_enqueue(kind="source", key=key, payload={"source": source.pk}, workspace_id=source.workspace_id)
            later = now + timedelta(minutes=source.every_minutes or 60)
            queued += Source.objects.filter(pk=source.pk, next_at=source.next_at).update(next_at=later)
    return queued


def source_run_now(*, actor: Actor, source_id: int, now: datetime) -> Job:
    """Queue a run at once."""
    source = source_find(actor=actor, source_id=source_id)
    return job_enqueue(
        kind="source",
        key=f"source:{source.pk}:now:{now.isoformat()}",
        payload={"source": source.pk},
        workspace_id=source.workspace_id,
        created_by=actor.membership_id,
    )


def source_run(*, source_id: int, now: datetime, alarm: Alarm, tell: Tell = lambda *_: None) -> list[Batch]:
    """Fetch what is new and queue its import; for the handler of `source` jobs. `now` is the real clock. `tell` hears how far it is.

    A failure is kept on the source and raised: Transient ones are tried again by the job.
    """
    source = Source.objects.filter(pk=source_id).first()
    if source is None:
        raise NotFound("source_not_found", source=source_id)
    Source.objects.filter(pk=source.pk).update(last_run_at=now)
    try:
        batches = _run(source, now, tell)
    except LiukeError as fault:
        source_failed(source_id=source.pk, fault=fault, now=now, alarm=alarm)
        raise
    except OSError as fault:
        error = Transient("watch_missing", path=str(source.config.get("path", "")))
        source_failed(source_id=source.pk, fault=error, now=now, alarm=alarm)
        raise error from fault
    if not batches:
        source_succeeded(source_id=source.pk, now=now, alarm=alarm)
    return batches


def _run(source: Source, now: datetime, tell: Tell) -> list[Batch]:
    if source.kind == "folder":
        return _run_folder(source, now)
    return _run_kingdee(source, now, tell) if source.kind == KINGDEE else _run_sql(source)


def _run_kingdee(source: Source, now: datetime, tell: Tell) -> list[Batch]:
    """One run, and a job for the next where more is left: imports take their turn in between."""
    ran = kingdee_run(source, secret_of(source), now=now, tell=tell)
    if ran.more:
        job_enqueue(
            kind="source",
            key=f"source:{source.pk}:more:{now.isoformat()}",
            payload={"source": source.pk},
            workspace_id=source.workspace_id,
            run_at=now + timedelta(seconds=ran.again_in),
        )
    return list(ran.batches)


def stored_error(fault: LiukeError) -> dict[str, object]:
    """A fault as plain data, rendered per reader later: numbers stay numbers, everything else is text."""
    plain = {name: value if isinstance(value, int | float) else str(value) for name, value in fault.params.items()}
    return {"code": fault.code, "params": plain}


def source_failed(*, source_id: int, fault: LiukeError, now: datetime, alarm: Alarm) -> None:
    """Count a failure; the first in a row raises the alarm."""
    error = {**stored_error(fault), "at": now.isoformat()}
    Source.objects.filter(pk=source_id).update(failures=F("failures") + 1, last_error=error)
    source = Source.objects.get(pk=source_id)
    if source.failures == 1:
        alarm(SourceEvent(source.pk, source.workspace_id, source.name, failing=True, error=error))


def source_succeeded(*, source_id: int, now: datetime, alarm: Alarm, rows: int = 0, newest: datetime | None = None) -> None:
    """Note a success with the rows it brought and the time of the newest; the first after failures closes the alarm."""
    source = Source.objects.get(pk=source_id)
    latest = max((moment for moment in (source.newest_row_at, newest) if moment), default=None)
    Source.objects.filter(pk=source_id).update(
        failures=0, last_error=None, last_success_at=now, rows_total=F("rows_total") + rows, newest_row_at=latest
    )
    if source.failures:
        alarm(SourceEvent(source.pk, source.workspace_id, source.name, failing=False))


def _run_folder(source: Source, now: datetime) -> list[Batch]:
    seen: dict[str, str] = dict(source.cursor or {})
    files = settled_files(folder_of(source), pattern_of(source), watch_root(), now)
    present = {path.name for path in files}
    batches = []
    for found in new_files(files, seen):
        seen[found.path.name] = found.mark
        batches += _take_file(source, found, {name: mark for name, mark in seen.items() if name in present})
    return batches


def _take_file(source: Source, found: Found, cursor: dict[str, str]) -> list[Batch]:
    """A batch of the file, unless a file of the same content was taken before."""
    known = Batch.objects.filter(source=source, sha256=found.sha256).exclude(status__in=[Batch.Status.FAILED, Batch.Status.CANCELLED])
    if known.exists():
        Source.objects.filter(pk=source.pk).update(cursor=cursor)
        return []
    with found.path.open("rb") as file:
        stored = store_stream(file)
    return [_accept(source, stored, found.path.name, cursor)]


def _run_sql(source: Source) -> list[Batch]:
    query = query_of(source)
    before = None if source.cursor is None else str(source.cursor)
    with opened(url_of(source), query, before) as (names, found), storing() as target:
        last, rows = _write_csv(names, found, query, target.write)
        stored = target.keep() if rows else None
    if stored is None:
        return []
    return [_accept(source, stored, f"{source.name}.csv", last if query.cursor_column else None)]


def _write_csv(names: list[str], found: Cursor, query: Query, write: Callable[[bytes], None]) -> tuple[str | None, int]:
    """The result as CSV; returns the largest cursor value and the number of rows."""
    place = names.index(query.cursor_column) if query.cursor_column in names else -1
    largest: object = None
    rows = 0
    write(_line(names))
    for row in rows_of(names, found, query):
        rows += 1
        if place >= 0 and row[place] is not None and (largest is None or row[place] > largest):  # type: ignore[operator]  # one column, one type
            largest = row[place]
        write(_line(map(cell_text, row)))
    return (None if largest is None else cell_text(largest)), rows


def _line(cells: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


def _accept(source: Source, stored: Stored, name: str, cursor: object) -> Batch:
    """The batch, its job and the moved cursor, in one transaction."""
    with transaction.atomic():
        batch = Batch.objects.create(
            workspace_id=source.workspace_id,
            source=source,
            entity=source.entity,
            file_name=name[:200],
            stored_name=stored.name,
            sha256=stored.sha256,
            mapping=source.mapping,
        )
        queue(batch)
        Source.objects.filter(pk=source.pk).update(cursor=cursor)
    batch.refresh_from_db()
    return batch
