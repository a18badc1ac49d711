"""Work items kept in step with their alerts. Always inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import OuterRef, Subquery

from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.act.domain.due import due_after
from liuke.act.store.models import WorkItem
from liuke.act.tasks.rules import items_title, rule_items_follow
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
    if changes.raised:
        items_create(workspace)
    items_title((*changes.raised, *changes.escalated))
    rule_items_follow(workspace, changes.as_of)
    if changes.adopted:
        owner = Alert.objects.filter(pk=OuterRef("alert_id")).values("owner_id")[:1]
        orphans = WorkItem.objects.filter(workspace=workspace, owner__isnull=True, alert__owner__isnull=False, status__in=OPEN)
        orphans.update(owner_id=Subquery(owner))
    told = [*changes.pushed, *changes.released]
    _date(workspace, told, from_plain(workspace.alert_policy), changes.as_of)
    items_close([alert_id for alert_id, _ in changes.closed], at=changes.as_of)


def items_create(workspace: Workspace) -> None:
    """One todo item for every open alert that has none, undated until its owner is told. One statement for any number."""
    names = {model: connection.ops.quote_name(model._meta.db_table) for model in (Alert, WorkItem)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {names[WorkItem]} (workspace_id, customer_id, alert_id, owner_id, kind, title, status, note, created_at)"
            " SELECT a.workspace_id, a.customer_id, a.id, a.owner_id, 'winback', '', 'todo', '', a.opened_at"
            f" FROM {names[Alert]} a LEFT JOIN {names[WorkItem]} w ON w.alert_id = a.id"
            " WHERE a.workspace_id = %s AND a.status <> 'closed' AND w.id IS NULL",
            [workspace.pk],
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
    calendar = calendar_of(workspace, year=at.year)
    for ref in told:
        asked = ref.route.sla_hours if ref.route else None
        hours = policy.due_hours(ref.level) if asked is None else asked
        if hours:
            due_at = due_after(at, hours, workspace.time_zone, calendar)
            WorkItem.objects.filter(alert_id=ref.alert_id, status__in=OPEN).update(due_at=due_at)
