"""预警看板, search."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.insight import DashboardOut, SearchHit
from liuke.show.queries.dashboard import dashboard
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
