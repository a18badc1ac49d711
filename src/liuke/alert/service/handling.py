"""What people do to alerts: assign, snooze, close, take back. The alert's half: `act.service` moves the work items with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.alert.service.assignee import assignee
from liuke.alert.service.reading import alerts_visible
from liuke.alert.store.models import Alert
from liuke.base.errors import Invalid, NotFound, TooLarge

MOST = 500
"""Alerts per bulk action."""
LONGEST_SNOOZE = timedelta(days=90)
CLOSE_REASONS = ("handled", "false_alarm", "known")
"""What a person may close with. A false alarm closed in bulk has no verdict and counts in no precision."""


@dataclass(frozen=True, slots=True)
class AlertBefore:
    """How an alert stood before a change: enough to take it back."""

    alert_id: int
    status: str
    owner_id: int | None
    snoozed_until: datetime | None
    closed_at: datetime | None
    close_reason: str


def now_of(actor: Actor) -> datetime:
    """The actor's workspace's present by its own clock."""
    return workspace_now(Workspace.objects.get(pk=actor.workspace_id))


def alerts_assign(*, actor: Actor, alert_ids: Iterable[int], owner_id: int) -> list[AlertBefore]:
    """Give open alerts to a person; closed ones stay as they are. Raises NotFound where one of the ids is not visible."""
    actor.require(Permission.ASSIGN)
    owner = assignee(actor, owner_id)
    with transaction.atomic():
        alerts = _open_ones(actor, alert_ids)
        before = [_before(alert) for alert in alerts if alert.owner_id != owner.pk]
        _ids(before).update(owner_id=owner.pk, updated_at=now_of(actor))
        _audit(actor, "alerts_assign", before, owner=owner.pk)
    return before


def alerts_snooze(*, actor: Actor, alert_ids: Iterable[int], until: datetime) -> list[AlertBefore]:
    """Hide open alerts until a moment of the workspace clock, at most 90 days ahead; a higher level wakes them."""
    actor.require(Permission.HANDLE)
    now = now_of(actor)
    if not now < until <= now + LONGEST_SNOOZE:
        raise Invalid("snooze_until", earliest=now.isoformat(), latest=(now + LONGEST_SNOOZE).isoformat())
    with transaction.atomic():
        before = [_before(alert) for alert in _open_ones(actor, alert_ids)]
        _ids(before).update(status=Alert.Status.SNOOZED, snoozed_until=until, updated_at=now)
        _audit(actor, "alerts_snooze", before, until=until.isoformat())
    return before


def alerts_close(*, actor: Actor, alert_ids: Iterable[int], reason: str, note: str = "") -> list[AlertBefore]:
    """Close open alerts as handled, false_alarm or known."""
    actor.require(Permission.HANDLE)
    if reason not in CLOSE_REASONS:
        raise Invalid("close_reason", got=reason, allowed=", ".join(CLOSE_REASONS))
    with transaction.atomic():
        before = close_rows(_open_ones(actor, alert_ids), reason=reason, at=now_of(actor))
        _audit(actor, "alerts_close", before, reason=reason, with_note=bool(note))
    return before


def close_rows(alerts: Iterable[Alert], *, reason: str, at: datetime) -> list[AlertBefore]:
    """Close these open alerts in the caller's transaction; the caller has checked who asks and audits."""
    before = [_before(alert) for alert in alerts]
    _ids(before).exclude(status=Alert.Status.CLOSED).update(
        status=Alert.Status.CLOSED, closed_at=at, updated_at=at, close_reason=reason, snoozed_until=None
    )
    return before


def reopen_rows(alerts: Iterable[Alert], *, at: datetime) -> list[int]:
    """Open closed alerts again in the caller's transaction; those whose customer has a newer open alert stay closed."""
    closed = [alert for alert in alerts if alert.status == Alert.Status.CLOSED]
    busy = set(
        Alert.objects.filter(customer_id__in=[alert.customer_id for alert in closed])
        .exclude(status=Alert.Status.CLOSED)
        .values_list("customer_id", flat=True)
    )
    reopened: list[int] = []
    for alert in closed:
        if alert.customer_id not in busy:
            busy.add(alert.customer_id)
            reopened.append(alert.pk)
    Alert.objects.filter(pk__in=reopened).update(status=Alert.Status.OPEN, closed_at=None, close_reason="", calm_since=None, updated_at=at)
    return reopened


def alerts_restore(*, actor: Actor, before: Sequence[AlertBefore]) -> list[int]:
    """Take a change back where it can be: an alert whose customer has a newer open one stays closed. Returns the ids restored."""
    with transaction.atomic():
        now = now_of(actor)
        alerts = list(alerts_visible(actor).filter(pk__in=[row.alert_id for row in before]).select_for_update(of=("self",)))
        reopened = set(reopen_rows(alerts, at=now))
        possible = {alert.pk for alert in alerts if alert.status != Alert.Status.CLOSED} | reopened
        restored = [row for row in before if row.alert_id in possible]
        for row in restored:
            Alert.objects.filter(pk=row.alert_id).update(
                status=row.status, owner_id=row.owner_id, snoozed_until=row.snoozed_until, updated_at=now
            )
        _audit(actor, "alerts_restore", restored)
    return [row.alert_id for row in restored]


def _open_ones(actor: Actor, alert_ids: Iterable[int]) -> list[Alert]:
    ids = set(alert_ids)
    if len(ids) > MOST:
        raise TooLarge("too_many_alerts", got=len(ids), limit=MOST)
    alerts = list(alerts_visible(actor).filter(pk__in=ids).order_by("id").select_for_update(of=("self",)))
    if len(alerts) < len(ids):
        raise NotFound("alert_not_found", alert=min(ids - {alert.pk for alert in alerts}))
    return [alert for alert in alerts if alert.status != Alert.Status.CLOSED]


def _ids(before: Sequence[AlertBefore]) -> QuerySet[Alert]:
    return Alert.objects.filter(pk__in=[row.alert_id for row in before])


def _before(alert: Alert) -> AlertBefore:
    return AlertBefore(alert.pk, alert.status, alert.owner_id, alert.snoozed_until, alert.closed_at, alert.close_reason)


def _audit(actor: Actor, action: str, before: Sequence[AlertBefore], **detail: object) -> None:
    if before:
        ids = [row.alert_id for row in before]
        only = ids[0] if len(ids) == 1 else ""
        audit_record(actor=actor, action=action, object_type="alert", object_id=only, detail={"alerts": ids, **detail})
