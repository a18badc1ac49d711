"""Reads and writes of a review, in bulk: a few statements whatever the number of customers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, Subquery

from liuke.accounts.store.models import Workspace
from liuke.alert.domain.lifecycle import AlertState
from liuke.alert.domain.silence import Mute, Past
from liuke.alert.store.models import Alert, AlertPush
from liuke.facts.store.models import Customer
from liuke.score.domain.levels import Level

_FEW = 500
"""Up to so many customers are asked for by id; more are read with their whole workspace."""


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One open or snoozed alert as a review needs it."""

    alert_id: int
    customer_id: int
    owner_id: int | None
    origin: str
    opened_at: datetime
    pushed_at: datetime | None
    released_at: datetime | None
    expected_loss: float
    state: AlertState


def review_lock(workspace_id: int) -> None:
    """One review of a workspace at a time, until the transaction ends; rows that refer to it may still be written."""
    list(Workspace.objects.select_for_update(no_key=True).filter(pk=workspace_id).values_list("pk"))


def _those(customers: Collection[int] | None) -> dict[str, object]:
    """The condition that names a few customers; none for everybody."""
    return {} if customers is None else {"customer_id__in": sorted(customers)}


def adopt(workspace_id: int, customers: Collection[int] | None = None) -> int:
    """Open alerts that nobody owns go to their customer's owner, where there is one by now. How many."""
    owner = Customer.objects.filter(pk=OuterRef("customer_id")).values("owner_id")[:1]
    orphans = Alert.objects.filter(workspace_id=workspace_id, owner__isnull=True, customer__owner__isnull=False, **_those(customers))
    return orphans.exclude(status=Alert.Status.CLOSED).update(owner_id=Subquery(owner))


def open_alerts(workspace_id: int, *, opened_at: datetime | None = None, customers: Collection[int] | None = None) -> dict[int, OpenRow]:
    """Every alert of the workspace that is not closed, or only those opened at a moment or of some, by customer; locked until the end."""
    when = _those(customers) | ({} if opened_at is None else {"opened_at": opened_at})
    rows = Alert.objects.select_for_update().filter(workspace_id=workspace_id, **when).exclude(status=Alert.Status.CLOSED).values_list(
        "id", "customer_id", "owner_id", "origin", "opened_at", "pushed_at", "released_at", "expected_loss",
        "level", "score", "peak_score", "fingerprint", "level_since", "calm_since", "snoozed_until", "raised_by",
    )  # fmt: skip
    return {row[1]: OpenRow(*row[:7], float(row[7]), AlertState(Level(row[8]), *row[9:15], tuple(row[15]))) for row in rows}


def standings(workspace_id: int, customer_ids: Sequence[int]) -> dict[int, tuple[str, int | None]]:
    """(status, owner) by customer. Customers of another workspace are absent: they cannot be alerted here."""
    rows = Customer.objects.filter(workspace_id=workspace_id)
    if len(customer_ids) <= _FEW:
        rows = rows.filter(pk__in=customer_ids)
    return {key: (status, owner) for key, status, owner in rows.values_list("id", "status", "owner_id")}


def pasts(workspace_id: int, *, as_of: datetime, repeat_after_days: int, customers: Collection[int] | None = None) -> dict[int, Past]:
    """What may hold a raise back, by customer: the last close inside the repeat interval, and living mutes."""
    since = as_of - timedelta(days=repeat_after_days + 1)
    rows = (
        Alert.objects.filter(workspace_id=workspace_id, status=Alert.Status.CLOSED, **_those(customers))
        .filter(Q(closed_at__gte=since) | Q(muted_until__gt=as_of))
        .order_by("closed_at")
        .values_list("customer_id", "level", "closed_at", "close_reason", "muted")
    )
    found: dict[int, Past] = {}
    for customer_id, level, closed_at, close_reason, muted in rows:
        earlier = found[customer_id].mutes if customer_id in found else ()
        mutes = tuple(Mute.from_plain(entry) for entry in muted)
        if closed_at is not None:
            found[customer_id] = Past(Level(level), closed_at, close_reason, earlier + mutes)
    return found


def told_between(workspace_id: int, start: datetime, end: datetime) -> tuple[Counter[int], Counter[int]]:
    """(pushes, releases) per membership in `[start, end)`."""
    within = {"released_at__gte": start, "released_at__lt": end}
    released = Alert.objects.filter(workspace_id=workspace_id, told_to__isnull=False, **within)
    return pushes_of_day(workspace_id, start, end), Counter(released.values_list("told_to_id", flat=True))


