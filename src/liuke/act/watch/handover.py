"""交接: customers of one member go to others, with open alerts and work, and are watched for 90 days; all of it can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.store.models import HandOver, HandOverMove, Watch, WorkItem
from liuke.act.tasks.handling import customers_assign
from liuke.act.tasks.items import OPEN, chunks
from liuke.act.watch.domain import Reason, ends_on
from liuke.alert.service import now_of
from liuke.alert.store.models import Alert
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.base.times import local_day
from liuke.facts.store.models import Customer


@dataclass(frozen=True, slots=True)
class Holding:
    """What a member still holds that somebody must go on with."""

    customers: int
    alerts: int
    items: int

    @property
    def is_empty(self) -> bool:
        """Nothing is left behind."""
        return not (self.customers or self.alerts or self.items)


def holding_of(workspace_id: int, member_id: int) -> Holding:
    """Customers, open alerts and open items of a member."""
    return Holding(
        Customer.objects.filter(workspace_id=workspace_id, owner_id=member_id).count(),
        Alert.objects.filter(workspace_id=workspace_id, owner_id=member_id).exclude(status=Alert.Status.CLOSED).count(),
        WorkItem.objects.filter(workspace_id=workspace_id, owner_id=member_id, status__in=OPEN).count(),
    )


def hand_over(*, actor: Actor, member_id: int, moves: Mapping[int, int], heir_id: int | None = None) -> HandOver:
    """Give customers (id → successor) of a member away. With the last of them go alerts and work on others' customers as well:
    to the customer's owner, else to `heir_id`, by default the first successor.

    Raises NotFound for an unknown member or customer, Invalid("handover_not_theirs") for a customer of somebody else,
    Invalid("owner_unknown") for a successor who may own nothing, Forbidden without `people`.
    """
    actor.require(Permission.PEOPLE)
    if not Membership.objects.filter(pk=member_id, workspace_id=actor.workspace_id).exists():
        raise NotFound("person_not_found", person=member_id)
    with transaction.atomic():
        now = now_of(actor)
        _theirs(actor, member_id, moves)
        row = HandOver.objects.create(workspace_id=actor.workspace_id, member_id=member_id, by_id=actor.membership_id, at=now)
        for successor, ids in _by_successor(moves).items():
            for part in chunks(ids):
                customers_assign(actor=actor, customer_ids=list(part), owner_id=successor)
        HandOverMove.objects.bulk_create(
            [HandOverMove(hand_over=row, customer_id=customer, successor_id=successor) for customer, successor in moves.items()],
            batch_size=500,
        )
        _watch(row, moves, now)
        heir = heir_id if heir_id is not None else next(iter(moves.values()), None)
        if not Customer.objects.filter(workspace_id=actor.workspace_id, owner_id=member_id).exists():
            _rest(actor.workspace_id, member_id, heir)
        detail = {"customers": len(moves), "successors": sorted(set(moves.values()))}
        audit_record(actor=actor, action="handover", object_type="person", object_id=member_id, detail=detail)
    return row


def hand_over_undo(*, actor: Actor, hand_over_id: int) -> list[int]:
    """Give customers back that are still where the hand-over put them; their ids. Alerts and work follow.

    Raises NotFound for an unknown or undone one, Conflict("handover_person_left") while the member may not come in.
    """
    actor.require(Permission.PEOPLE)
    with transaction.atomic():
        row = HandOver.objects.select_related("member").filter(pk=hand_over_id, workspace_id=actor.workspace_id, undone_at=None).first()
        now = now_of(actor)
        if row is None or not HandOver.objects.filter(pk=row.pk, undone_at=None).update(undone_at=now):
            raise NotFound("handover_gone", handover=hand_over_id)
        if not row.member.is_active:
            raise Conflict("handover_person_left")
        successor = HandOverMove.objects.filter(hand_over=row, customer_id=OuterRef("pk")).values("successor_id")[:1]
        still = Customer.objects.filter(handovermove__hand_over=row, owner_id=Subquery(successor)).order_by("pk")
        ids = list(still.values_list("pk", flat=True))
        for part in chunks(ids):
            customers_assign(actor=actor, customer_ids=list(part), owner_id=row.member_id)
        Watch.objects.filter(hand_over=row, until=None).update(until=now)
        audit_record(actor=actor, action="handover_undo", object_type="person", object_id=row.member_id, detail={"customers": len(ids)})
    return ids


def hand_overs_recent(*, actor: Actor) -> list[HandOver]:
    """The newest twenty that were not taken back. Raises Forbidden without `people`."""
    actor.require(Permission.PEOPLE)
    rows = HandOver.objects.filter(workspace_id=actor.workspace_id, undone_at=None).prefetch_related("handovermove_set")
    return list(rows.select_related("member__user").order_by("-id")[:20])


def _theirs(actor: Actor, member_id: int, moves: Mapping[int, int]) -> None:
    if member_id in moves.values():
        raise Invalid("handover_to_self")
    for part in chunks(list(moves)):
        owned = Customer.objects.filter(workspace_id=actor.workspace_id, owner_id=member_id, pk__in=part).count()
        if owned < len(part):
            raise Invalid("handover_not_theirs", n=len(part) - owned)


def _by_successor(moves: Mapping[int, int]) -> Mapping[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for customer, successor in sorted(moves.items()):
        found[successor].append(customer)
    return found


def _watch(row: HandOver, moves: Iterable[int], now: datetime) -> None:
    """A 90-day watch begins anew for each of them."""
    workspace = Workspace.objects.get(pk=row.workspace_id)
    last = ends_on(local_day(now, workspace.time_zone))
    ids = list(moves)
    for part in chunks(ids):
        Watch.objects.filter(customer_id__in=part, reason=Reason.HANDED_OVER, until=None).update(until=now)
    Watch.objects.bulk_create(
        [
            Watch(
                workspace=workspace,
                customer_id=key,
                reason=Reason.HANDED_OVER,
                since=now,
                ends_on=last,
                before_id=row.member_id,
                hand_over=row,
            )
            for key in ids
        ],
        batch_size=500,
    )


def _rest(workspace_id: int, member_id: int, heir: int | None) -> None:
    """Open alerts and items on customers of others: nobody would see that they are due."""
    owner = Customer.objects.filter(pk=OuterRef("customer_id"), owner__is_active=True).values("owner_id")[:1]
    alerts = Alert.objects.filter(workspace_id=workspace_id, owner_id=member_id).exclude(status=Alert.Status.CLOSED)
    items = WorkItem.objects.filter(workspace_id=workspace_id, owner_id=member_id, status__in=OPEN)
    alerts.filter(customer__owner__is_active=True).exclude(customer__owner_id=member_id).update(owner_id=Subquery(owner))
    items.filter(customer__owner__is_active=True).exclude(customer__owner_id=member_id).update(owner_id=Subquery(owner))
    if heir is not None:
        alerts.update(owner_id=heir)
        items.update(owner_id=heir)
