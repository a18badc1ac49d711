"""The ledger: rows appear by themselves, people start, move and decide renewals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.accounts.service.absences import stand_ins_on
from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.act.channels.inapp import NoticeDraft, notices_write
from liuke.act.domain.due import due_after
from liuke.act.domain.renewals import DECIDED, OVERDUE_SHOWN_DAYS, REMIND_DAYS, WINDOWS, check
from liuke.act.renewals.reading import renewal_get
from liuke.act.store.models import Renewal, WorkItem
from liuke.act.tasks.items import OPEN
from liuke.alert.service import now_of
from liuke.base.times import day_start, local_day
from liuke.facts.store.models import Contract, Customer


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep made."""

    rows: int
    items: int


@dataclass(frozen=True, slots=True)
class RenewalChange:
    """Fields to change; None stays as it is."""

    status: str | None = None
    reason: str | None = None
    next_step: str | None = None
    next_step_on: date | None = None
    forecast: float | None = None


def renewals_sweep(*, workspace: Workspace, as_of: datetime, remind: bool = True) -> Swept:
    """Make ledger rows for contracts near their end, and at 15 days (SIG-22) a work item for those nobody started.

    Idempotent. Part of every review; an import of contracts may call it at once. Without `remind` only rows are made
    (first scoring, replay), no work and no notice.
    """
    today = local_day(as_of, workspace.time_zone)
    with transaction.atomic():
        near = Contract.objects.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=today),
            customer__workspace=workspace,
            renewal__isnull=True,
            ends_on__gte=today - timedelta(days=OVERDUE_SHOWN_DAYS),
            ends_on__lte=today + timedelta(days=WINDOWS[-1]),
        )
        rows = [Renewal(contract=contract, updated_at=as_of) for contract in near]
        Renewal.objects.bulk_create(rows, ignore_conflicts=True)
        items = _remind(workspace, today, as_of) if remind else 0
    return Swept(len(rows), items)


def renewal_start(*, actor: Actor, renewal_id: int) -> WorkItem:
    """启动续约: the one work item of this renewal, made now or before; the row moves to 沟通中."""
    actor.require(Permission.HANDLE)
    with transaction.atomic():
        row = renewal_get(actor=actor, renewal_id=renewal_id)
        now = now_of(actor)
        workspace = Workspace.objects.get(pk=actor.workspace_id)
        owner_id = row.contract.customer.owner_id or actor.membership_id
        item = _item(workspace, row, owner_id=owner_id, at=now, by=actor.membership_id)
        started = Renewal.objects.filter(pk=row.pk, status=Renewal.Status.NOT_STARTED)
        if started.update(status=Renewal.Status.TALKING, started_at=now, updated_at=now, updated_by_id=actor.membership_id):
            audit_record(actor=actor, action="renewal_start", object_type="renewal", object_id=row.pk, detail={"item": item.pk})
    return item


def renewal_update(*, actor: Actor, renewal_id: int, change: RenewalChange) -> Renewal:
    """Change a ledger row. 不续 needs a reason; what is decided finishes its work item, what is undecided again reopens it."""
    actor.require(Permission.HANDLE)
    with transaction.atomic():
        row = renewal_get(actor=actor, renewal_id=renewal_id)
        given = {name: getattr(change, name) for name in RenewalChange.__slots__}
        fields: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        status = fields.get("status", row.status)
        check(status=status, reason=fields.get("reason", row.reason), forecast=fields.get("forecast"))
        now = now_of(actor)
        Renewal.objects.filter(pk=row.pk).update(**fields, updated_at=now, updated_by_id=actor.membership_id)
        if status != row.status:
            _item_follows(row, status, now)
        detail = {"fields": sorted(fields), "from": row.status, "to": status}
        audit_record(actor=actor, action="renewal_update", object_type="renewal", object_id=row.pk, detail=detail)
    return renewal_get(actor=actor, renewal_id=renewal_id)


def customer_renewed(customer: Customer, *, at: datetime, zone: str, by: int | None) -> Renewal | None:
    """Mark the customer's open renewal that ends first as 已续, in the caller's transaction; None where there is none."""
    oldest = local_day(at, zone) - timedelta(days=OVERDUE_SHOWN_DAYS)
    rows = Renewal.objects.filter(contract__customer=customer, contract__ends_on__gte=oldest).exclude(status__in=DECIDED)
    row = rows.order_by("contract__ends_on", "id").first()
    if row is not None:
        Renewal.objects.filter(pk=row.pk).update(status=Renewal.Status.RENEWED, updated_at=at, updated_by_id=by)
        _item_follows(row, Renewal.Status.RENEWED, at)
    return row


def _item_follows(row: Renewal, status: str, at: datetime) -> None:
    items = WorkItem.objects.filter(renewal=row)
    if status in DECIDED:
        items.filter(status__in=OPEN).update(status=WorkItem.Status.DONE, finished_at=at)
    elif row.status in DECIDED:
        items.filter(status=WorkItem.Status.DONE).update(status=WorkItem.Status.DOING, finished_at=None)


def _remind(workspace: Workspace, today: date, as_of: datetime) -> int:
    due = Renewal.objects.filter(
        contract__customer__workspace=workspace,
        contract__customer__status=Customer.Status.ACTIVE,
        contract__ends_on__gte=today,
        contract__ends_on__lte=today + timedelta(days=REMIND_DAYS),
        status=Renewal.Status.NOT_STARTED,
        workitem__isnull=True,
    ).select_related("contract__customer")
    drafts: list[NoticeDraft] = []
    deputies, count = stand_ins_on(workspace.pk, today), 0
    for row in due:
        contract = row.contract
        item = _item(workspace, row, owner_id=contract.customer.owner_id, at=as_of, by=None)
        count += 1
        if item.owner_id is not None:
            params = {"customer": contract.customer.name, "contract": contract.name, "day": contract.ends_on.isoformat()}
            reader = deputies.get(item.owner_id, item.owner_id)
            drafts.append(NoticeDraft(reader, "notices.renewal_due", f"renewal:{row.pk}", params, f"/renewals?id={row.pk}"))
    if drafts:
        notices_write(drafts, workspace_id=workspace.pk, at=as_of)
    return count


def _item(workspace: Workspace, row: Renewal, *, owner_id: int | None, at: datetime, by: int | None) -> WorkItem:
    """Due 15 days before the end, where that is near or past in three working days."""
    contact_by = day_start(row.contract.ends_on - timedelta(days=REMIND_DAYS), workspace.time_zone)
    defaults = {
        "workspace": workspace,
        "customer": row.contract.customer,
        "kind": "renewal",
        "title": row.contract.name[:160],
        "owner_id": owner_id,
        "due_at": max(contact_by, due_after(at, 72, workspace.time_zone, calendar_of(workspace, year=at.year))),
        "created_by_id": by,
        "created_at": at,
    }
    return WorkItem.objects.get_or_create(renewal=row, defaults=defaults)[0]
