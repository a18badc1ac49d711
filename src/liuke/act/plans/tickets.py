"""Tickets to other teams: raised from an item or an alert, worked by the team, their status told to whoever asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import PERMISSIONS, Permission, Role, Scope
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Membership, Team
from liuke.act.channels.inapp import NoticeDraft, notices_write
from liuke.act.plans.domain_tickets import NEEDS_NOTE, Move, Topic, after, moves_from
from liuke.act.plans.keys import request_key
from liuke.act.store.models import Ticket, TicketEntry, WorkItem
from liuke.act.tasks.reading import work_items_visible
from liuke.alert.service import alerts_visible, in_scope, now_of
from liuke.base.errors import Conflict, Forbidden, Invalid, NotFound
from liuke.base.faults import SHOWN, Faults, fault_of
from liuke.facts.service import customer_get

LONGEST_TITLE, LONGEST = 160, 4000


@dataclass(frozen=True, slots=True)
class TicketDraft:
    """What is asked of whom. `owner_id` None = whoever of the team takes it; `item_id`, `alert_id` or `customer_id` says for whom."""

    topic: str
    title: str
    team_id: int
    customer_id: int | None = None
    item_id: int | None = None
    alert_id: int | None = None
    text: str = ""
    owner_id: int | None = None
    due_at: datetime | None = None


def tickets_visible(actor: Actor) -> QuerySet[Ticket]:
    """Tickets about visible customers, raised or owned by the actor, or of the actor's team, whoever the customer belongs to."""
    if actor.scope is Scope.NONE:
        return Ticket.objects.none()
    seen = Q(in_scope(actor))
    if actor.membership_id is not None:
        seen |= Q(raised_by_id=actor.membership_id) | Q(owner_id=actor.membership_id)
    if actor.team_id is not None:
        seen |= Q(team_id=actor.team_id)
    return Ticket.objects.filter(seen, workspace_id=actor.workspace_id)


def ticket_get(*, actor: Actor, ticket_id: int) -> Ticket:
    """One visible ticket. Raises NotFound, also for a stranger's."""
    ticket = tickets_visible(actor).select_related("customer", "team", "work_item").filter(pk=ticket_id).first()
    if ticket is None:
        raise NotFound("ticket_not_found", ticket=ticket_id)
    return ticket


def moves_of(actor: Actor, ticket: Ticket) -> list[Move]:
    """What the actor may do to a visible ticket."""
    if not actor.may(Permission.HANDLE):
        return []
    member = actor.membership_id
    leads = actor.may(Permission.ASSIGN) and actor.scope is Scope.ALL
    of_team = actor.team_id is not None and ticket.team_id == actor.team_id
    receives = leads or of_team or (member is not None and ticket.owner_id == member)
    asked = {ticket.raised_by_id, ticket.work_item.owner_id if ticket.work_item else None} - {None}
    return moves_from(ticket.status, receives=receives, raised=leads or member in asked)


def ticket_raise(*, actor: Actor, draft: TicketDraft, key: str) -> Ticket:
    """Ask another team for something; its owner, else its people, are told. The same `key` again is the same ticket.

    Raises Invalid("ticket", faults=…) with every fault, NotFound for an item, an alert or a customer that is not visible.
    """
    actor.require(Permission.HANDLE)
    customer_id, item, alert_id = _about(actor, draft)
    _check(actor, draft)
    full_key, now = request_key(actor, key), now_of(actor)
    earlier = Ticket.objects.filter(key=full_key).first()
    if earlier is not None:
        if earlier.customer_id != customer_id:
            raise Conflict("request_key_taken")
        return earlier
    with transaction.atomic():
        ticket = Ticket.objects.create(
            workspace_id=actor.workspace_id, customer_id=customer_id, work_item=item, alert_id=alert_id, team_id=draft.team_id,
            topic=draft.topic, title=draft.title.strip(), text=draft.text.strip(), owner_id=draft.owner_id, due_at=draft.due_at,
            raised_by_id=actor.membership_id, raised_at=now, changed_at=now, key=full_key,
        )  # fmt: skip
        TicketEntry.objects.create(ticket=ticket, at=now, by_id=actor.membership_id, status=ticket.status)
        ticket_tell(ticket, by=actor.membership_id, name=actor.name, at=now)
        audit_record(actor=actor, action="ticket_raise", object_type="ticket", object_id=ticket.pk, detail={"topic": draft.topic})
    return ticket


