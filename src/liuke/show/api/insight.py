"""预警看板, 评分设置, search."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from liuke.show.api.schemas.common import JobOut, OkOut
from liuke.show.api.schemas.insight import DashboardOut, ScoreConfigOut, ScoreDraftIn, ScorePreviewOut, ScoringOut, SearchHit

router = Router(tags=["insight"])


@router.get("/w/{slug}/dashboard", response=DashboardOut)
def dashboard_get(request: HttpRequest, slug: str, period: str = "30d", segment: str = "", scope: str = "all") -> DashboardOut:
    """预警看板. period: 7d, 30d, quarter."""
    raise NotImplementedError


@router.get("/w/{slug}/search", response=list[SearchHit])
def search_run(request: HttpRequest, slug: str, q: str) -> list[SearchHit]:
    """Ctrl K: customers, alerts, pages; at most 20."""
    raise NotImplementedError


@router.get("/w/{slug}/scoring", response=ScoringOut)
def scoring_get(request: HttpRequest, slug: str) -> ScoringOut:
    """评分设置."""
    raise NotImplementedError


@router.put("/w/{slug}/scoring/draft", response=ScoreConfigOut)
def scoring_draft_save(request: HttpRequest, slug: str, data: ScoreDraftIn) -> ScoreConfigOut:
    """Saves the draft."""
    raise NotImplementedError


@router.delete("/w/{slug}/scoring/draft", response=OkOut)
def scoring_draft_discard(request: HttpRequest, slug: str) -> OkOut:
    """Discards the draft."""
    raise NotImplementedError


@router.post("/w/{slug}/scoring/preview", response=ScorePreviewOut)
def scoring_preview(request: HttpRequest, slug: str, data: ScoreDraftIn) -> ScorePreviewOut:
    """How many customers change level, and which, before anything is published."""
    raise NotImplementedError


@router.post("/w/{slug}/scoring/publish", response=JobOut)
def scoring_publish(request: HttpRequest, slug: str) -> JobOut:
    """Publishes the draft and scores everybody with it."""
    raise NotImplementedError


@router.get("/w/{slug}/scoring/versions", response=list[ScoreConfigOut])
def scoring_versions(request: HttpRequest, slug: str) -> list[ScoreConfigOut]:
    """All versions, newest first."""
    raise NotImplementedError


@router.post("/w/{slug}/scoring/versions/{version}/restore", response=ScoreConfigOut)
def scoring_restore(request: HttpRequest, slug: str, version: int) -> ScoreConfigOut:
    """Makes a draft of an older version."""
    raise NotImplementedError
