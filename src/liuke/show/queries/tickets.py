"""协同工单: the receiving team's list, the raiser's, and one ticket."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from liuke.accounts.domain.roles import PERMISSIONS, Permission, Role
from liuke.accounts.store.models import Membership, Team
from liuke.act.plans.domain_tickets import OPEN, Topic
from liuke.act.plans.service import moves_of, ticket_get, ticket_routes, tickets_visible
from liuke.act.store.models import Ticket, TicketEntry
from liuke.facts.service import customers_visible
from liuke.show.api.schemas.common import Page
from liuke.show.api.schemas.tickets import TeamRef, TicketCounts, TicketOut, TicketQuery, TicketRoute, TicketRoutes, TicketRow, TicketStep
from liuke.show.queries.alert_list import customer_ref
from liuke.show.queries.paging import Sort, chosen, cursor_read, limit_of, narrowed, page
from liuke.show.queries.reader import Reader, word

NEWEST = Sort("changed_at", "changed_at", descending=True)
STATUSES = ("open", "working", "solved", "returned", "unfinished")


def ticket_page(*, reader: Reader, wanted: TicketQuery) -> Page[TicketRow]:
    """A page of tickets, the last moved first."""
    reader.require_customers()
    size, before = limit_of(wanted.limit), cursor_read(wanted.cursor, NEWEST.text)
    rows = _filtered(reader, wanted)
    rows, total = narrowed(rows, before)
    found = page([rows.select_related("customer", "team", "work_item")], NEWEST, before, size, total=total)
    return Page(items=ticket_rows(reader, found.rows), next_cursor=found.next_cursor, total=total[0], total_is_capped=total[1])


def _filtered(reader: Reader, wanted: TicketQuery) -> QuerySet[Ticket]:
    rows = tickets_visible(reader.actor)
    for scope in chosen("scope", wanted.scope, ("received", "raised", "all")):
        rows = rows.filter(_side(reader, scope))
    statuses = [status for name in chosen("status", wanted.status, STATUSES) for status in (OPEN if name == "unfinished" else (name,))]
    topics = chosen("topic", wanted.topic, tuple(Topic))
    if statuses:
        rows = rows.filter(status__in=statuses)
    if topics:
        rows = rows.filter(topic__in=topics)
    about = {"customer_id": wanted.customer_id, "work_item_id": wanted.work_item_id, "alert_id": wanted.alert_id}
    return rows.filter(**{name: value for name, value in about.items() if value is not None})


def _side(reader: Reader, scope: str) -> Q:
    """`received`: of the asker's team or given to the asker; `raised`: by the asker. For a key, which has neither, all."""
    member, team = reader.actor.membership_id, reader.actor.team_id
    if scope == "all" or member is None:
        return Q()
    if scope == "raised":
        return Q(raised_by_id=member)
    return Q(owner_id=member) | Q(team_id=team) if team is not None else Q(owner_id=member)


def ticket_counts(*, reader: Reader) -> TicketCounts:
    """Numbers on the chips, in one query."""
    reader.require_customers()
    unfinished, received = Q(status__in=OPEN), _side(reader, "received")
    counts = tickets_visible(reader.actor).aggregate(
        received=Count("pk", filter=unfinished & received),
        raised=Count("pk", filter=unfinished & _side(reader, "raised")),
        overdue=Count("pk", filter=unfinished & received & Q(due_at__lt=reader.now)),
    )
    return TicketCounts(**counts)


def ticket_one(*, reader: Reader, ticket_id: int) -> TicketOut:
    """One visible ticket with its history. Raises NotFound, also for a stranger's."""
    reader.require_customers()
    ticket = ticket_get(actor=reader.actor, ticket_id=ticket_id)
    history = [
        TicketStep(at=entry.at, by=reader.person(entry.by_id), status=word(entry.status), note=reader.written(entry.note))
        for entry in TicketEntry.objects.filter(ticket=ticket).order_by("pk")
    ]
    return TicketOut(**ticket_rows(reader, [ticket])[0].dict(), text=reader.written(ticket.text), history=history)


def ticket_rows(reader: Reader, tickets: list[Ticket]) -> list[TicketRow]:
    """Tickets as the API shows them; one query for which customers the asker may open."""
    ids = {ticket.customer_id for ticket in tickets}
    visible = set(customers_visible(reader.actor).filter(pk__in=ids).values_list("pk", flat=True))
    return [_row(reader, ticket, ticket.customer_id in visible) for ticket in tickets]


def _row(reader: Reader, ticket: Ticket, visible: bool) -> TicketRow:
    customer = ticket.customer
    return TicketRow(
        id=ticket.pk,
        topic=word(ticket.topic),
        title=ticket.title,
        status=word(ticket.status),
        customer=customer_ref(customer.pk, customer.key, customer.name, customer.sample_fields),
        customer_is_visible=visible,
        team=TeamRef(id=ticket.team.pk, name=ticket.team.name) if ticket.team else None,
        owner=reader.person(ticket.owner_id),
        due_at=ticket.due_at,
        is_overdue=bool(ticket.due_at and ticket.due_at < reader.now and ticket.status in OPEN),
        raised_by=reader.person(ticket.raised_by_id),
        raised_at=ticket.raised_at,
        changed_at=ticket.changed_at,
        work_item_id=ticket.work_item_id if visible else None,
        alert_id=ticket.alert_id if visible else None,
        moves=[word(move.value) for move in moves_of(reader.actor, ticket)],
    )


def routes_out(*, reader: Reader) -> TicketRoutes:
    """Where topics go; teams and people that a ticket can be given to."""
    reader.require_customers()
    routes = ticket_routes(reader.actor.workspace_id)
    teams = Team.objects.filter(workspace=reader.workspace).order_by("name", "pk")
    working = [role.value for role in Role if Permission.HANDLE in PERMISSIONS[role]]
    members = Membership.objects.filter(workspace=reader.workspace, is_active=True, role__in=working, team__isnull=False).order_by("pk")
    return TicketRoutes(
        routes=[TicketRoute(topic=word(topic.value), team_id=routes.get(topic.value)) for topic in Topic],
        teams=[TeamRef(id=team.pk, name=team.name) for team in teams],
        people=[person for member in members if (person := reader.person(member.pk))],
    )
