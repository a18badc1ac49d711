"""Alerts, answers and cards for the tests of 团队 and the weekly report, on the small company of the alert tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from liuke.accounts.store.models import Membership
from liuke.act.store.models import FollowUp, WorkItem
from liuke.alert.store.models import Alert, Verdict
from liuke.facts.store.models import Customer
from liuke.show.queries.reader import Reader
from liuke.show.store.models import CustomerCard
from tests.alert.world import Company, reason

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def reader_of(company: Company, member: Membership, now: datetime, language: str = "zh-CN") -> Reader:
    """That member reading at a moment."""
    return Reader(company.actor(member), company.workspace, now, language)


def alert_of(customer: Customer, opened: datetime, *, loss: float = 1_000, item: dict[str, Any] | None = None, **fields: Any) -> Alert:
    """An open alert of the customer's owner with its work item."""
    worth = {"level": "high", "score": 92, "peak_score": 92, "annual_value": 2 * loss, "expected_loss": loss, "reasons": [reason()]}
    stamps = {"opened_at": opened, "updated_at": opened, "level_since": opened, "pushed_at": opened}
    given = {"workspace": customer.workspace, "customer": customer, "owner": customer.owner} | worth | stamps | fields
    alert = Alert.objects.create(**given)
    todo = {"kind": "winback", "owner": alert.owner, "created_at": opened} | (item or {})
    WorkItem.objects.create(workspace=customer.workspace, customer=customer, alert=alert, **todo)
    return alert


def answered(alert: Alert, at: datetime, result: str = "reached") -> None:
    """A follow-up on the alert."""
    FollowUp.objects.create(work_item=alert.workitem, at=at, result=result, request_key=f"{alert.pk}:{at}")


def judged(alert: Alert, verdict: str, at: datetime, **fields: Any) -> None:
    """A verdict on the alert."""
    Verdict.objects.create(alert=alert, verdict=verdict, at=at, **fields)


def card_of(customer: Customer, **fields: Any) -> CustomerCard:
    """The customer's card: high value, at high risk, in the owner's team."""
    owner = customer.owner
    worth = {"tier": "high", "level": "high", "score": 92, "annual_value": 9_000, "expected_loss": 8_000, "reasons": [reason()]}
    given = {"workspace": customer.workspace, "key": customer.key, "name": customer.name, "status": "active"} | worth | fields
    return CustomerCard.objects.create(customer=customer, owner=owner, team=owner.team if owner else None, **given)
