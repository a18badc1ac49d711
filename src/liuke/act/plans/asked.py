"""A ticket that the product asks for by itself: to the team of its topic, else to the supervisor of whoever owns the customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from liuke.accounts.domain.roles import PERMISSIONS, Permission, Role
from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.domain.due import due_after
from liuke.act.plans.domain_tickets import OPEN, Topic
from liuke.act.store.models import Ticket, TicketEntry, TicketRoute, WorkItem

DUE_HOURS = 48
"""A complaint is answered within 48 hours (PLY-06); days off do not count."""


@dataclass(frozen=True, slots=True)
class AskedTicket:
    """What is asked for whom. `owner`: of the alert or the customer. `team_id`: of the asker's choice, before the topic's own."""

    customer_id: int
    topic: Topic
    title: str
    owner: Membership | None
    key: str
    alert_id: int | None = None
    hit_id: int | None = None
    team_id: int | None = None


def ticket_ask(workspace: Workspace, asked: AskedTicket, routes: Mapping[str, int], *, at: datetime) -> Ticket:
    """Write it, in the caller's transaction. Telling people is the caller's."""
    team_id = asked.team_id if asked.team_id is not None else routes.get(asked.topic.value)
    owner = _supervisor(workspace, asked.owner) if team_id is None else None
    ticket = Ticket.objects.create(
        workspace=workspace, customer_id=asked.customer_id, alert_id=asked.alert_id, hit_id=asked.hit_id,
        work_item=WorkItem.objects.filter(alert_id=asked.alert_id).first() if asked.alert_id is not None else None,
        team_id=team_id if owner is None else owner.team_id, owner=owner, topic=asked.topic.value, title=asked.title[:160],
        due_at=due_of(workspace, at), raised_at=at, changed_at=at, key=asked.key,
    )  # fmt: skip
    TicketEntry.objects.create(ticket=ticket, at=at, status=ticket.status)
    return ticket


def due_of(workspace: Workspace, at: datetime) -> datetime:
    """Until when a ticket that is asked for now is answered."""
    return due_after(at, DUE_HOURS, workspace.time_zone, calendar_of(workspace, year=at.year))


def ticket_routes(workspace_id: int) -> dict[str, int]:
    """The team that receives a topic, by topic."""
    return dict(TicketRoute.objects.filter(workspace_id=workspace_id).values_list("topic", "team_id"))


def busy_with(workspace: Workspace) -> set[tuple[int, str]]:
    """(customer, topic) of tickets that are not solved: a second one of the topic would say nothing new."""
    return set(Ticket.objects.filter(workspace=workspace, status__in=OPEN).values_list("customer_id", "topic"))


def _supervisor(workspace: Workspace, owner: Membership | None) -> Membership | None:
    """The supervisor of the owner's team, else the owner; None where nobody owns it: those who assign find it in the list."""
    if owner is None:
        return None
    if owner.team_id is not None:
        team = Membership.objects.filter(workspace=workspace, team_id=owner.team_id, is_active=True, role=Role.SUPERVISOR.value)
        found = team.order_by("pk").first()
        if found is not None:
            return found
    return owner if Permission.HANDLE in PERMISSIONS[Role(owner.role)] else None
