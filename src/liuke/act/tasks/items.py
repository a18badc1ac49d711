"""Work items kept in step with their alerts. Always inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from liuke.accounts.store.models import Workspace
from liuke.act.domain.due import due_after
from liuke.act.store.models import WorkItem
from liuke.alert.domain.changes import AlertChanges, AlertRef
from liuke.alert.domain.policy import AlertPolicy, from_plain
from liuke.alert.store.models import Alert

OPEN = (WorkItem.Status.TODO, WorkItem.Status.DOING)
_CHUNK = 500


def chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Lists short enough for one statement on every database."""
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def follow_changes(workspace: Workspace, changes: AlertChanges) -> None:
    """Make, date and close the items that a review asks for; whoever has been told gets a deadline."""
    items_create(workspace, changes.raised, at=changes.as_of)
    told = [*changes.pushed, *changes.released]
    _date(workspace, told, from_plain(workspace.alert_policy), changes.as_of)
    items_close([alert_id for alert_id, _ in changes.closed], at=changes.as_of)


def items_create(workspace: Workspace, alerts: Iterable[AlertRef], *, at: datetime) -> None:
    """One todo item per alert, undated until its owner is told."""
    WorkItem.objects.bulk_create(
        [
            WorkItem(
                workspace=workspace,
                customer_id=ref.customer_id,
                alert_id=ref.alert_id,
                owner_id=ref.owner_id,
                kind="winback",
                created_at=at,
            )
            for ref in alerts
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )


def items_close(alert_ids: Sequence[int], *, at: datetime) -> None:
    """The alerts are over: what somebody worked on is done, what nobody touched is cancelled."""
    for ids in chunks(alert_ids):
        items = WorkItem.objects.filter(alert_id__in=ids)
        items.filter(status=WorkItem.Status.DOING).update(status=WorkItem.Status.DONE, finished_at=at)
        items.filter(status=WorkItem.Status.TODO).update(status=WorkItem.Status.CANCELLED, finished_at=at)


def items_reopen(alert_ids: Sequence[int]) -> None:
    """The alerts are open again: their items too, in hand where somebody had followed up."""
    for ids in chunks(alert_ids):
        items = WorkItem.objects.filter(alert_id__in=ids).exclude(status__in=OPEN)
        touched = set(items.filter(followup__isnull=False).values_list("id", flat=True))
        items.filter(pk__in=touched).update(status=WorkItem.Status.DOING, finished_at=None)
        items.exclude(pk__in=touched).update(status=WorkItem.Status.TODO, finished_at=None)


def _date(workspace: Workspace, told: Sequence[AlertRef], policy: AlertPolicy, at: datetime) -> None:
    for ref in told:
        hours = policy.due_hours(ref.level)
        if hours is not None:
            due_at = due_after(at, hours, workspace.time_zone)
            WorkItem.objects.filter(alert_id=ref.alert_id, status__in=OPEN).update(due_at=due_at)


def close_handled(item: WorkItem) -> Alert | None:
    """The open alert of an item, if it has one."""
    return Alert.objects.filter(pk=item.alert_id).exclude(status=Alert.Status.CLOSED).first() if item.alert_id else None
