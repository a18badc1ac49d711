"""Jobs as their makers and readers see them. Adding one joins the caller's transaction: it exists exactly when its cause does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.base.errors import Conflict, NotFound
from liuke.base.times import utc_now
from liuke.base.tracing import current
from liuke.jobs.store.models import Job


def job_enqueue(
    *,
    kind: str,
    key: str,
    payload: Mapping[str, object],
    workspace_id: int | None,
    created_by: int | None = None,
    run_at: datetime | None = None,
) -> Job:
    """The job of that `key`: made now, or the one made before, whatever has become of it. `created_by` is a membership id.

    Raises Conflict where the key belongs to another kind or workspace.
    """
    now = utc_now()
    job, made = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "payload": dict(payload),
            "workspace_id": workspace_id,
            "created_by_id": created_by,
            "run_at": run_at or now,
            "changed_at": now,
            "request_id": current().request_id,
        },
    )
    if not made and (job.kind, job.workspace_id) != (kind, workspace_id):
        raise Conflict("job_key_taken", key=key, kind=job.kind)
    return job


def job_get(*, actor: Actor, job_id: int) -> Job:
    """A job of the asker's workspace: their own, or any with the permission `workspace`. Raises NotFound otherwise."""
    job = Job.objects.filter(pk=job_id, workspace_id=actor.workspace_id).first()
    if job is None or not _owns(actor, job):
        raise NotFound("job_not_found", job=job_id)
    return job


def _owns(actor: Actor, job: Job) -> bool:
    if actor.may(Permission.WORKSPACE):
        return True
    return job.created_by_id is not None and job.created_by_id == actor.membership_id


def job_retry(*, workspace_id: int, job_id: int) -> Job:
    """Queue a failed job once more, from its start; its handler is idempotent. The caller has decided who may.

    Raises NotFound, or Conflict("job_not_failed") where it does not stand still.
    """
    job = Job.objects.filter(pk=job_id, workspace_id=workspace_id).first()
    if job is None:
        raise NotFound("job_not_found", job=job_id)
    now = utc_now()
    anew = {"finished_at": None, "error": None, "faults": 0, "progress": 0.0, "cancel_requested": False}
    failed = Job.objects.filter(pk=job.pk, status=Job.Status.FAILED)
    if not failed.update(status=Job.Status.QUEUED, run_at=now, changed_at=now, **anew):
        raise Conflict("job_not_failed", job=job_id, status=job.status)
    job.refresh_from_db()
    return job


def job_cancel(*, actor: Actor, job_id: int) -> Job:
    """Cancel: at once while queued, at its next checkpoint while running; a finished job stays as it is."""
    job = job_get(actor=actor, job_id=job_id)
    now = utc_now()
    queued = Job.objects.filter(pk=job.pk, status=Job.Status.QUEUED)
    if not queued.update(status=Job.Status.CANCELLED, cancel_requested=True, finished_at=now, changed_at=now):
        Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING).update(cancel_requested=True, changed_at=now)
    job.refresh_from_db()
    return job
