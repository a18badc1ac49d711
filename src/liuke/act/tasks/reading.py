"""Which work items somebody sees. The one place that scopes them."""

from __future__ import annotations

from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.act.store.models import FollowUp, WorkItem
from liuke.alert.service import in_scope
from liuke.base.errors import NotFound


def work_items_visible(actor: Actor) -> QuerySet[WorkItem]:
    """Items for a visible customer, or owned by whom the actor's scope names. A QuerySet: costs nothing yet."""
    return WorkItem.objects.filter(in_scope(actor))


def work_item_get(*, actor: Actor, item_id: int) -> WorkItem:
    """One visible item with its customer, owner and alert loaded. Raises NotFound, also for a stranger's."""
    item = work_items_visible(actor).select_related("customer", "owner__user", "alert").filter(pk=item_id).first()
    if item is None:
        raise NotFound("work_item_not_found", item=item_id)
    return item


def follow_ups_of(item: WorkItem) -> QuerySet[FollowUp]:
    """The item's follow-ups, newest first. The caller got the item through `work_item_get`."""
    return FollowUp.objects.filter(work_item=item).select_related("by__user").order_by("-at", "-id")
