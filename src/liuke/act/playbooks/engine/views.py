"""Loads what the steps of a batch look at: a few queries, whatever the batch's size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

import pyarrow as pa

from liuke.accounts.service.calendar import calendar_of
from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.domain.happenings import REPLY
from liuke.act.playbooks.domain.view import Event, Hours, Rate, View
from liuke.act.playbooks.engine.flows import Flow, Needs
from liuke.act.store.models import CustomerMessage, EnrolmentStep, PlaybookApproval
from liuke.act.store.models_playbooks import RUNNING
from liuke.base.times import from_us, local_day, to_us
from liuke.rules.evaluate import Row
from liuke.warehouse import Warehouse
from liuke.warehouse.frames import frame_schema

CHUNK = 500


def view_of(
    *,
    workspace: Workspace,
    warehouse: Warehouse,
    flow: Flow,
    customers: Collection[int],
    enrolments: Collection[int],
    since: datetime,
    now: datetime,
) -> View:
    """The world of these customers as of `now`; events after `since`."""
    needs = flow.needs
    return View(
        now=now,
        hours=hours_of(workspace, now),
        rows=frame_rows(warehouse, workspace.pk, needs.columns, customers),
        events=events_of(workspace, warehouse, needs.kinds, customers, since=since, now=now),
        rates=rates_of(flow.playbook.pk, needs, now),
        approvals=_approvals(enrolments) if needs.approvals else {},
    )


def hours_of(workspace: Workspace, now: datetime) -> Hours:
    """When the workspace's people work."""
    return Hours(workspace.time_zone, calendar_of(workspace, year=local_day(now, workspace.time_zone).year))


def frame_rows(
    warehouse: Warehouse, workspace_id: int, columns: Collection[str], customers: Collection[int] | None, fresh: pa.Table | None = None
) -> dict[int, Row]:
    """Rows of the last scoring's frame, by customer; None = everybody. `fresh` rows (of a rescoring since) stand for the stored ones."""
    if not columns:
        return {}
    found = _stored(warehouse, workspace_id, columns, customers)
    return found if fresh is None or not fresh.num_rows else found | _fresh(fresh, columns, customers)


def _stored(warehouse: Warehouse, workspace_id: int, columns: Collection[str], customers: Collection[int] | None) -> dict[int, Row]:
    known = sorted(set(columns) & set(frame_schema(warehouse, workspace_id)))
    if not known or (customers is not None and not customers):
        return {}
    names = ", ".join(f'"{name}"' for name in ("customer_id", *known))
    if customers is None:
        return _by_customer(warehouse.query(workspace_id, f"SELECT {names} FROM frame", []))
    where = "WHERE customer_id IN (SELECT unnest(?))"
    return _by_customer(warehouse.query(workspace_id, f"SELECT {names} FROM frame {where}", [sorted(customers)]))


def _fresh(fresh: pa.Table, columns: Collection[str], customers: Collection[int] | None) -> dict[int, Row]:
    rows = _by_customer(fresh.select(["customer_id", *sorted(set(columns) & set(fresh.column_names))]))
    return rows if customers is None else {customer: row for customer, row in rows.items() if customer in customers}


def _by_customer(table: pa.Table) -> dict[int, Row]:
    return {int(row.pop("customer_id")): row for row in table.to_pylist()}


def events_of(
    workspace: Workspace, warehouse: Warehouse, kinds: Collection[str], customers: Collection[int], *, since: datetime, now: datetime
) -> dict[int, list[Event]]:
    """What these customers did in `(since, now)`, oldest first; replies to messages are `reply`."""
    found: defaultdict[int, list[Event]] = defaultdict(list)
    if not kinds or not customers:
        return found
    sql = """SELECT customer_id, kind, ts_us FROM activity
        WHERE kind IN (SELECT unnest(?)) AND ts_us > ? AND ts_us < ? AND known_us < ? AND customer_id IN (SELECT unnest(?))
        ORDER BY ts_us"""
    now_us = to_us(now)
    table = warehouse.query(workspace.pk, sql, [sorted(kinds), to_us(since), now_us, now_us, sorted(customers)])
    for row in table.to_pylist():
        found[row["customer_id"]].append(Event(row["kind"], from_us(row["ts_us"])))
    if REPLY in kinds:
        for customer, at in replies_between(workspace, since, now, customers):
            found[customer].append(Event(REPLY, at))
    return {customer: sorted(events, key=lambda event: event.at) for customer, events in found.items()}


def replies_between(
    workspace: Workspace, since: datetime, now: datetime, customers: Collection[int] | None = None
) -> Iterable[tuple[int, datetime]]:
    """Customers who replied to a message of ours, and when."""
    rows = CustomerMessage.objects.filter(workspace=workspace, replied_at__gt=since, replied_at__lte=now)
    found = rows.values_list("customer_id", "replied_at")
    return [(customer, at) for customer, at in found if at is not None and (customers is None or customer in customers)]


def rates_of(playbook_id: int, needs: Needs, now: datetime) -> Mapping[tuple[str, str], Rate]:
    """Per adaptive node the response of way `a`: of the last N enrolments that took it and whose time for the goal is over, or that
    reached it, how many did."""
    found: dict[tuple[str, str], Rate] = {}
    for node, last in needs.adaptive:
        steps = EnrolmentStep.objects.filter(enrolment__playbook_id=playbook_id, node=node, outlet="a", at__lte=now)
        over = steps.exclude(enrolment__status__in=RUNNING, enrolment__goal_at__isnull=True)
        over = over.exclude(enrolment__goal_until__gt=now, enrolment__goal_at__isnull=True)
        reached = list(over.order_by("-at", "-pk").values_list("enrolment__goal_at", flat=True)[:last])
        found[node, "a"] = Rate(sum(at is not None for at in reached), len(reached))
    return found


def _approvals(enrolments: Collection[int]) -> dict[tuple[int, int], bool]:
    listed: Sequence[int] = sorted(enrolments)
    found: dict[tuple[int, int], bool] = {}
    for start in range(0, len(listed), CHUNK):
        rows = PlaybookApproval.objects.filter(enrolment_id__in=listed[start : start + CHUNK], approved__isnull=False)
        for enrolment, seq, approved in rows.values_list("enrolment_id", "seq", "approved"):
            found[enrolment, seq] = approved is True
    return found
