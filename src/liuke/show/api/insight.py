"""预警看板, 评分设置, search."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from ninja import Router

from liuke.accounts.domain.roles import Permission
from liuke.base.times import utc_now
from liuke.jobs.service import job_enqueue
from liuke.score.store import versions
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import JobOut, OkOut
from liuke.show.api.schemas.insight import DashboardOut, ScoreConfigOut, ScoreDraftIn, ScorePreviewOut, ScoringOut, SearchHit
from liuke.show.queries import scoring
from liuke.show.queries.dashboard import dashboard
from liuke.show.queries.jobs import job_out
from liuke.show.queries.search import search

router = Router(tags=["insight"])


@router.get("/w/{slug}/dashboard", response=DashboardOut)
def dashboard_get(request: HttpRequest, slug: str, period: str = "30d", segment: str = "", scope: str = "all") -> DashboardOut:
    """预警看板. period: 7d, 30d, quarter."""
    return dashboard(reader=reader_for(request, slug), period=period, segment=segment, scope=scope)


@router.get("/w/{slug}/search", response=list[SearchHit])
def search_run(request: HttpRequest, slug: str, q: str) -> list[SearchHit]:
    """Ctrl K: customers, alerts, pages; at most 20."""
    return search(reader=reader_for(request, slug), q=q)


@router.get("/w/{slug}/scoring", response=ScoringOut)
def scoring_get(request: HttpRequest, slug: str) -> ScoringOut:
    """评分设置."""
    return scoring.scoring_out(reader=reader_for(request, slug))


@router.put("/w/{slug}/scoring/draft", response=ScoreConfigOut)
def scoring_draft_save(request: HttpRequest, slug: str, data: ScoreDraftIn) -> ScoreConfigOut:
    """Saves the draft."""
    reader = reader_for(request, slug)
    draft = versions.draft_save(actor=reader.actor, workspace=reader.workspace, config=data.config, note=data.note)
    return scoring.config_out(reader, draft)


@router.delete("/w/{slug}/scoring/draft", response=OkOut)
def scoring_draft_discard(request: HttpRequest, slug: str) -> OkOut:
    """Discards the draft."""
    reader = reader_for(request, slug)
    versions.draft_discard(actor=reader.actor, workspace=reader.workspace)
    return OkOut()


@router.post("/w/{slug}/scoring/preview", response=ScorePreviewOut)
def scoring_preview(request: HttpRequest, slug: str, data: ScoreDraftIn) -> ScorePreviewOut:
    """How many customers change level, and which, before anything is published."""
    return scoring.preview(reader=reader_for(request, slug), config=data.config)


@router.post("/w/{slug}/scoring/publish", response=JobOut)
def scoring_publish(request: HttpRequest, slug: str) -> JobOut:
    """Publishes the draft and scores everybody with it."""
    reader = reader_for(request, slug)
    with transaction.atomic():
        live = versions.draft_publish(actor=reader.actor, workspace=reader.workspace, now=utc_now(), as_of=reader.now)
        key, space = f"score:{reader.workspace.pk}:v{live.version}", reader.workspace.pk
        job = job_enqueue(kind="score", key=key, payload={}, workspace_id=space, created_by=reader.actor.membership_id)
    return job_out(job, reader.language)


@router.get("/w/{slug}/scoring/versions", response=list[ScoreConfigOut])
def scoring_versions(request: HttpRequest, slug: str) -> list[ScoreConfigOut]:
    """All versions, newest first."""
    reader = reader_for(request, slug)
    scoring.require_reader(reader)
    return [scoring.config_out(reader, version) for version in versions.versions_all(reader.workspace)]


@router.post("/w/{slug}/scoring/versions/{version}/restore", response=ScoreConfigOut)
def scoring_restore(request: HttpRequest, slug: str, version: int) -> ScoreConfigOut:
    """Makes a draft of an older version."""
    reader = reader_for(request, slug)
    reader.actor.require(Permission.PUBLISH)
    return scoring.config_out(reader, versions.version_restore(actor=reader.actor, workspace=reader.workspace, version=version))
