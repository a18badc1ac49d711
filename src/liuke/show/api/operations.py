"""运行状况: is everything well, and another try for what failed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from liuke.accounts.domain.roles import Permission
from liuke.base.times import utc_now
from liuke.jobs.service import job_retry
from liuke.show.api.gate import member_for, reader_for
from liuke.show.api.schemas.common import JobOut
from liuke.show.api.schemas.operations import DataAgeOut, OperationsOut
from liuke.show.queries.data_age import data_age
from liuke.show.queries.jobs import job_out
from liuke.show.queries.operations_page import operations_out
from liuke.show.queries.reader import Reader

router = Router(tags=["operations"])


def _keeper(request: HttpRequest, slug: str) -> Reader:
    """Whoever looks after the workspace or its sources."""
    reader = reader_for(request, slug)
    if not reader.actor.may(Permission.SOURCES):
        reader.actor.require(Permission.WORKSPACE)
    return reader


@router.get("/w/{slug}/operations", response=OperationsOut)
def operations_get(request: HttpRequest, slug: str) -> OperationsOut:
    """The state of every part with what to do, the queue, the live path with an hour of history, failed jobs, outbox and sources."""
    return operations_out(_keeper(request, slug), settings.LIUKE, utc_now())


@router.get("/w/{slug}/data-age", response=DataAgeOut)
def data_age_get(request: HttpRequest, slug: str) -> DataAgeOut:
    """Up to when the sources have told, and whether one of them is late."""
    reader, _ = member_for(request, slug)
    return data_age(reader, utc_now())


@router.post("/w/{slug}/operations/jobs/{job_id}/retry", response=JobOut)
def operations_job_retry(request: HttpRequest, slug: str, job_id: int) -> JobOut:
    """A failed job is queued again, from its start."""
    reader = _keeper(request, slug)
    return job_out(job_retry(workspace_id=reader.workspace.pk, job_id=job_id), reader.language)
