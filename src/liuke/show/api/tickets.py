"""协同工单: ask another team, work it, answer."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from liuke.act.plans import service as plans
from liuke.act.plans.service import TicketDraft
from liuke.show.api.gate import reader_for
from liuke.show.api.schemas.common import Page
from liuke.show.api.schemas.tickets import (
    TicketCounts,
    TicketIn,
    TicketMoveIn,
    TicketOut,
    TicketQuery,
    TicketRoutes,
    TicketRoutesIn,
    TicketRow,
)
from liuke.show.queries import tickets

router = Router(tags=["tickets"])


@router.get("/w/{slug}/tickets", response=Page[TicketRow])
def ticket_list(request: HttpRequest, slug: str, wanted: Query[TicketQuery]) -> Page[TicketRow]:
    """A page of tickets, the last moved first."""
    return tickets.ticket_page(reader=reader_for(request, slug), wanted=wanted)


@router.get("/w/{slug}/tickets/counts", response=TicketCounts)
def ticket_counts(request: HttpRequest, slug: str) -> TicketCounts:
    """Numbers on the chips."""
    return tickets.ticket_counts(reader=reader_for(request, slug))


@router.post("/w/{slug}/tickets", response=TicketOut)
def ticket_raise(request: HttpRequest, slug: str, data: TicketIn) -> TicketOut:
    """Asks another team for something. Idempotent by request_key."""
    reader = reader_for(request, slug)
    draft = TicketDraft(
        topic=data.topic, title=data.title, team_id=data.team_id, customer_id=data.customer_id, item_id=data.work_item_id,
        alert_id=data.alert_id, text=data.text, owner_id=data.owner_id, due_at=data.due_at,
    )  # fmt: skip
    ticket = plans.ticket_raise(actor=reader.actor, draft=draft, key=data.request_key)
    return tickets.ticket_one(reader=reader, ticket_id=ticket.pk)


@router.get("/w/{slug}/tickets/{ticket_id}", response=TicketOut)
def ticket_get(request: HttpRequest, slug: str, ticket_id: int) -> TicketOut:
    """One ticket with its history."""
    return tickets.ticket_one(reader=reader_for(request, slug), ticket_id=ticket_id)


@router.post("/w/{slug}/tickets/{ticket_id}/move", response=TicketOut)
def ticket_move(request: HttpRequest, slug: str, ticket_id: int, data: TicketMoveIn) -> TicketOut:
    """受理, 解决, 退回, 重新提交, 重新打开; the other side is told."""
    reader = reader_for(request, slug)
    plans.ticket_move(actor=reader.actor, ticket_id=ticket_id, move=data.move, note=data.note)
    return tickets.ticket_one(reader=reader, ticket_id=ticket_id)


@router.get("/w/{slug}/ticket-routes", response=TicketRoutes)
def ticket_route_list(request: HttpRequest, slug: str) -> TicketRoutes:
    """Which team receives which topic."""
    return tickets.routes_out(reader=reader_for(request, slug))


@router.put("/w/{slug}/ticket-routes", response=TicketRoutes)
def ticket_route_save(request: HttpRequest, slug: str, data: TicketRoutesIn) -> TicketRoutes:
    """Says which team receives which topic."""
    reader = reader_for(request, slug)
    plans.ticket_routes_set(actor=reader.actor, routes={route.topic: route.team_id for route in data.routes})
    return tickets.routes_out(reader=reader)
