"""The points ledger: lines are only ever appended, and the member's balance moves in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.loyalty.domain.earning import price_of
from liuke.act.loyalty.domain.ledger import Entry, lapsed
from liuke.act.loyalty.programme import programme_of
from liuke.act.store.models import LoyaltyMember, PointsEntry
from liuke.base.errors import Conflict, Invalid, NotFound
from liuke.facts.service import customer_get, customers_visible

MOST = 1_000_000
_CHUNK = 500
Reason = PointsEntry.Reason


@dataclass(frozen=True, slots=True)
class Line:
    """A line to append; the same `key` again is the same line."""

    customer_id: int
    points: int
    reason: str
    key: str
    at: datetime
    expires_at: datetime | None = None
    ref: str = ""
    note: str = ""
    value: Decimal = Decimal(0)
    by_id: int | None = None


def lines_append(workspace_id: int, lines: Sequence[Line]) -> int:
    """Append those that are new, in the caller's transaction, and move the balances along; how many were new.

    Locks the workspace's members concerned, so that two workers cannot both write the same line or miss each other's balance.
    """
    fresh = {line.key[:160]: line for line in lines if line.points}
    if not fresh:
        return 0
    now = max(line.at for line in fresh.values())
    _members_made_and_locked(workspace_id, sorted({line.customer_id for line in fresh.values()}), now)
    for key in _known(workspace_id, list(fresh)):
        del fresh[key]
    PointsEntry.objects.bulk_create([_row(workspace_id, key, line) for key, line in fresh.items()])
    _balances_move(fresh.values(), now)
    return len(fresh)


def _members_made_and_locked(workspace_id: int, customers: Sequence[int], now: datetime) -> None:
    """Hold these customers' rows until the transaction ends; who is no member yet becomes one, so that there is a row to hold."""
    LoyaltyMember.objects.bulk_create(
        [LoyaltyMember(customer_id=customer, workspace_id=workspace_id, updated_at=now) for customer in customers], ignore_conflicts=True
    )
    for start in range(0, len(customers), _CHUNK):
        list(LoyaltyMember.objects.select_for_update().filter(customer_id__in=customers[start : start + _CHUNK]).order_by("pk"))


def _balances_move(lines: Iterable[Line], now: datetime) -> None:
    moved: defaultdict[int, int] = defaultdict(int)
    for line in lines:
        moved[line.customer_id] += line.points
    for customer_id, points in moved.items():
        LoyaltyMember.objects.filter(customer_id=customer_id).update(balance=F("balance") + points, updated_at=now)


def _known(workspace_id: int, keys: Sequence[str]) -> list[str]:
    """Which of these lines stand there already."""
    found: list[str] = []
    for start in range(0, len(keys), _CHUNK):
        rows = PointsEntry.objects.filter(workspace_id=workspace_id, key__in=keys[start : start + _CHUNK])
        found += rows.values_list("key", flat=True)
    return found


def _row(workspace_id: int, key: str, line: Line) -> PointsEntry:
    return PointsEntry(
        workspace_id=workspace_id, customer_id=line.customer_id, points=line.points, reason=line.reason, key=key, ref=line.ref[:160],
        at=line.at, expires_at=line.expires_at, value=line.value, note=line.note[:200], by_id=line.by_id,
    )  # fmt: skip


def points_grant(*, workspace_id: int, customer_id: int, points: int, reason: str, key: str, at: datetime) -> PointsEntry:
    """Points by the product itself (a playbook): idempotent by `key`, in the caller's transaction. Raises Invalid("points_number")."""
    if not 0 < points <= MOST:
        raise Invalid("points_number", got=points, allowed=f"1–{MOST}")
    expires_at = at + timedelta(days=programme_of(workspace_id).expire_days)
    with transaction.atomic():
        lines_append(workspace_id, [Line(customer_id, points, reason, key, at, expires_at)])
    return PointsEntry.objects.get(workspace_id=workspace_id, key=key[:160])


