"""Workspaces, templates, the clock, jobs."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

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

router = Router(tags=["workspaces"])


@router.get("/templates", response=list[TemplateOut])
def template_list(request: HttpRequest) -> list[TemplateOut]:
    """Industry templates for a new workspace."""
    raise NotImplementedError


@router.post("/workspaces", response=WorkspaceCreatedOut)
def workspace_create(request: HttpRequest, data: WorkspaceIn) -> WorkspaceCreatedOut:
    """A new workspace; its maker becomes admin. Needs to be an admin somewhere."""
    raise NotImplementedError


@router.get("/w/{slug}", response=WorkspaceOut)
def workspace_get(request: HttpRequest, slug: str) -> WorkspaceOut:
    """One workspace."""
    raise NotImplementedError


@router.patch("/w/{slug}", response=WorkspaceOut)
def workspace_update(request: HttpRequest, slug: str, data: WorkspacePatch) -> WorkspaceOut:
    """Settings of the workspace."""
    raise NotImplementedError


@router.get("/w/{slug}/alert-policy", response=AlertPolicyOut)
def alert_policy_get(request: HttpRequest, slug: str) -> AlertPolicyOut:
    """ALT-12's manners with the defaults filled in."""
    raise NotImplementedError


@router.post("/w/{slug}/clock", response=JobOut)
def clock_advance(request: HttpRequest, slug: str, data: ClockIn) -> JobOut:
    """时间机器: play 1–31 days forward, one scoring a day."""
    raise NotImplementedError


@router.get("/w/{slug}/jobs/{job_id}", response=JobOut)
def job_get(request: HttpRequest, slug: str, job_id: int) -> JobOut:
    """Progress of background work."""
    raise NotImplementedError


@router.post("/w/{slug}/jobs/{job_id}/cancel", response=JobOut)
def job_cancel(request: HttpRequest, slug: str, job_id: int) -> JobOut:
    """Asks a job to stop; what it has not finished is undone."""
    raise NotImplementedError
