"""Tickets that rules ask for (命中后提协同工单): one per match, to the team that the rule names or to that of the topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from liuke.accounts.store.models import Membership, Team, Workspace
from liuke.act.channels.inapp import NoticeDraft, notices_write
from liuke.act.plans.asked import AskedTicket, busy_with, ticket_ask, ticket_routes
from liuke.act.plans.domain_tickets import Topic
from liuke.act.plans.tickets import ticket_receivers, ticket_tell
from liuke.act.store.models import Ticket
from liuke.act.tasks.rules import live_effects
from liuke.alert.store.models import Alert
from liuke.base.words import render
from liuke.facts.store.models import Customer
from liuke.signals.domain.effects import Effects
from liuke.signals.store.models import RuleHit


def rule_tickets(workspace: Workspace, *, at: datetime) -> int:
    """Write a ticket for every match that asks for one and has none, in the caller's transaction; returns how many.

    A customer who has an open ticket of the topic gets no second one while that is open. A ticket stays when its match ends:
    the other team may be at work. Whoever receives several of a rule hears of them once.
    """
    asking = {version: (name, does) for version, (name, does) in live_effects(workspace).items() if does.ticket}
    if not asking:
        return 0
    routes, busy = ticket_routes(workspace.pk), busy_with(workspace)
    made = 0
    for version_id, (name, does) in asking.items():
        asked = [one for one in _asked(workspace, version_id, name, does) if (one.customer_id, one.topic.value) not in busy]
        tickets = [ticket_ask(workspace, one, routes, at=at) for one in asked]
        busy |= {(ticket.customer_id, ticket.topic) for ticket in tickets}
        _tell(workspace, tickets, at)
        made += len(tickets)
    return made


def _asked(workspace: Workspace, version_id: int, name: str, does: Effects) -> Iterator[AskedTicket]:
    """One per match that has none; a match is of one customer."""
    team = Team.objects.filter(workspace=workspace, pk=does.ticket_team or 0).values_list("pk", flat=True).first()
    hits = RuleHit.objects.filter(version_id=version_id, until__isnull=True, ticket__isnull=True, customer__status=Customer.Status.ACTIVE)
    found = list(hits.order_by("pk").values_list("pk", "customer_id", "customer__owner_id"))
    owners = Membership.objects.in_bulk({owner for _, _, owner in found if owner is not None})
    alerts: Mapping[int, int] = dict(
        Alert.objects.filter(workspace=workspace).exclude(status=Alert.Status.CLOSED).values_list("customer_id", "pk")
    )
    for hit, customer, owner in found:
        who = owners.get(owner) if owner is not None else None
        key = f"{workspace.pk}:hit:{hit}"
        yield AskedTicket(customer, Topic(does.ticket), does.title or name, who, key, alerts.get(customer), hit, team)


def _tell(workspace: Workspace, tickets: list[Ticket], at: datetime) -> None:
    """One ticket by its name, several as a number."""
    system = render("tickets.system", {}, language=workspace.locale)
    theirs: defaultdict[int, list[Ticket]] = defaultdict(list)
    for ticket in tickets:
        for member in ticket_receivers(ticket):
            theirs[member].append(ticket)
    if len(tickets) == 1:
        ticket_tell(tickets[0], by=None, name=system, at=at)
        return
    drafts = [
        NoticeDraft(
            member, "notices.tickets_new", f"tickets:{own[0].pk}:{member}", {"by": system, "title": own[0].title, "n": len(own)}, "/tickets"
        )
        for member, own in sorted(theirs.items())
    ]
    notices_write(drafts, workspace_id=workspace.pk, at=at)
