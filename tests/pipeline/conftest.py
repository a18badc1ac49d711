"""A small shop whose customers behave in ways that a reader can predict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, Workspace
from liuke.align.domain.batch import AlignedBatch, CustomerRow
from liuke.base.times import to_us
from liuke.facts.service import batch_write
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_member, make_team, make_workspace
from tests.facts.activities import Row, activity, table

OPENS = datetime(2026, 3, 2, tzinfo=UTC)
"""A Monday."""


@dataclass(frozen=True, slots=True)
class Shop:
    """The workspace, its warehouse, and the manager who owns every customer."""

    workspace: Workspace
    warehouse: LocalWarehouse
    manager: Membership

    def order(self, customer: str, days_before: float, amount: float = 500.0) -> Row:
        """One order, `days_before` the shop opens (negative: afterwards)."""
        at = OPENS - timedelta(days=days_before)
        return activity(f"{customer}:{to_us(at)}", customer=customer, kind="order.placed", ts=to_us(at), value=amount, source="shop")

    def write(self, batch_id: str, rows: list[Row], customers: tuple[str, ...] = ()) -> None:
        """Bring rows in as an import would."""
        people = [CustomerRow(key=key, name=f"Shop {key}", owner_email=self.manager.user.email) for key in customers]
        batch_write(workspace=self.workspace, batch=AlignedBatch(batch_id, [table(rows)], people), warehouse=self.warehouse)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """`steady` buys every week up to the end of the data; `fading` stopped 100 days ago; `gone` 300 days ago."""
    workspace = make_workspace(simulated_as_of=OPENS, time_zone="UTC", currency="GBP")
    team = make_team(workspace)
    manager = make_member(workspace, Role.MANAGER, team=team)
    make_member(workspace, Role.SUPERVISOR, team=team)
    made = Shop(workspace, LocalWarehouse(tmp_path / "warehouse"), manager)
    weeks = range(-12, 52)
    rows = [made.order("steady", 7 * week + 0.5) for week in weeks]
    rows += [made.order("fading", 100 + 10 * number, 2_000) for number in range(30)]
    rows += [made.order("gone", 300 + 10 * number) for number in range(5)]
    made.write("first", rows, ("steady", "fading", "gone"))
    yield made
    made.warehouse.close()
