"""Tickets that the product raises by itself: a bad review, satisfaction that keeps falling (ALT-10, SIG-35), and where topics go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import PERMISSIONS, Permission, Role
from liuke.accounts.service import audit_record
from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Membership, Team, Workspace
from liuke.act.domain.due import due_after
from liuke.act.plans.domain_tickets import OPEN, Topic, topics_asked
from liuke.act.plans.tickets import ticket_tell
from liuke.act.store.models import Ticket, TicketEntry, TicketRoute, WorkItem
from liuke.alert.domain.changes import AlertRef
from liuke.alert.store.models import Alert
from liuke.base.errors import Invalid
from liuke.base.words import render

DUE_HOURS = 48
"""A complaint is answered within 48 hours (PLY-06); days off do not count."""


def recovery_tickets(workspace: Workspace, refs: Sequence[AlertRef], *, at: datetime) -> int:
    """One ticket per alert and topic that its reasons ask for, in the caller's transaction; returns how many are new.

    It goes to the team of the topic, else to the supervisor of the customer's owner. A customer who has an open ticket of the
    topic gets no second one.
    """
    alerts = list(Alert.objects.filter(pk__in=[ref.alert_id for ref in refs]).select_related("customer", "owner"))
    asked = [(alert, topic) for alert in alerts for topic in topics_asked(alert.reasons)]
    if not asked:
        return 0
    routes = ticket_routes(workspace.pk)
    theirs = Ticket.objects.filter(customer_id__in=[alert.customer_id for alert, _ in asked], status__in=OPEN)
    busy = set(theirs.values_list("customer_id", "topic"))
    due = due_after(at, DUE_HOURS, workspace.time_zone, calendar_of(workspace, year=at.year))
    made = 0
    for alert, topic in asked:
        key = f"{workspace.pk}:alert:{alert.pk}:{topic}"
        if (alert.customer_id, topic.value) not in busy and not Ticket.objects.filter(key=key).exists():
            _raise(workspace, alert, topic, routes, key=key, due=due, at=at)
            made += 1
    return made


def ticket_routes(workspace_id: int) -> dict[str, int]:
    """The team that receives a topic, by topic."""
    return dict(TicketRoute.objects.filter(workspace_id=workspace_id).values_list("topic", "team_id"))


def ticket_routes_set(*, actor: Actor, routes: Mapping[str, int | None]) -> dict[str, int]:
    """Say which team receives which topic; None = no team of its own. Topics not named stay. Needs `workspace`."""
    actor.require(Permission.WORKSPACE)
    teams = set(Team.objects.filter(workspace_id=actor.workspace_id).values_list("pk", flat=True))
    faults = [{"field": topic, "got": team, "allowed": ", ".join(Topic)} for topic, team in routes.items() if topic not in set(Topic)]
    faults += [{"field": topic, "got": team, "allowed": ""} for topic, team in routes.items() if team is not None and team not in teams]
    if faults:
        raise Invalid("ticket", faults=faults)
    with transaction.atomic():
        for topic, team in routes.items():
            rows = TicketRoute.objects.filter(workspace_id=actor.workspace_id, topic=topic)
            if team is None:
                rows.delete()
            else:
                TicketRoute.objects.update_or_create(workspace_id=actor.workspace_id, topic=topic, defaults={"team_id": team})
        audit_record(actor=actor, action="ticket_routes_set", object_type="ticket_route", detail={"topics": sorted(routes)})
    return ticket_routes(actor.workspace_id)


def _raise(workspace: Workspace, alert: Alert, topic: Topic, routes: Mapping[str, int], *, key: str, due: datetime, at: datetime) -> None:
    team_id = routes.get(topic.value)
    owner = _supervisor(workspace, alert) if team_id is None else None
    language = workspace.locale
    ticket = Ticket.objects.create(
        workspace=workspace, customer=alert.customer, alert=alert, work_item=WorkItem.objects.filter(alert=alert).first(),
        team_id=team_id if owner is None else owner.team_id, owner=owner, topic=topic.value,
        title=render(f"tickets.asked.{topic.value}", {"customer": alert.customer.name}, language=language)[:160],
        due_at=due, raised_at=at, changed_at=at, key=key,
    )  # fmt: skip
    TicketEntry.objects.create(ticket=ticket, at=at, status=ticket.status)
    ticket_tell(ticket, by=None, name=render("tickets.system", {}, language=language), at=at)


def _supervisor(workspace: Workspace, alert: Alert) -> Membership | None:
    """The supervisor of the owner's team, else the owner; None where nobody owns the alert: those who assign find it in the list."""
    if alert.owner is None:
        return None
    if alert.owner.team_id is not None:
        team = Membership.objects.filter(workspace=workspace, team_id=alert.owner.team_id, is_active=True, role=Role.SUPERVISOR.value)
        found = team.order_by("pk").first()
        if found is not None:
            return found
    return alert.owner if Permission.HANDLE in PERMISSIONS[Role(alert.owner.role)] else None
