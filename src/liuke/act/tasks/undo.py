"""Taking a bulk change back: how things stood is kept for ten minutes under a token."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.act.store.models import BulkChange, WorkItem
from liuke.alert.service import AlertBefore, alerts_restore
from liuke.base.errors import NotFound
from liuke.base.times import utc_now

VALID_FOR = timedelta(minutes=10)
_MOMENTS = frozenset({"snoozed_until", "closed_at", "due_at", "finished_at"})


@dataclass(frozen=True, slots=True)
class ItemBefore:
    """How a work item stood before a change."""

    item_id: int
    status: str
    owner_id: int | None
    due_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Changed:
    """The answer to a bulk action; the token is None where nothing changed."""

    changed: int
    undo_token: str | None


def items_before(alert_ids: Iterable[int]) -> list[ItemBefore]:
    """The items of those of these alerts that are not closed, as they stand now."""
    items = WorkItem.objects.filter(alert_id__in=list(alert_ids)).exclude(alert__status="closed")
    return items_as_they_are(items)


def items_as_they_are(items: Iterable[WorkItem]) -> list[ItemBefore]:
    """The items as they stand now."""
    return [ItemBefore(item.pk, item.status, item.owner_id, item.due_at, item.finished_at) for item in items]


def keep(actor: Actor, *, alerts: Sequence[AlertBefore] = (), items: Sequence[ItemBefore] = (), changed: int | None = None) -> Changed:
    """Keep how things stood, in the transaction of the change."""
    count = len(alerts) if changed is None else changed
    if not count:
        return Changed(0, None)
    token = secrets.token_urlsafe(18)
    before = {"alerts": [_plain(asdict(row)) for row in alerts], "items": [_plain(asdict(row)) for row in items]}
    BulkChange.objects.create(workspace_id=actor.workspace_id, token=token, by=actor.label, at=utc_now(), before=before)
    return Changed(count, token)


def bulk_undo(*, actor: Actor, token: str) -> int:
    """Take the change back; returns how many alerts or items stand as before.

    An alert whose customer has a newer open alert stays closed, its item too. Raises NotFound("undo_gone") for an unknown,
    used or old token, and for somebody else's.
    """
    with transaction.atomic():
        now = utc_now()
        mine = BulkChange.objects.filter(
            workspace_id=actor.workspace_id, token=token, by=actor.label, undone_at__isnull=True, at__gt=now - VALID_FOR
        )
        change = mine.first()
        if change is None or not mine.update(undone_at=now):
            raise NotFound("undo_gone")
        alerts = [AlertBefore(**_parsed(row)) for row in change.before["alerts"]]
        items = [ItemBefore(**_parsed(row)) for row in change.before["items"]]
        restored = set(alerts_restore(actor=actor, before=alerts)) if alerts else set()
        count = _restore_items(items, restored, {row.alert_id for row in alerts})
    return len(restored) if alerts else count


def _restore_items(items: Sequence[ItemBefore], restored: set[int], alerts: set[int]) -> int:
    owners = dict(WorkItem.objects.filter(pk__in=[row.item_id for row in items]).values_list("id", "alert_id"))
    count = 0
    for row in items:
        alert_id = owners.get(row.item_id)
        if alert_id in alerts and alert_id not in restored:
            continue
        count += WorkItem.objects.filter(pk=row.item_id).update(
            status=row.status, owner_id=row.owner_id, due_at=row.due_at, finished_at=row.finished_at
        )
    return count


def _plain(row: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def _parsed(row: dict[str, Any]) -> dict[str, Any]:
    return {name: datetime.fromisoformat(value) if name in _MOMENTS and isinstance(value, str) else value for name, value in row.items()}
