"""What people do to alerts, with the work items moving along: assign, snooze, close, judge, take in hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.act.channels.inapp import NoticeDraft, notices_write
from liuke.act.store.models import WorkItem
from liuke.act.tasks.items import OPEN, chunks, items_close, items_reopen
from liuke.act.tasks.undo import Changed, items_as_they_are, items_before, keep
from liuke.alert import service as alert
from liuke.alert.service import AlertBefore, VerdictEffect, now_of
from liuke.alert.store.models import Alert
from liuke.base.errors import NotFound
from liuke.facts import service as facts


def alerts_assign(*, actor: Actor, alert_ids: Iterable[int], owner_id: int) -> Changed:
    """Give alerts and their open items to a person, who gets one notice. Needs `assign`."""
    with transaction.atomic():
        listed = list(alert_ids)
        items = items_before(listed)
        before = alert.alerts_assign(actor=actor, alert_ids=listed, owner_id=owner_id)
        WorkItem.objects.filter(alert_id__in=_ids(before), status__in=OPEN).update(owner_id=owner_id)
        changed = keep(actor, alerts=before, items=items)
        if changed.undo_token and owner_id != actor.membership_id:
            params = {"by": actor.name, "n": len(before)}
            draft = NoticeDraft(owner_id, "notices.assigned", f"assigned:{changed.undo_token}", params, "/alerts?scope=mine")
            notices_write([draft], workspace_id=actor.workspace_id, at=now_of(actor))
    return changed


def customers_assign(*, actor: Actor, customer_ids: Collection[int], owner_id: int | None) -> list[int]:
    """Give customers to a member with their open alerts and items: nobody keeps work on a customer they no longer see."""
    with transaction.atomic():
        moved = facts.customers_assign(actor=actor, customer_ids=customer_ids, owner_id=owner_id)
        for ids in chunks(moved):
            Alert.objects.filter(customer_id__in=ids).exclude(status=Alert.Status.CLOSED).update(owner_id=owner_id)
            WorkItem.objects.filter(customer_id__in=ids, status__in=OPEN).update(owner_id=owner_id)
    return moved


def alerts_snooze(*, actor: Actor, alert_ids: Iterable[int], until: datetime) -> Changed:
    """Hide alerts until a moment, which becomes the due date of their items."""
    with transaction.atomic():
        listed = list(alert_ids)
        items = items_before(listed)
        before = alert.alerts_snooze(actor=actor, alert_ids=listed, until=until)
        WorkItem.objects.filter(alert_id__in=_ids(before), status__in=OPEN).update(due_at=until)
        return keep(actor, alerts=before, items=items)


def alerts_close(*, actor: Actor, alert_ids: Iterable[int], reason: str, note: str = "") -> Changed:
    """Close alerts and their items; a note is kept on the items."""
    with transaction.atomic():
        listed = list(alert_ids)
        items = items_before(listed)
        before = alert.alerts_close(actor=actor, alert_ids=listed, reason=reason, note=note)
        if note:
            WorkItem.objects.filter(alert_id__in=_ids(before), note="").update(note=note)
        items_close(_ids(before), at=now_of(actor))
        return keep(actor, alerts=before, items=items)


def alerts_claim(*, actor: Actor, alert_ids: Iterable[int]) -> Changed:
    """跟进: take the alerts' open items in hand; whoever claims an unowned one owns it, alert included."""
    actor.require(Permission.HANDLE)
    with transaction.atomic():
        listed = set(alert_ids)
        visible = set(alert.alerts_visible(actor).filter(pk__in=listed).values_list("id", flat=True))
        if listed - visible:
            raise NotFound("alert_not_found", alert=min(listed - visible))
        items = list(WorkItem.objects.filter(alert_id__in=listed, status=WorkItem.Status.TODO))
        before = items_as_they_are(items)
        for item in items:
            claim(item, actor)
        if before:
            audit_record(actor=actor, action="work_claim", object_type="work_item", detail={"items": [row.item_id for row in before]})
        return keep(actor, items=before, changed=len(before))


def claim(item: WorkItem, actor: Actor) -> None:
    """Todo → doing, in the caller's transaction; an unowned item and its alert become the actor's."""
    if item.status == WorkItem.Status.TODO:
        item.status = WorkItem.Status.DOING
        WorkItem.objects.filter(pk=item.pk, status=WorkItem.Status.TODO).update(status=WorkItem.Status.DOING)
    if item.owner_id is None and actor.membership_id is not None:
        item.owner_id = actor.membership_id
        WorkItem.objects.filter(pk=item.pk, owner__isnull=True).update(owner_id=actor.membership_id)
        if item.alert_id is not None:
            Alert.objects.filter(pk=item.alert_id, owner__isnull=True).update(owner_id=actor.membership_id)


def alert_verdict(
    *, actor: Actor, alert_id: int, verdict: str, reason: str = "", signal: str = "", until: datetime | None = None, note: str = ""
) -> VerdictEffect:
    """有效 / 误报 / 已知 / 太晚, with the item following the alert."""
    with transaction.atomic():
        effect = alert.alert_verdict(actor=actor, alert_id=alert_id, verdict=verdict, reason=reason, signal=signal, until=until, note=note)
        _follow(effect.alert_id, now_of(actor))
    return effect


def verdict_undo(*, actor: Actor, alert_id: int) -> VerdictEffect:
    """Take a verdict back; alert and item open again where they can."""
    with transaction.atomic():
        effect = alert.verdict_undo(actor=actor, alert_id=alert_id)
        _follow(effect.alert_id, now_of(actor))
    return effect


def _follow(alert_id: int, at: datetime) -> None:
    if Alert.objects.filter(pk=alert_id, status=Alert.Status.CLOSED).exists():
        items_close([alert_id], at=at)
    else:
        items_reopen([alert_id])


def _ids(before: Sequence[AlertBefore]) -> list[int]:
    return [row.alert_id for row in before]
