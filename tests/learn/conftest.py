"""Fixtures: the small company of the alert tests, and a shop with four years of orders for looking back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, Workspace
from liuke.align.domain.batch import AlignedBatch, CustomerRow
from liuke.base.times import to_us
from liuke.facts.service import batch_write
from liuke.facts.store.models import Customer
from liuke.warehouse.local import LocalWarehouse
from tests.alert.conftest import acme, stranger
from tests.factories import actor_of, make_member, make_workspace
from tests.facts.activities import Row, activity, table

__all__ = ["acme", "stranger"]
NOW = datetime(2026, 3, 1, tzinfo=UTC)
CHURN_DAYS = 60


@dataclass(frozen=True, slots=True)
class Past:
    """A workspace at `NOW`: lost after 60 days without an order. Its people, and its orders in a warehouse of its own."""

    workspace: Workspace
    warehouse: LocalWarehouse
    operations: Membership

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return actor_of(self.operations)

    def order(self, customer: str, days_before: float, amount: float = 100.0, known_later: float = 0.0) -> Row:
        """An order so many days before `NOW`, known so many days after it happened."""
        at = to_us(NOW - timedelta(days=days_before))
        known = at + int(known_later * 86_400_000_000)
        return activity(
            f"{customer}:{at}", customer=customer, kind="order.placed", ts=at, known_us=known, value=amount, source="shop"
        )  # fmt: skip

    def write(self, batch_id: str, rows: list[Row], customers: tuple[str, ...] = ()) -> None:
        """Bring rows in as an import would."""
        people = [CustomerRow(key=key, name=f"Shop {key}", attributes={"region": "east"}) for key in customers]
        batch_write(workspace=self.workspace, batch=AlignedBatch(batch_id, [table(rows)], people), warehouse=self.warehouse)

    def id_of(self, key: str) -> int:
        """A customer's id."""
        return int(Customer.objects.get(workspace=self.workspace, key=key).pk)


@pytest.fixture
def past(tmp_path: Path) -> Iterator[Past]:
    """`steady` buys every ten days to the end; `fades` slows down and stops 300 days ago; `stops` stops as suddenly 200 days ago."""
    workspace = make_workspace(simulated_as_of=NOW, time_zone="UTC", churn={"kinds": ["order.placed"], "days": CHURN_DAYS})
    made = Past(workspace, LocalWarehouse(tmp_path / "warehouse"), make_member(workspace, Role.OPERATIONS))
    rows = [made.order("steady", 10 * nth + 0.5) for nth in range(60)]
    rows += [made.order("fades", 300 + gap, 100 - gap / 10) for gap in (0, 40, 70, 95, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200)]
    rows += [made.order("stops", 200 + 10 * nth) for nth in range(30)]
    made.write("first", rows, ("steady", "fades", "stops"))
    yield made
    made.warehouse.close()
