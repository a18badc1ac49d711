"""Texts after their rows are in: read again when lists, map or artefact changed, a second look, and the end of their time."""

from __future__ import annotations

from django.db import transaction

from liuke.accounts.store.models import Workspace
from liuke.base.times import utc_now
from liuke.facts.service.readings import row_reader
from liuke.facts.service.readings_again import KIND, reread_job, reread_start, stale_count
from liuke.facts.service.readings_forget import texts_expire
from liuke.facts.service.readings_second import second_look_job, second_look_soon
from liuke.jobs.domain.contract import JobContext
from liuke.jobs.store.models import Job
from liuke.pipeline.imports import score_soon
from liuke.warehouse import Warehouse


def texts_reread(*, workspace: Workspace, warehouse: Warehouse, context: JobContext) -> dict[str, object]:
    """The job `reread`; what was read changes metrics, so a scoring follows, and the doubtful ones get their second look."""
    result = reread_job(workspace=workspace, warehouse=warehouse, context=context)
    _follow(workspace, changed=bool(result["read"]))
    return result


def texts_second_look(*, workspace: Workspace, warehouse: Warehouse, context: JobContext) -> dict[str, object]:
    """The job `second_look`."""
    result = second_look_job(workspace=workspace, warehouse=warehouse, context=context)
    if result["changed"]:
        score_soon(workspace, now=utc_now())
    return result


def texts_at_night(*, workspace: Workspace, warehouse: Warehouse) -> dict[str, int]:
    """Before the night's scoring: words whose time is over go; a release with a newer artefact has everything read again."""
    expired = texts_expire(workspace=workspace, warehouse=warehouse)
    stale = stale_count(warehouse, workspace.pk, row_reader(workspace.pk).version)
    waits = Job.objects.filter(workspace=workspace, kind=KIND, status__in=[Job.Status.QUEUED, Job.Status.RUNNING]).exists()
    if stale and not waits:
        with transaction.atomic():
            reread_start(actor=None, workspace=workspace)
    return {"texts_expired": expired, "texts_stale": stale}


def _follow(workspace: Workspace, *, changed: bool) -> None:
    if changed:
        score_soon(workspace, now=utc_now())
        second_look_soon(workspace)
