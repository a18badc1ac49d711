"""Any cut of a stream into batches, and any batch written again, leaves the same state (property)."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuke.align.domain.batch import AlignedBatch, CustomerRow, Written
from liuke.facts.service import batch_write
from liuke.facts.store.models import Customer
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_workspace
from tests.facts.activities import Row, activity, line, table

pytestmark = pytest.mark.django_db
_numbers = count(1)
CUSTOMERS = st.sampled_from(["C1", "C2", "C3"])
LINES = st.builds(
    lambda number, order, value, customer, gone, ts: line(
        f"l{number}", f"o{order}", value, customer=customer, ts=ts, attrs={"cancelled": True} if gone else {}
    ),
    st.integers(1, 6),
    st.integers(1, 3),
    st.sampled_from([-4.0, 0.0, 0.1, 2.5]),
    CUSTOMERS,
    st.booleans(),
    st.integers(1, 4),
)
MESSAGES = st.builds(
    lambda number, value, customer: activity(f"m{number}", value=value, customer=customer),
    st.integers(1, 4),
    st.sampled_from([None, 1.0]),
    CUSTOMERS,
)
NAMED = st.builds(CustomerRow, CUSTOMERS, st.sampled_from(["", "Acme", "Best"]), attributes=st.sampled_from([{}, {"city": "Leeds"}]))
State = tuple[list[dict[str, object]], list[tuple[object, ...]]]


class Space:
    """A workspace of one example; `write` makes one batch of rows."""

    def __init__(self, directory: Path) -> None:
        self.workspace = make_workspace()
        self.warehouse = LocalWarehouse(directory / f"w{next(_numbers)}")

    def write(self, rows: list[Row], customers: list[CustomerRow]) -> Written:
        batch = AlignedBatch(f"b{next(_numbers)}", [table(rows)], customers)
        return batch_write(workspace=self.workspace, batch=batch, warehouse=self.warehouse)

    def state(self) -> State:
        keys = dict(Customer.objects.filter(workspace=self.workspace).values_list("pk", "key"))
        sql = "SELECT * EXCLUDE (content) FROM activity ORDER BY source, activity_id"
        found = self.warehouse.query(self.workspace.pk, sql).to_pylist()
        customers = Customer.objects.filter(workspace=self.workspace).order_by("key").values_list("key", "name", "attributes")
        return [row | {"customer_id": keys[row["customer_id"]]} for row in found], list(customers)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(LINES | MESSAGES, min_size=1, max_size=14), named=st.lists(NAMED, max_size=4), cut=st.integers(0, 14), again=st.booleans()
)
def test_cuts_and_repetitions_change_nothing(tmp_path: Path, rows: list[Row], named: list[CustomerRow], cut: int, again: bool) -> None:
    whole, parts = Space(tmp_path), Space(tmp_path)
    told = whole.write(rows, named)
    written = [parts.write(rows[:cut], named), parts.write(rows[cut:], [])]  # cuts among customers: test_merge
    assert parts.state() == whole.state()
    assert [sum(getattr(each, name) for each in written) for name in ("new", "changed", "same")] == [told.new, told.changed, told.same]
    assert told.new + told.changed + told.same == len(rows) + len(named)
    before = whole.state()
    repeated = whole.write(rows[cut:] if again else rows, named)
    assert repeated.new == repeated.customers_new == 0
    assert whole.state() == before
    whole.warehouse.close()
    parts.warehouse.close()
