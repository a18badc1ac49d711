"""The import of one accepted batch, run by a job: align, write, and say what happened. May be killed and run again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
from django.conf import settings

from liuke.align.domain.batch import ALIGNED_ACTIVITY_SCHEMA, AlignedBatch, Written
from liuke.align.service.api_rows import mapping_of, sheet_of
from liuke.align.service.batches import import_facts, mapping_for
from liuke.align.service.files import AlignedFile, align_chunks, align_file
from liuke.base.errors import LiukeError, NotFound, Transient
from liuke.base.times import from_us, to_us, utc_now
from liuke.connect.domain.kept import unpack
from liuke.connect.service.running import Alarm, source_failed, source_succeeded, stored_error
from liuke.connect.service.storing import batch_path, uploads_dir
from liuke.connect.store.models import Batch, BatchBody
from liuke.jobs.domain.contract import Cancelled, JobContext

Write = Callable[[AlignedBatch], Written]
_INGESTED = pa.schema([field for field in ALIGNED_ACTIVITY_SCHEMA if field.name not in {"source", "known_us"}])
LIVE = timedelta(days=7)
"""An activity by API that is at most this old was known when it arrived; an older one is history, known when it happened."""


def batch_import(*, batch_id: int, context: JobContext, write: Write, alarm: Alarm) -> Batch:
    """Align the batch and write it; for the handler of `import` jobs.

    `write` is `facts.service.batch_write` for the workspace; its batch id (`import-<id>`) makes a second run change nothing.
    A batch that is done or cancelled is left alone. Faults are kept on the batch and raised; `alarm` hears of failing sources.
    """
    batch = Batch.objects.select_related("workspace", "source").filter(pk=batch_id).first()
    if batch is None or batch.workspace_id != context.workspace_id:
        raise NotFound("batch_not_found", batch=batch_id)
    started = Batch.objects.filter(pk=batch.pk, status__in=[Batch.Status.QUEUED, Batch.Status.RUNNING]).update(status=Batch.Status.RUNNING)
    if not started:
        return batch
    try:
        aligned = _align(batch, context)
        _check_wanted(batch, context)
        written = write(aligned.batch)
    except Cancelled:
        _clean_up(batch)
        raise
    except Transient:
        raise
    except LiukeError as fault:
        _fail(batch, fault, alarm)
        raise
    _finish(batch, aligned, written, alarm)
    batch.refresh_from_db()
    return batch


def _align(batch: Batch, context: JobContext) -> AlignedFile:
    facts = import_facts(batch, batch.workspace)
    if kept := BatchBody.objects.filter(batch=batch).first():
        sheet = sheet_of(unpack(kept.body).raw)
        named = mapping_of(batch.entity, sheet.detected, batch.source.name if batch.source else "")
        return align_chunks([sheet.chunk], detected=sheet.detected, mapping=named, facts=facts, work_dir=uploads_dir())
    path = batch_path(batch)
    mapping, detected = mapping_for(batch, path)

    def progress(fraction: float) -> None:
        context.progress(0.8 * fraction, "stages.import_reading", rows=int(fraction * detected.rows))

    return align_file(path, detected=detected, mapping=mapping, facts=facts, work_dir=uploads_dir(), progress=progress)


def ingested(rows: Sequence[Mapping[str, object]], *, batch_id: str, source: str, now: datetime) -> AlignedFile:
    """Rows of `connect.service.live.Waiting`, as a batch."""
    found = pa.Table.from_pylist(list(rows), schema=_INGESTED)
    moments = found["ts_us"].to_pylist()
    known = pa.array([known_us(moment, to_us(now)) for moment in moments], pa.int64())
    found = found.append_column("source", pa.repeat(source, len(rows))).append_column("known_us", known)
    table = found.select(ALIGNED_ACTIVITY_SCHEMA.names).cast(ALIGNED_ACTIVITY_SCHEMA)
    newest = max(filter(to_us(now).__ge__, moments), default=None)
    return AlignedFile(AlignedBatch(batch_id, [table]), len(rows), 0, None, 1.0, newest)


def known_us(moment: int, now: int) -> int:
    """When an activity that arrives `now` was known (microseconds): on arrival if live or still ahead, when it happened if history."""
    return now if now - LIVE // timedelta(microseconds=1) <= moment else moment


def _check_wanted(batch: Batch, context: JobContext) -> None:
    """The last moment at which a cancelled import stops without a trace."""
    context.check_cancelled()
    if not Batch.objects.filter(pk=batch.pk, status=Batch.Status.RUNNING).exists():
        raise Cancelled
    context.progress(0.8, "stages.import_writing")


def _finish(batch: Batch, aligned: AlignedFile, written: Written, alarm: Alarm) -> None:
    before = len(batch.detected.get("rejected", ()))
    Batch.objects.filter(pk=batch.pk).update(
        status=Batch.Status.DONE,
        rows_total=aligned.rows_total + before,
        rows_new=written.new,
        rows_changed=written.changed,
        rows_same=written.same,
        rows_rejected=aligned.rows_rejected + before,
        rejects_name=aligned.rejects.name if aligned.rejects else "",
        detected={**batch.detected, "match_rate": aligned.match_rate},
        error=None,
        finished_at=utc_now(),
    )
    _clean_up(batch)
    if batch.source_id is not None:
        newest = None if aligned.newest_us is None else from_us(aligned.newest_us)
        source_succeeded(
            source_id=batch.source_id, now=utc_now(), alarm=alarm, rows=aligned.rows_total - aligned.rows_rejected, newest=newest
        )


def _fail(batch: Batch, fault: LiukeError, alarm: Alarm) -> None:
    Batch.objects.filter(pk=batch.pk).update(status=Batch.Status.FAILED, request_key=None, error=stored_error(fault), finished_at=utc_now())
    _clean_up(batch)
    if batch.source_id is not None:
        source_failed(source_id=batch.source_id, fault=fault, now=utc_now(), alarm=alarm)


def _clean_up(batch: Batch) -> None:
    folder: Path = settings.LIUKE.uploads_dir
    (folder / f"import-{batch.pk}.parquet").unlink(missing_ok=True)
