"""Workspaces, templates, the clock, jobs."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest
from ninja import Router

from liuke.accounts import service as accounts
from liuke.accounts.domain.roles import Permission
from liuke.accounts.store.auth import visit_for
from liuke.alert.domain.policy import from_plain
from liuke.base.errors import Conflict, Invalid
from liuke.base.times import local_day, utc_now
from liuke.jobs.service import job_cancel as cancel
from liuke.jobs.service import job_enqueue
from liuke.jobs.service import job_get as find
from liuke.jobs.store.models import Job
from liuke.show.api.errors import reader_language
from liuke.show.api.gate import reader_for, user_of
from liuke.show.api.schemas.accounts import (
    AlertPolicyOut,
    ClockIn,
    TemplateOut,
    WorkspaceCreatedOut,
    WorkspaceIn,
    WorkspaceOut,
    WorkspacePatch,
)
from liuke.show.api.schemas.common import JobOut
from liuke.show.queries.config import churn_of
from liuke.show.queries.jobs import job_out
from liuke.show.queries.policy import policy_out, policy_plain
from liuke.show.queries.template_list import templates_out
from liuke.show.queries.workspace import workspace_out

router = Router(tags=["workspaces"])
MOST_DAYS = 31
_PLAIN = ("name", "time_zone", "currency", "country", "locale", "counting_word", "money_basis")


@router.get("/templates", response=list[TemplateOut])
def template_list(request: HttpRequest) -> list[TemplateOut]:
    """Industry templates for a new workspace, with what each contains."""
    return templates_out(reader_language(request))


@router.post("/workspaces", response=WorkspaceCreatedOut)
def workspace_create(request: HttpRequest, data: WorkspaceIn) -> WorkspaceCreatedOut:
    """A new workspace; its maker becomes admin. Needs to be an admin somewhere."""
    user, job = user_of(request), None
    with transaction.atomic():
        workspace = accounts.workspace_create(
            by=user, name=data.name, template=data.template, slug=data.slug, currency=data.currency, time_zone=data.time_zone
        )
        actor = visit_for(request, workspace.slug).actor
        if workspace.is_sample:
            key, maker = f"sample:{workspace.pk}", actor.membership_id
            job = job_enqueue(kind="sample", key=key, payload={}, workspace_id=workspace.pk, created_by=maker)
    return WorkspaceCreatedOut(workspace=workspace_out(workspace, actor), job_id=job.pk if job else None)


@router.get("/w/{slug}", response=WorkspaceOut)
def workspace_get(request: HttpRequest, slug: str) -> WorkspaceOut:
    """One workspace."""
    reader = reader_for(request, slug)
    return workspace_out(reader.workspace, reader.actor)


@router.patch("/w/{slug}", response=WorkspaceOut)
def workspace_update(request: HttpRequest, slug: str, data: WorkspacePatch) -> WorkspaceOut:
    """Settings of the workspace."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.WORKSPACE)
    given = data.model_dump(exclude_unset=True, exclude_none=True)
    changes: dict[str, object] = {name: given[name] for name in _PLAIN if name in given}
    if "churn_days" in given or "churn_kinds" in given:
        churn = churn_of(reader.workspace)
        changes["churn"] = {"kinds": given.get("churn_kinds", list(churn.kinds)), "days": given.get("churn_days", churn.days)}
    if "alert_policy" in given:
        changes["alert_policy"] = policy_plain(reader.workspace, given["alert_policy"])
    workspace = accounts.workspace_update(actor=reader.actor, workspace=reader.workspace, changes=changes)
    return workspace_out(workspace, reader.actor)


@router.get("/w/{slug}/alert-policy", response=AlertPolicyOut)
def alert_policy_get(request: HttpRequest, slug: str) -> AlertPolicyOut:
    """ALT-12's manners with the defaults filled in."""
    return policy_out(from_plain(reader_for(request, slug).workspace.alert_policy))


@router.post("/w/{slug}/clock", response=JobOut)
def clock_advance(request: HttpRequest, slug: str, data: ClockIn) -> JobOut:
    """时间机器: play 1–31 days forward, one scoring a day."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.WORKSPACE)
    workspace = reader.workspace
    if workspace.simulated_as_of is None:
        raise Invalid("clock_is_real")
    if not 1 <= data.days <= MOST_DAYS:
        raise Invalid("clock_days", days=data.days, most=MOST_DAYS)
    if Job.objects.filter(workspace=workspace, kind="advance", status__in=(Job.Status.QUEUED, Job.Status.RUNNING)).exists():
        raise Conflict("clock_is_moving")
    until = local_day(workspace.simulated_as_of, workspace.time_zone) + timedelta(days=data.days)
    job = job_enqueue(
        kind="advance",
        key=f"advance:{workspace.pk}:{workspace.simulated_as_of.isoformat()}:{utc_now().isoformat()}",
        payload={"days": data.days, "until": until.isoformat()},
        workspace_id=workspace.pk,
        created_by=reader.actor.membership_id,
    )
    return job_out(job, reader.language)


@router.get("/w/{slug}/jobs/{job_id}", response=JobOut)
def job_get(request: HttpRequest, slug: str, job_id: int) -> JobOut:
    """Progress of background work."""
    reader = reader_for(request, slug)
    return job_out(find(actor=reader.actor, job_id=job_id), reader.language)


@router.post("/w/{slug}/jobs/{job_id}/cancel", response=JobOut)
def job_cancel(request: HttpRequest, slug: str, job_id: int) -> JobOut:
    """Asks a job to stop; what it has not finished is undone."""
    reader = reader_for(request, slug)
    return job_out(cancel(actor=reader.actor, job_id=job_id), reader.language)
