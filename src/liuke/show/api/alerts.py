"""预警中心: lists, bulk work, verdicts."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from liuke.show.api.schemas.alerts import (
    AlertCounts,
    AlertOut,
    AlertRow,
    BulkAssignIn,
    BulkCloseIn,
    BulkIn,
    BulkSnoozeIn,
    UndoIn,
    VerdictIn,
)
from liuke.show.api.schemas.common import Page, UndoOut

router = Router(tags=["alerts"])


@router.get("/w/{slug}/alerts", response=Page[AlertRow])
def alert_list(
    request: HttpRequest,
    slug: str,
    scope: str = "mine",
    status: str = "open",
    level: str = "",
    tier: str = "",
    family: str = "",
    segment: str = "",
    owner: str = "",
    origin: str = "",
    overdue: bool = False,
    q: str = "",
    sort: str = "-expected_loss",
    cursor: str = "",
    limit: int = 50,
) -> Page[AlertRow]:
    """A page of alerts. Filters take comma-separated values; scope: mine, team, all; owner `none` = unassigned; sort: expected_loss, score, opened_at, due_at, annual_value with `-` for descending."""
    raise NotImplementedError


@router.get("/w/{slug}/alerts/counts", response=AlertCounts)
def alert_counts(request: HttpRequest, slug: str) -> AlertCounts:
    """Numbers on the chips."""
    raise NotImplementedError


@router.post("/w/{slug}/alerts/assign", response=UndoOut)
def alert_assign(request: HttpRequest, slug: str, data: BulkAssignIn) -> UndoOut:
    """Gives alerts to a person."""
    raise NotImplementedError


@router.post("/w/{slug}/alerts/snooze", response=UndoOut)
def alert_snooze(request: HttpRequest, slug: str, data: BulkSnoozeIn) -> UndoOut:
    """Hides alerts until a moment; a higher level wakes them."""
    raise NotImplementedError


@router.post("/w/{slug}/alerts/close", response=UndoOut)
def alert_close(request: HttpRequest, slug: str, data: BulkCloseIn) -> UndoOut:
    """Closes alerts and their work items."""
    raise NotImplementedError


@router.post("/w/{slug}/alerts/claim", response=UndoOut)
def alert_claim(request: HttpRequest, slug: str, data: BulkIn) -> UndoOut:
    """跟进: takes the alerts' work items in hand."""
    raise NotImplementedError


@router.post("/w/{slug}/alerts/undo", response=UndoOut)
def alert_undo(request: HttpRequest, slug: str, data: UndoIn) -> UndoOut:
    """Takes a bulk change back."""
    raise NotImplementedError


@router.get("/w/{slug}/alerts/{alert_id}", response=AlertOut)
def alert_get(request: HttpRequest, slug: str, alert_id: int) -> AlertOut:
    """One alert with reasons, verdict and work."""
    raise NotImplementedError


@router.post("/w/{slug}/alerts/{alert_id}/verdict", response=AlertOut)
def alert_verdict(request: HttpRequest, slug: str, alert_id: int, data: VerdictIn) -> AlertOut:
    """有效 / 误报 / 已知 / 太晚."""
    raise NotImplementedError


@router.delete("/w/{slug}/alerts/{alert_id}/verdict", response=AlertOut)
def alert_verdict_undo(request: HttpRequest, slug: str, alert_id: int) -> AlertOut:
    """Takes the verdict back."""
    raise NotImplementedError
