"""交接: which customers go to whom, shown before it is done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import PERMISSIONS, Permission, Role
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.service import hand_over, hand_over_undo, holding_of
from liuke.act.store.models import HandOver
from liuke.act.watch.domain import spread
from liuke.base.errors import Conflict, Invalid
from liuke.facts.store.models import Customer
from liuke.show.service.cards import cards_refresh
from liuke.show.store.models import CustomerCard

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of the member's customers those with these tiers and segments and this text in name or number; blank = all.

    To one owner, or evenly over a team.
    """

    tiers: Collection[str] = ()
    segments: Collection[str] = ()
    q: str = ""
    owner_id: int | None = None
    team_id: int | None = None

    @property
    def all(self) -> bool:
        """Whether nothing narrows it."""
        return not (self.tiers or self.segments or self.q.strip())


def hand_over_plan(*, actor: Actor, member_id: int, wanted: Wanted) -> dict[int, int]:
    """Successor by customer. Raises Invalid("handover_nobody") where the team has nobody, Forbidden without `people`."""
    actor.require(Permission.PEOPLE)
    successors = _successors(actor, member_id, wanted)
    return spread(_customers(actor, member_id, wanted), successors)


def hand_over_run(*, actor: Actor, workspace: Workspace, member_id: int, wanted: Wanted) -> HandOver:
    """Do it; cards follow."""
    moves = hand_over_plan(actor=actor, member_id=member_id, wanted=wanted)
    row = hand_over(actor=actor, member_id=member_id, moves=moves, heir_id=_successors(actor, member_id, wanted)[0])
    _refresh(workspace, sorted(moves))
    return row


def hand_over_back(*, actor: Actor, workspace: Workspace, hand_over_id: int) -> int:
    """Take it back; how many customers went home."""
    ids = hand_over_undo(actor=actor, hand_over_id=hand_over_id)
    _refresh(workspace, ids)
    return len(ids)


def customers_hand_over(*, actor: Actor, workspace: Workspace, owner_id: int, successor_id: int | None) -> int:
    """Give all customers of a member to another, open alerts and work included; answers how many. Nothing without a successor."""
    if successor_id is None:
        return 0
    row = hand_over_run(actor=actor, workspace=workspace, member_id=owner_id, wanted=Wanted(owner_id=successor_id))
    return row.handovermove_set.count()


def require_handed_over(workspace_id: int, member_id: int) -> None:
    """Raises Conflict("handover_first") while a member still holds customers, open alerts or open tasks."""
    left = holding_of(workspace_id, member_id)
    if not left.is_empty:
        raise Conflict("handover_first", customers=left.customers, alerts=left.alerts, items=left.items)


def _refresh(workspace: Workspace, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), CHUNK):
        cards_refresh(workspace=workspace, customer_ids=ids[start : start + CHUNK])


def _customers(actor: Actor, member_id: int, wanted: Wanted) -> list[tuple[int, float]]:
    """(customer, annual value); one without a card has none."""
    owned: QuerySet[Customer] = Customer.objects.filter(workspace_id=actor.workspace_id, owner_id=member_id)
    values: Mapping[int, float] = dict(_cards(actor, member_id, wanted).values_list("customer_id", "annual_value"))
    ids = owned.values_list("pk", flat=True)
    return [(key, values.get(key, 0.0)) for key in ids if wanted.all or key in values]


def _cards(actor: Actor, member_id: int, wanted: Wanted) -> QuerySet[CustomerCard]:
    cards = CustomerCard.objects.filter(workspace_id=actor.workspace_id, customer__owner_id=member_id)
    text = wanted.q.strip()
    if wanted.tiers:
        cards = cards.filter(tier__in=wanted.tiers)
    if wanted.segments:
        cards = cards.filter(segment__in=wanted.segments)
    return cards.filter(Q(name__icontains=text) | Q(key__icontains=text)) if text else cards


def _successors(actor: Actor, member_id: int, wanted: Wanted) -> list[int]:
    members = Membership.objects.filter(workspace_id=actor.workspace_id, is_active=True).exclude(pk=member_id).order_by("pk")
    members = members.filter(pk=wanted.owner_id or 0) if wanted.team_id is None else members.filter(team_id=wanted.team_id)
    able = [(key, role) for key, role in members.values_list("pk", "role") if Permission.HANDLE in PERMISSIONS[Role(role)]]
    managers = [key for key, role in able if role == Role.MANAGER]
    found = managers or [key for key, _ in able]
    if not found:
        raise Invalid("handover_nobody")
    return found