def pushes_of_day(workspace_id: int, start: datetime, end: datetime) -> Counter[int]:
    """Pushes per membership in `[start, end)`; copies and escalations count."""
    rows = AlertPush.objects.filter(workspace_id=workspace_id, at__gte=start, at__lt=end)
    return Counter(rows.values_list("recipient_id", flat=True))


def pushes_add(workspace_id: int, kind: str, pushes: Iterable[tuple[int | None, int]], *, as_of: datetime) -> None:
    """Keep pushes of (alert, membership): the budget of the day counts them."""
    AlertPush.objects.bulk_create(
        AlertPush(workspace_id=workspace_id, alert_id=alert_id, recipient_id=person, kind=kind, at=as_of) for alert_id, person in pushes
    )


@dataclass(frozen=True, slots=True)
class Write:
    """The new contents of one alert; `reasons` is JSON text."""

    state: AlertState
    reasons: str
    annual_value: float
    expected_loss: float
    tier: str = ""


_STATE = ("status", "level", "score", "peak_score", "fingerprint", "level_since", "calm_since", "snoozed_until", "raised_by", "updated_at")
_CONTENT = ("reasons", "annual_value", "expected_loss", "tier")


def insert(rows: Iterable[tuple[int, int | None, Write]], *, workspace_id: int, origin: str, as_of: datetime) -> None:
    """New alerts of (customer, owner, contents). A customer who already has an open one breaks the unique constraint."""
    columns = ("workspace_id", "customer_id", "owner_id", "origin", "opened_at", "muted", "close_reason", *_STATE, *_CONTENT)
    values = [
        [workspace_id, customer_id, owner_id, origin, as_of, "[]", "", *_state(write, as_of), *_content(write)]
        for customer_id, owner_id, write in rows
    ]
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    _run_many(f"INSERT INTO {_table()} ({names}) VALUES ({marks})", values)


def make_stock(workspace_id: int) -> None:
    """What was found before anybody worked with the product belongs to the 存量风险清单."""
    Alert.objects.filter(workspace_id=workspace_id).exclude(status=Alert.Status.CLOSED).update(origin=Alert.Origin.STOCK)


def update(rows: Iterable[tuple[int, Write]], *, as_of: datetime) -> None:
    """New contents by alert id."""
    values = [[*_state(write, as_of), *_content(write), alert_id] for alert_id, write in rows]
    columns = (*_STATE, *_CONTENT)
    settings = ", ".join(f"{connection.ops.quote_name(column)} = %s" for column in columns)
    _run_many(f"UPDATE {_table()} SET {settings} WHERE id = %s", values)


def close(reasons: Mapping[str, Sequence[int]], *, as_of: datetime) -> None:
    """Close alerts: reason → ids."""
    for reason, ids in reasons.items():
        for start in range(0, len(ids), _FEW):
            Alert.objects.filter(pk__in=ids[start : start + _FEW]).update(
                status=Alert.Status.CLOSED, closed_at=as_of, updated_at=as_of, close_reason=reason, snoozed_until=None
            )


def tell(field: str, alerts: Iterable[tuple[int, int | None]], *, as_of: datetime) -> None:
    """Mark (alert, reader) as told: `field` is pushed_at or released_at."""
    for alert_id, owner_id in alerts:
        Alert.objects.filter(pk=alert_id).update(**{field: as_of, "told_to_id": owner_id})


def _table() -> str:
    return str(connection.ops.quote_name(Alert._meta.db_table))


def _state(write: Write, as_of: datetime) -> list[Any]:
    state = write.state
    status = Alert.Status.SNOOZED if state.snoozed_until else Alert.Status.OPEN
    return [
        status.value, state.level.value, state.score, state.peak_score, state.fingerprint,
        state.level_since, state.calm_since, state.snoozed_until, json.dumps(list(state.raised_by)), as_of,
    ]  # fmt: skip


def _content(write: Write) -> list[Any]:
    """Amounts as decimal text: every database reads it into its own exact type."""
    return [write.reasons, f"{write.annual_value:.2f}", f"{write.expected_loss:.2f}", write.tier]


def _run_many(sql: str, values: list[list[Any]]) -> None:
    """`executemany`: ten times cheaper than bulk_update, the same on both databases. JSON columns take their text as it is."""
    if not values:
        return
    moments: dict[datetime, Any] = {}
    for row in values:
        for index, value in enumerate(row):
            if isinstance(value, datetime):
                if value not in moments:
                    moments[value] = connection.ops.adapt_datetimefield_value(value)
                row[index] = moments[value]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)
