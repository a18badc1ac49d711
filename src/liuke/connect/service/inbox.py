"""The inbox: what may happen to an accepted file between upload and import."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from liuke.accounts.domain.actor import Actor, system
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.times import utc_now
from liuke.connect.service.storing import uploads_dir
from liuke.connect.store.models import Batch
from liuke.jobs.service import job_cancel, job_enqueue
from liuke.jobs.store.models import Job

OPEN = (Batch.Status.UPLOADED, Batch.Status.READY)
UNDER_WAY = (Batch.Status.QUEUED, Batch.Status.RUNNING)


def batch_find(*, actor: Actor, batch_id: int) -> Batch:
    """A batch of the actor's workspace. Raises NotFound, Forbidden without `import`."""
    actor.require(Permission.IMPORT)
    batch = Batch.objects.select_related("workspace", "source").filter(pk=batch_id, workspace_id=actor.workspace_id).first()
    if batch is None:
        raise NotFound("batch_not_found", batch=batch_id)
    return batch


def batch_seen_before(batch: Batch) -> datetime | None:
    """When the same file was imported as the same entity already; importing it again will change nothing."""
    same = Batch.objects.filter(
        workspace_id=batch.workspace_id, sha256=batch.sha256, entity=batch.entity, status=Batch.Status.DONE, pk__lt=batch.pk
    )
    return same.order_by("-finished_at").values_list("finished_at", flat=True).first()


def batch_ready(*, batch: Batch, entity: str, mapping: Mapping[str, object], detected: Mapping[str, object]) -> None:
    """The mapping fits: the batch can be accepted. A conditional update: raises Conflict `batch_not_open` once it is queued."""
    changed = Batch.objects.filter(pk=batch.pk, status__in=OPEN).update(
        status=Batch.Status.READY, entity=entity, mapping=dict(mapping), detected=dict(detected)
    )
    if not changed:
        raise Conflict("batch_not_open", status=batch.status)
    batch.refresh_from_db()


def batch_accept(*, actor: Actor, batch_id: int) -> Batch:
    """Queue the import; doing it twice queues it once. Raises Invalid `batch_not_ready` without a checked mapping."""
    batch = batch_find(actor=actor, batch_id=batch_id)
    if batch.status in UNDER_WAY:
        return batch
    if batch.status == Batch.Status.UPLOADED:
        raise Invalid("batch_not_ready")
    if batch.status != Batch.Status.READY:
        raise Conflict("batch_not_open", status=batch.status)
    with transaction.atomic():
        queue(batch, created_by=actor.membership_id)
        audit_record(actor=actor, action="import_started", object_type="batch", object_id=batch.pk, detail={"entity": batch.entity})
    batch.refresh_from_db()
    return batch


def queue(batch: Batch, *, kind: str = "import", created_by: int | None = None) -> Job:
    """The job that imports the batch, in the caller's transaction. Payload: `{"batch": id}`."""
    job = job_enqueue(
        kind=kind, key=f"{kind}:{batch.pk}", payload={"batch": batch.pk}, workspace_id=batch.workspace_id, created_by=created_by
    )
    Batch.objects.filter(pk=batch.pk).update(status=Batch.Status.QUEUED, job=job)
    return job


def batch_cancel(*, actor: Actor, batch_id: int) -> Batch:
    """Stop an import; nothing half done stays. One that has written already stays written and raises Conflict."""
    batch = batch_find(actor=actor, batch_id=batch_id)
    stopped = Batch.objects.filter(pk=batch.pk, status__in=[*OPEN, *UNDER_WAY]).update(status=Batch.Status.CANCELLED, finished_at=utc_now())
    if not stopped:
        raise Conflict("batch_not_open", status=batch.status)
    if batch.job_id is not None:
        job_cancel(actor=system(batch.workspace_id), job_id=batch.job_id)
    audit_record(actor=actor, action="import_cancelled", object_type="batch", object_id=batch.pk)
    batch.refresh_from_db()
    return batch


def batch_rejects_path(*, actor: Actor, batch_id: int) -> Path:
    """The CSV of rejected rows: it holds the customers' data as uploaded, so its download is kept in the audit trail.

    Raises NotFound `batch_no_rejects`, Forbidden without `personal_data` for a file that somebody else brought.
    """
    batch = batch_find(actor=actor, batch_id=batch_id)
    if batch.source_id is not None or batch.created_by_id is None or batch.created_by_id != actor.membership_id:
        actor.require(Permission.PERSONAL_DATA)
    path = uploads_dir() / batch.rejects_name
    if not batch.rejects_name or not path.is_file():
        raise NotFound("batch_no_rejects", batch=batch_id)
    audit_record(actor=actor, action="rejects_downloaded", object_type="batch", object_id=batch.pk, detail={"rows": batch.rows_rejected})
    return path
