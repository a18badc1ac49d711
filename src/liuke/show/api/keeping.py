"""备份与保留: backups of the installation, and how long a workspace keeps its activities. For those who look after sources."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.base.backups import JOB, Reason
from liuke.base.errors import Conflict
from liuke.base.times import utc_now
from liuke.facts.service.retention import retention_set
from liuke.jobs.service import job_enqueue
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import JobOut
from liuke.show.api.schemas.keeping import KeepingOut, KeepMonthsIn, RetentionPreviewOut
from liuke.show.queries.jobs import job_out
from liuke.show.queries.keeping import churn_rule, keeping_out, months_of, preview_out
from liuke.show.queries.reader import Reader

router = Router(tags=["keeping"])


def _technician(request: HttpRequest, slug: str) -> Reader:
    reader = reader_for(request, slug)
    reader.actor.require(Permission.SOURCES)
    return reader


@router.get("/w/{slug}/keeping", response=KeepingOut)
def keeping_get(request: HttpRequest, slug: str) -> KeepingOut:
    """Backups with size and moment, the one that runs, and how long each group of activities is kept."""
    return keeping_out(_technician(request, slug), settings.LIUKE)


@router.post("/w/{slug}/keeping/backups", response=JobOut)
def keeping_backup(request: HttpRequest, slug: str) -> JobOut:
    """Back the whole installation up now; progress by the job. Asked twice within a minute it is one backup."""
    reader = _technician(request, slug)
    minute = int(utc_now().timestamp() // 60)
    job = job_enqueue(
        kind=JOB,
        key=f"{JOB}:{reader.workspace.pk}:{minute}",
        payload={"reason": Reason.MANUAL.value},
        workspace_id=reader.workspace.pk,
        created_by=reader.actor.membership_id,
    )
    audit_record(actor=reader.actor, action="backup_asked", object_type="job", object_id=job.pk)
    return job_out(job, reader.language)


@router.post("/w/{slug}/keeping/retention/preview", response=RetentionPreviewOut)
def keeping_retention_preview(request: HttpRequest, slug: str, data: KeepMonthsIn) -> RetentionPreviewOut:
    """What would go if groups were kept for so many months; changes nothing."""
    return preview_out(_technician(request, slug), months_of(data))


@router.put("/w/{slug}/keeping/retention", response=KeepingOut)
def keeping_retention_set(request: HttpRequest, slug: str, data: KeepMonthsIn) -> KeepingOut:
    """Decide. `rows` must be what the preview says now, else 409: nobody confirms what was never shown."""
    reader = _technician(request, slug)
    would_go = preview_out(reader, months_of(data)).rows
    if data.rows != would_go:
        raise Conflict("retention_changed", rows=would_go)
    retention_set(actor=reader.actor, workspace=reader.workspace, months=months_of(data), churn=churn_rule(reader.workspace))
    return keeping_out(reader, settings.LIUKE)