def points_adjust(*, actor: Actor, customer_id: int, points: int, note: str, request_key: str) -> PointsEntry:
    """Points given or taken by hand, with a reason. Needs `publish`. A balance never goes below zero."""
    actor.require(Permission.PUBLISH)
    if not note.strip():
        raise Invalid("points_note")
    if points == 0 or abs(points) > MOST:
        raise Invalid("points_number", got=points, allowed=f"±1–{MOST}")
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    customer = customer_get(actor=actor, customer_id=customer_id)
    now, key = workspace_now(workspace), f"manual:{request_key}"
    expires_at = now + timedelta(days=programme_of(workspace.pk).expire_days) if points > 0 else None
    line = Line(customer.pk, points, Reason.MANUAL, key, now, expires_at, note=note.strip(), by_id=actor.membership_id)
    return _append_one(actor, line, "points_adjust")


def points_redeem(*, actor: Actor, customer_id: int, value: Decimal, risk: str, note: str, request_key: str) -> PointsEntry:
    """Turn points into something worth `value`; a customer at risk needs fewer (LOY-01). Needs `handle`.

    `risk` is the customer's level at the last scoring. Raises Invalid("points_value"), Conflict("points_short") with what is there.
    """
    actor.require(Permission.HANDLE)
    customer = customer_get(actor=actor, customer_id=customer_id)
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    programme = programme_of(workspace.pk)
    price = price_of(float(value), risk=risk, programme=programme)
    if not programme.enabled or price < 1 or price > MOST:
        raise Invalid("points_value", got=str(value))
    line = Line(
        customer.pk, -price, Reason.REDEEM, f"redeem:{request_key}", workspace_now(workspace), note=note.strip(), value=value,
        by_id=actor.membership_id,
    )  # fmt: skip
    return _append_one(actor, line, "points_redeem")


def entry_reverse(*, actor: Actor, entry_id: int, note: str) -> PointsEntry:
    """Take a line back by another one; once. Needs `publish`. What was spent meanwhile is not asked back: Conflict("points_short")."""
    actor.require(Permission.PUBLISH)
    entry = PointsEntry.objects.filter(pk=entry_id, customer__in=customers_visible(actor)).first()
    if entry is None or entry.reason == Reason.REVERSAL:
        raise NotFound("points_entry_not_found", entry=entry_id)
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    line = Line(
        entry.customer_id, -entry.points, Reason.REVERSAL, f"reversal:{entry.pk}", workspace_now(workspace),
        expires_at=entry.expires_at if entry.points < 0 else None, ref=str(entry.pk), note=note.strip(), by_id=actor.membership_id,
    )  # fmt: skip
    return _append_one(actor, line, "points_reverse")


def _append_one(actor: Actor, line: Line, action: str) -> PointsEntry:
    with transaction.atomic():
        new = lines_append(actor.workspace_id, [line])
        member = LoyaltyMember.objects.get(customer_id=line.customer_id)
        if new and line.points < 0 and member.balance < 0:
            raise Conflict("points_short", needed=-line.points, there=member.balance - line.points)
        entry = PointsEntry.objects.get(workspace_id=actor.workspace_id, key=line.key[:160])
        if new:
            audit_record(actor=actor, action=action, object_type="customer", object_id=line.customer_id, detail={"points": line.points})
    return entry


def points_lapse(*, workspace: Workspace, now: datetime) -> int:
    """Write off what has come to its end by `now`; how many lines. Safe to repeat."""
    ending = PointsEntry.objects.filter(workspace=workspace, points__gt=0, expires_at__lte=now)
    customers = list(ending.values_list("customer_id", flat=True).distinct())
    written = 0
    for start in range(0, len(customers), _CHUNK):
        with transaction.atomic():
            by_customer: defaultdict[int, list[Entry]] = defaultdict(list)
            rows = PointsEntry.objects.filter(customer_id__in=customers[start : start + _CHUNK])
            for row in rows.values_list("customer_id", "pk", "points", "at", "expires_at"):
                by_customer[row[0]].append(Entry(*row[1:]))
            lines = [
                Line(customer_id, -left.points, Reason.LAPSE, f"lapse:{left.entry_id}", now, ref=str(left.entry_id))
                for customer_id, entries in by_customer.items()
                for left in lapsed(entries, now)
            ]
            written += lines_append(workspace.pk, lines)
    return written