def ticket_move(*, actor: Actor, ticket_id: int, move: str, note: str = "") -> Ticket:
    """Accept, solve, return, resubmit or reopen; the other side is told.

    Raises Conflict("ticket_move") where the status does not allow it, Forbidden("ticket_side") where it is not the actor's
    move, Invalid("ticket_note") for a return without a reason.
    """
    actor.require(Permission.HANDLE)
    ticket = ticket_get(actor=actor, ticket_id=ticket_id)
    if move not in set(Move):
        raise Invalid("ticket_move_unknown", got=move, allowed=", ".join(Move))
    chosen, before, now = Move(move), ticket.status, now_of(actor)
    status = after(before, chosen)
    if chosen not in moves_of(actor, ticket):
        raise Forbidden("ticket_side")
    if len(note) > LONGEST or (chosen in NEEDS_NOTE and not note.strip()):
        raise Invalid("ticket_note", longest=LONGEST)
    with transaction.atomic():
        fields: dict[str, object] = {"status": status, "changed_at": now, "solved_at": now if status == Ticket.Status.SOLVED else None}
        if chosen is Move.ACCEPT and ticket.owner_id is None:
            fields["owner_id"] = actor.membership_id
        if not Ticket.objects.filter(pk=ticket.pk, status=before).update(**fields):
            raise Conflict("ticket_move", status=before, move=move)
        TicketEntry.objects.create(ticket=ticket, at=now, by_id=actor.membership_id, status=status, note=note.strip())
        moved = ticket_get(actor=actor, ticket_id=ticket_id)
        _tell_moved(actor, moved, chosen, now)
        audit_record(actor=actor, action=f"ticket_{move}", object_type="ticket", object_id=ticket.pk)
    return moved


def ticket_tell(ticket: Ticket, *, by: int | None, name: str, at: datetime) -> None:
    """The owner, else the active people of the team who can work it, hear of a new ticket; whoever raised it does not."""
    receivers: set[int | None] = {*ticket_receivers(ticket)}
    _tell(ticket, receivers - {by}, "notices.ticket_new", name, at)


def ticket_receivers(ticket: Ticket) -> set[int]:
    """Who hears of a new ticket: its owner, else the active people of its team who can work it."""
    if ticket.owner_id is not None:
        return {ticket.owner_id}
    working = [role.value for role, allowed in PERMISSIONS.items() if Permission.HANDLE in allowed]
    rows = Membership.objects.filter(team_id=ticket.team_id or 0, is_active=True, role__in=working)
    return set(rows.values_list("pk", flat=True))


def _tell_moved(actor: Actor, ticket: Ticket, move: Move, at: datetime) -> None:
    if move is Move.RESUBMIT:
        ticket_tell(ticket, by=actor.membership_id, name=actor.name, at=at)
        return
    told = {ticket.raised_by_id, ticket.work_item.owner_id if ticket.work_item else None}
    if move is Move.REOPEN:
        told.add(ticket.owner_id)
    _tell(ticket, told - {actor.membership_id}, f"notices.ticket_{ticket.status}", actor.name, at)


def _tell(ticket: Ticket, members: set[int | None], key: str, by: str, at: datetime) -> None:
    params = {"by": by, "title": ticket.title, "customer": ticket.customer.name}
    moment = f"ticket:{ticket.pk}:{TicketEntry.objects.filter(ticket=ticket).count()}"
    drafts = [
        NoticeDraft(member, key, f"{moment}:{member}", params, f"/tickets/{ticket.pk}")
        for member in sorted(member for member in members if member is not None)
    ]
    notices_write(drafts, workspace_id=ticket.workspace_id, at=at)


def _about(actor: Actor, draft: TicketDraft) -> tuple[int, WorkItem | None, int | None]:
    """The customer, the item and the alert that the ticket is about."""
    item: WorkItem | None = None
    if draft.item_id is not None:
        item = work_items_visible(actor).filter(pk=draft.item_id).first()
        if item is None:
            raise NotFound("work_item_not_found", item=draft.item_id)
        return item.customer_id, item, item.alert_id
    if draft.alert_id is not None:
        alert = alerts_visible(actor).filter(pk=draft.alert_id).first()
        if alert is None:
            raise NotFound("alert_not_found", alert=draft.alert_id)
        return alert.customer_id, WorkItem.objects.filter(alert=alert).first(), alert.pk
    if draft.customer_id is None:
        raise Invalid("ticket", faults=[fault_of("customer_id", "", "customer_id | item_id | alert_id")])
    return customer_get(actor=actor, customer_id=draft.customer_id).pk, None, None


def _check(actor: Actor, draft: TicketDraft) -> None:
    faults = Faults()
    faults.choice("topic", draft.topic, tuple(Topic), ", ")
    faults.text("title", draft.title, LONGEST_TITLE)
    faults.unless(len(draft.text) <= LONGEST, "text", draft.text[:SHOWN], f"0–{LONGEST}")
    faults.unless(Team.objects.filter(pk=draft.team_id, workspace_id=actor.workspace_id).exists(), "team_id", draft.team_id, "")
    member = Membership.objects.filter(
        pk=draft.owner_id or 0, team_id=draft.team_id, workspace_id=actor.workspace_id, is_active=True
    ).first()
    if draft.owner_id is not None and (member is None or Permission.HANDLE not in PERMISSIONS[Role(member.role)]):
        faults.add("owner_id", draft.owner_id, "")
    faults.raise_if_any("ticket")
