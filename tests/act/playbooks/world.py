"""A workspace with customers and a warehouse of its own, and short ways to make flows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.playbooks import service
from liuke.act.playbooks.engine.entering import triggers_run
from liuke.act.playbooks.engine.waking import Woken, enrolments_wake
from liuke.act.playbooks.engine.watching import Watched, enrolments_watch
from liuke.act.store.models import Enrolment, EnrolmentStep, Playbook
from liuke.base.times import to_us
from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.facts.store.models import Customer
from liuke.warehouse.domain.steps import Rows, Upsert
from liuke.warehouse.frames import frame_write
from liuke.warehouse.local import LocalWarehouse
from tests.factories import actor_of, make_customer, make_member, make_workspace

OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday morning in the test workspace, whose zone is UTC."""


def node(name: str, kind: str, ways: Mapping[str, str] | None = None, /, **params: Any) -> dict[str, Any]:
    """A node of a document."""
    return {"id": name, "kind": kind, "params": params, "next": dict(ways or {})}


def document(nodes: Sequence[Mapping[str, Any]], **parts: Any) -> dict[str, Any]:
    """A flow by hand without a hold-out, whose first node is the start; `parts` stand for its own."""
    plain = {
        "trigger": {"kind": "manual"}, "audience": None, "reentry": {"mode": "always"}, "holdout": {"share": 0, "why_none": "test"},
        "goal": None, "exits": [], "budget": None, "start": nodes[0]["id"], "nodes": [dict(one) for one in nodes],
    }  # fmt: skip
    return plain | parts


@dataclass
class Fleet:
    """Everything that a test of flows needs; `now` is its clock."""

    workspace: Workspace
    warehouse: LocalWarehouse
    admin: Membership
    manager: Membership
    customers: list[Customer]
    now: datetime = OPENS

    @property
    def actor(self) -> Actor:
        """The administrator asking."""
        return actor_of(self.admin)

    def later(self, *, days: float = 0, hours: float = 0) -> Fleet:
        """Move the clock on."""
        self.now += timedelta(days=days, hours=hours)
        Workspace.objects.filter(pk=self.workspace.pk).update(simulated_as_of=self.now)
        self.workspace.simulated_as_of = self.now
        return self

    def playbook(self, spec: Mapping[str, Any], *, kind: str = "winback", name: str = "flow") -> Playbook:
        """A flow that is published and on."""
        made = service.playbook_create(actor=self.actor, text=service.PlaybookText(name, "", kind, spec))
        service.playbook_publish(actor=self.actor, playbook_id=made.pk)
        return service.playbook_enable(actor=self.actor, playbook_id=made.pk, enabled=True)

    def enrol(self, playbook: Playbook, customers: Sequence[Customer] | None = None) -> service.Enrolled:
        """Put customers in by hand; all of them if none are named."""
        ids = [one.pk for one in (self.customers if customers is None else customers)]
        return service.enrol_manual(actor=self.actor, warehouse=self.warehouse, playbook_id=playbook.pk, customer_ids=ids)

    def wake(self, **more: Any) -> Woken:
        """Step everybody who is due."""
        return enrolments_wake(workspace=self.workspace, warehouse=self.warehouse, now=self.now, **more)

    def watch(self) -> Watched:
        """Look for goals and exits."""
        return enrolments_watch(workspace=self.workspace, warehouse=self.warehouse, now=self.now)

    def triggers(self, **more: Any) -> Any:
        """Look for occurrences."""
        return triggers_run(workspace=self.workspace, warehouse=self.warehouse, as_of=self.now, **more)

    def frame(self, rows: Mapping[int, Mapping[str, Any]]) -> None:
        """The last scoring's frame: columns by customer id."""
        names = sorted({name for row in rows.values() for name in row})
        columns: dict[str, list[Any]] = {"customer_id": list(rows), **{name: [row.get(name) for row in rows.values()] for name in names}}
        table = pa.table({name: pa.array(values, pa.int64() if name == "customer_id" else None) for name, values in columns.items()})
        frame_write(self.warehouse, self.workspace.pk, as_of_us=to_us(self.now), frame=table)

    def happens(self, customer: Customer, kind: str, at: datetime | None = None, **fields: Any) -> None:
        """An activity that is known when it happens."""
        us = to_us(at or self.now - timedelta(seconds=1))
        row = {
            "source": "test", "activity_id": f"{customer.pk}:{kind}:{us}", "customer_id": customer.pk, "ts_us": us, "known_us": us,
            "kind": kind, "value": None, "channel": None, "actor": None, "attrs": "{}",
        } | fields  # fmt: skip
        table = pa.Table.from_pylist([{name: row.get(name) for name in ACTIVITY_SCHEMA.names}], schema=ACTIVITY_SCHEMA)
        self.warehouse.transact(self.workspace.pk, None, [Upsert(Rows.of(table))])


def fleet_made(warehouse: LocalWarehouse, customers: int = 3, **fields: Any) -> Fleet:
    """A workspace in UTC on a simulated clock; one manager owns every customer."""
    workspace = make_workspace(**({"simulated_as_of": OPENS, "time_zone": "UTC"} | fields))
    admin, manager = make_member(workspace, Role.ADMIN), make_member(workspace, Role.MANAGER)
    return Fleet(workspace, warehouse, admin, manager, [make_customer(workspace, owner=manager) for _ in range(customers)])


def stays(playbook: Playbook) -> list[Enrolment]:
    """Its enrolments in order of entry."""
    return list(Enrolment.objects.filter(playbook=playbook).order_by("pk"))


def path(enrolment: Enrolment) -> list[tuple[str, str]]:
    """The nodes that it left, with the way it took."""
    return list(EnrolmentStep.objects.filter(enrolment=enrolment).order_by("seq").values_list("node", "outlet"))
