"""预警中心: lists, bulk work, verdicts."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from liuke.accounts.service import SEEN, audit_personal
from liuke.act import service as act
from liuke.act.service import Changed
from liuke.show.api.gate import reader_for
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
from liuke.show.api.schemas.queries import AlertPageQuery, AlertQuery
from liuke.show.queries import alert_list as lists
from liuke.show.queries.alert_list import AlertFilter
from liuke.show.queries.alert_page import alert_detail
from liuke.show.queries.reader import Reader

router = Router(tags=["alerts"])


@router.get("/w/{slug}/alerts", response=Page[AlertRow])
def alert_list(request: HttpRequest, slug: str, wanted: Query[AlertPageQuery]) -> Page[AlertRow]:
    """A page of alerts. Filters take comma-separated values.

    scope: mine, team, all; owner `none` = unassigned; sort: expected_loss, score, opened_at, due_at, annual_value with `-` for
    descending.
    """
    filters = AlertFilter(**wanted.model_dump(include=set(AlertQuery.model_fields)))
    return lists.alert_page(reader=reader_for(request, slug), wanted=filters, sort=wanted.sort, cursor=wanted.cursor, limit=wanted.limit)


@router.get("/w/{slug}/alerts/counts", response=AlertCounts)
def alert_counts(request: HttpRequest, slug: str) -> AlertCounts:
    """Numbers on the chips."""
    return lists.alert_counts(reader=reader_for(request, slug))


def undo_out(changed: Changed) -> UndoOut:
    """What was changed, and the token that takes it back."""
    return UndoOut(changed=changed.changed, undo_token=changed.undo_token)


@router.post("/w/{slug}/alerts/assign", response=UndoOut)
def alert_assign(request: HttpRequest, slug: str, data: BulkAssignIn) -> UndoOut:
    """Gives alerts to a person."""
    return undo_out(act.alerts_assign(actor=reader_for(request, slug).actor, alert_ids=data.alert_ids, owner_id=data.owner_id))


@router.post("/w/{slug}/alerts/snooze", response=UndoOut)
def alert_snooze(request: HttpRequest, slug: str, data: BulkSnoozeIn) -> UndoOut:
    """Hides alerts until a moment; a higher level wakes them."""
    return undo_out(act.alerts_snooze(actor=reader_for(request, slug).actor, alert_ids=data.alert_ids, until=data.until))


@router.post("/w/{slug}/alerts/close", response=UndoOut)
def alert_close(request: HttpRequest, slug: str, data: BulkCloseIn) -> UndoOut:
    """Closes alerts and their work items."""
    actor = reader_for(request, slug).actor
    return undo_out(act.alerts_close(actor=actor, alert_ids=data.alert_ids, reason=data.reason, note=data.note))


@router.post("/w/{slug}/alerts/claim", response=UndoOut)
def alert_claim(request: HttpRequest, slug: str, data: BulkIn) -> UndoOut:
    """跟进: takes the alerts' work items in hand."""
    return undo_out(act.alerts_claim(actor=reader_for(request, slug).actor, alert_ids=data.alert_ids))


@router.post("/w/{slug}/alerts/undo", response=UndoOut)
def alert_undo(request: HttpRequest, slug: str, data: UndoIn) -> UndoOut:
    """Takes a bulk change back."""
    return UndoOut(changed=act.bulk_undo(actor=reader_for(request, slug).actor, token=data.undo_token), undo_token=None)


def _shown(reader: Reader, alert_id: int) -> AlertOut:
    alert = alert_detail(reader=reader, alert_id=alert_id)
    if alert.phone:
        audit_personal(actor=reader.actor, action=SEEN, object_type="alert", object_ids=[alert_id])
    return alert


@router.get("/w/{slug}/alerts/{alert_id}", response=AlertOut)
def alert_get(request: HttpRequest, slug: str, alert_id: int) -> AlertOut:
    """One alert with reasons, verdict and work."""
    return _shown(reader_for(request, slug), alert_id)


@router.post("/w/{slug}/alerts/{alert_id}/verdict", response=AlertOut)
def alert_verdict(request: HttpRequest, slug: str, alert_id: int, data: VerdictIn) -> AlertOut:
    """有效 / 误报 / 已知 / 太晚."""
    reader = reader_for(request, slug)
    act.alert_verdict(
        actor=reader.actor,
        alert_id=alert_id,
        verdict=data.verdict,
        reason=data.reason,
        signal=data.signal,
        until=data.until,
        note=data.note,
    )
    return _shown(reader, alert_id)


@router.delete("/w/{slug}/alerts/{alert_id}/verdict", response=AlertOut)
def alert_verdict_undo(request: HttpRequest, slug: str, alert_id: int) -> AlertOut:
    """Takes the verdict back."""
    reader = reader_for(request, slug)
    act.verdict_undo(actor=reader.actor, alert_id=alert_id)
    return _shown(reader, alert_id)
