"""The same thing for many work items at once: claim, give, postpone, finish, each with one undo."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.act.channels.inapp import NoticeDraft, notices_write
from liuke.act.store.models import WorkItem
from liuke.act.tasks.handling import claim
from liuke.act.tasks.items import OPEN
from liuke.act.tasks.reading import work_items_visible
from liuke.act.tasks.undo import Changed, items_as_they_are, keep
from liuke.alert import service as alert
from liuke.alert.service import assignee, now_of
from liuke.alert.store.models import Alert
from liuke.base.errors import Invalid, NotFound

MOST = 500
"""Items that one call may name."""


def items_claim(*, actor: Actor, item_ids: Collection[int]) -> Changed:
    """Take open items in hand that nobody has in hand yet."""
    actor.require(Permission.HANDLE)
    with transaction.atomic():
        items = [item for item in _open_ones(actor, item_ids) if item.status == WorkItem.Status.TODO]
        before = items_as_they_are(items)
        for item in items:
            claim(item, actor)
        return _kept(actor, "work_claim", items, keep(actor, items=before, changed=len(before)))


def items_assign(*, actor: Actor, item_ids: Collection[int], owner_id: int) -> Changed:
    """Give open items, and the alerts they belong to, to a person, who gets one notice. Needs `assign`."""
    actor.require(Permission.ASSIGN)
    owner = assignee(actor, owner_id)
    with transaction.atomic():
        items = [item for item in _open_ones(actor, item_ids) if item.owner_id != owner.pk]
        before = items_as_they_are(items)
        alert_ids = [item.alert_id for item in items if item.alert_id is not None]
        alerts = alert.alerts_assign(actor=actor, alert_ids=alert_ids, owner_id=owner.pk) if alert_ids else []
        WorkItem.objects.filter(pk__in=[item.pk for item in items]).update(owner=owner)
        changed = keep(actor, alerts=alerts, items=before, changed=len(before))
        if changed.undo_token and owner.pk != actor.membership_id:
            params = {"by": actor.name, "n": len(before)}
            draft = NoticeDraft(owner.pk, "notices.items_assigned", f"assigned:{changed.undo_token}", params, "/tasks")
            notices_write([draft], workspace_id=actor.workspace_id, at=now_of(actor))
        return _kept(actor, "work_item_assign", items, changed)


def items_postpone(*, actor: Actor, item_ids: Collection[int], due_at: datetime) -> Changed:
    """Another due date for open items. Raises Invalid("follow_up_next") for one that is not in the future."""
    actor.require(Permission.HANDLE)
    now = now_of(actor)
    if due_at <= now:
        raise Invalid("follow_up_next", earliest=now.isoformat())
    with transaction.atomic():
        items = [item for item in _open_ones(actor, item_ids) if item.due_at != due_at]
        before = items_as_they_are(items)
        WorkItem.objects.filter(pk__in=[item.pk for item in items]).update(due_at=due_at)
        return _kept(actor, "work_item_postpone", items, keep(actor, items=before, changed=len(before)))


def items_finish(*, actor: Actor, item_ids: Collection[int]) -> Changed:
    """Finish open items and close the alerts they belong to as handled."""
    actor.require(Permission.HANDLE)
    now = now_of(actor)
    with transaction.atomic():
        items = _open_ones(actor, item_ids)
        before = items_as_they_are(items)
        open_alerts = Alert.objects.filter(pk__in=[item.alert_id for item in items if item.alert_id]).exclude(status=Alert.Status.CLOSED)
        alert_ids = list(open_alerts.values_list("pk", flat=True))
        alerts = alert.alerts_close(actor=actor, alert_ids=alert_ids, reason="handled") if alert_ids else []
        WorkItem.objects.filter(pk__in=[item.pk for item in items]).update(status=WorkItem.Status.DONE, finished_at=now)
        return _kept(actor, "work_item_complete", items, keep(actor, alerts=alerts, items=before, changed=len(before)))


def _open_ones(actor: Actor, item_ids: Collection[int]) -> list[WorkItem]:
    """The open ones among visible items. Raises NotFound where one is not visible, Invalid above the limit."""
    listed = set(item_ids)
    if len(listed) > MOST:
        raise Invalid("too_many_items", most=MOST)
    items = list(work_items_visible(actor).filter(pk__in=listed).order_by("pk"))
    missing = listed - {item.pk for item in items}
    if missing:
        raise NotFound("work_item_not_found", item=min(missing))
    return [item for item in items if item.status in OPEN]


def _kept(actor: Actor, action: str, items: list[WorkItem], changed: Changed) -> Changed:
    if items:
        audit_record(actor=actor, action=action, object_type="work_item", detail={"items": [item.pk for item in items]})
    return changed
