"""Tickets that the product raises by itself: a bad review, satisfaction that keeps falling (ALT-10, SIG-35), and where topics go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Team, Workspace
from liuke.act.plans.asked import AskedTicket, busy_with, ticket_ask, ticket_routes
from liuke.act.plans.domain_tickets import Topic, topics_asked
from liuke.act.plans.tickets import ticket_tell
from liuke.act.store.models import Ticket, TicketRoute
from liuke.alert.domain.changes import AlertRef
from liuke.alert.store.models import Alert
from liuke.base.faults import Faults
from liuke.base.words import render


def recovery_tickets(workspace: Workspace, refs: Sequence[AlertRef], *, at: datetime) -> int:
    """One ticket per alert and topic that its reasons ask for, in the caller's transaction; returns how many are new.

    It goes to the team of the topic, else to the supervisor of the customer's owner. A customer who has an open ticket of the
    topic gets no second one.
    """
    alerts = list(Alert.objects.filter(pk__in=[ref.alert_id for ref in refs]).select_related("customer", "owner"))
    asked = [(alert, topic) for alert in alerts for topic in topics_asked(alert.reasons)]
    if not asked:
        return 0
    routes, busy, language = ticket_routes(workspace.pk), busy_with(workspace), workspace.locale
    made = 0
    for alert, topic in asked:
        key = f"{workspace.pk}:alert:{alert.pk}:{topic}"
        if (alert.customer_id, topic.value) in busy or Ticket.objects.filter(key=key).exists():
            continue
        title = render(f"tickets.asked.{topic.value}", {"customer": alert.customer.name}, language=language)
        ticket = ticket_ask(workspace, AskedTicket(alert.customer_id, topic, title, alert.owner, key, alert.pk), routes, at=at)
        ticket_tell(ticket, by=None, name=render("tickets.system", {}, language=language), at=at)
        made += 1
    return made


def ticket_routes_set(*, actor: Actor, routes: Mapping[str, int | None]) -> dict[str, int]:
    """Say which team receives which topic; None = no team of its own. Topics not named stay. Needs `workspace`."""
    actor.require(Permission.WORKSPACE)
    teams = set(Team.objects.filter(workspace_id=actor.workspace_id).values_list("pk", flat=True))
    faults = Faults()
    for topic, team in routes.items():
        faults.unless(topic in set(Topic), topic, team, ", ".join(Topic))
    for topic, team in routes.items():
        faults.unless(team is None or team in teams, topic, team, "")
    faults.raise_if_any("ticket")
    with transaction.atomic():
        for topic, team in routes.items():
            rows = TicketRoute.objects.filter(workspace_id=actor.workspace_id, topic=topic)
            if team is None:
                rows.delete()
            else:
                TicketRoute.objects.update_or_create(workspace_id=actor.workspace_id, topic=topic, defaults={"team_id": team})
        audit_record(actor=actor, action="ticket_routes_set", object_type="ticket_route", detail={"topics": sorted(routes)})
    return ticket_routes(actor.workspace_id)
