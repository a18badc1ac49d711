"""信号库 and 数据就绪度."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import Page
from liuke.show.api.schemas.queries import ScopeQuery
from liuke.show.api.schemas.signals import SignalHit, SignalInfo, SignalLibraryOut
from liuke.show.queries.signal_hits import signal_hits
from liuke.show.queries.signals import library, signal_info

router = Router(tags=["signals"])


@router.get("/w/{slug}/signals", response=SignalLibraryOut)
def signal_list(request: HttpRequest, slug: str) -> SignalLibraryOut:
    """Every signal: whether it can be computed, for how many customers, why not, and for whom it fires."""
    return library(reader=reader_for(request, slug))


@router.get("/w/{slug}/signals/{code}", response=SignalInfo)
def signal_get(request: HttpRequest, slug: str, code: str) -> SignalInfo:
    """One signal of the library."""
    return signal_info(reader=reader_for(request, slug), code=code)


@router.get("/w/{slug}/signals/{code}/customers", response=Page[SignalHit])
def signal_customers(request: HttpRequest, slug: str, code: str, wanted: Query[ScopeQuery]) -> Page[SignalHit]:
    """The customers for whom it fires now, the highest score first. scope: mine, team, all."""
    return signal_hits(reader=reader_for(request, slug), code=code, scope=wanted.scope, cursor=wanted.cursor, limit=wanted.limit)
