"""A batch is written once, counted exactly, and says the same however often it comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from liuke.accounts.store.models import Workspace
from liuke.align.domain.batch import AlignedBatch, ContactRow, ContractRow, CustomerRow, OpportunityRow, Written
from liuke.base.errors import Invalid
from liuke.base.times import to_us
from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.facts.domain.kinds import Kind
from liuke.facts.service import batch_write
from liuke.facts.store.models import AttributeVersion, Contact, Contract, Customer, Opportunity
from liuke.warehouse.domain import upsert
from liuke.warehouse.domain.schema import ACTIVITY_IN
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_member, make_workspace
from tests.facts.activities import Row, activity, line, table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ONE = Written(1, 0, 0, 0)


@pytest.fixture
def workspace() -> Workspace:
    return make_workspace(simulated_as_of=NOW)


@pytest.fixture
def warehouse(tmp_path: Path) -> LocalWarehouse:
    return LocalWarehouse(tmp_path)


def write(workspace: Workspace, warehouse: LocalWarehouse, batch_id: str, rows: Sequence[Row] = (), **entities: object) -> Written:
    batch = AlignedBatch(batch_id, [table(rows)] if rows else [], **entities)  # type: ignore[arg-type]
    return batch_write(workspace=workspace, batch=batch, warehouse=warehouse)


def stored(workspace: Workspace, warehouse: LocalWarehouse, columns: str, where: str = "true") -> list[tuple[object, ...]]:
    rows = warehouse.query(workspace.pk, f"SELECT {columns} FROM activity WHERE {where} ORDER BY ALL").to_pylist()
    return [tuple(row.values()) for row in rows]


def test_the_warehouse_takes_exactly_the_columns_and_kinds_of_facts() -> None:
    assert [(field.name, field.type) for field in ACTIVITY_IN] == [(field.name, field.type) for field in ACTIVITY_SCHEMA]
    assert (upsert.LINE_KIND, upsert.PLACED_KIND, upsert.CANCELLED_KIND) == (Kind.ORDER_LINE, Kind.ORDER_PLACED, Kind.ORDER_CANCELLED)


def test_unknown_customers_of_activities_are_created_and_named_by_their_key(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    written = write(workspace, warehouse, "b1", [activity("a"), activity("b", customer="C2"), activity("c")])
    assert written == Written(new=3, changed=0, same=0, customers_new=2)
    assert sorted(Customer.objects.filter(workspace=workspace).values_list("key", "name")) == [("C1", "C1"), ("C2", "C2")]
    ids = dict(Customer.objects.values_list("key", "pk"))
    assert stored(workspace, warehouse, "activity_id, customer_id") == [("a", ids["C1"]), ("b", ids["C2"]), ("c", ids["C1"])]


def test_the_same_batch_again_answers_the_same_and_changes_nothing(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    first = write(workspace, warehouse, "b1", [activity("a")], customers=[CustomerRow("C1", "Acme")])
    assert first == Written(new=2, changed=0, same=0, customers_new=1)
    assert write(workspace, warehouse, "b1", [activity("other")]) == first
    assert stored(workspace, warehouse, "activity_id") == [("a",)]


def test_the_same_file_under_another_batch_id_is_the_same(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    rows = [line("l1", "o1", 5.0), line("l2", "o1", 2.5), activity("a")]
    customers = [CustomerRow("C1", "Acme", attributes={"city": "Leeds"})]
    write(workspace, warehouse, "b1", rows, customers=customers)
    before = stored(workspace, warehouse, "*")
    later = [row | {"known_us": 9_999} for row in rows]
    assert write(workspace, warehouse, "b2", later, customers=customers) == Written(new=0, changed=0, same=4)
    assert stored(workspace, warehouse, "*") == before


def test_a_correction_replaces_the_row_with_its_id_of_its_source(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    write(workspace, warehouse, "b1", [activity("a", value=1.0), activity("a", source="other", value=1.0)])
    assert write(workspace, warehouse, "b2", [activity("a", value=2.0)]) == Written(new=0, changed=1, same=0)
    assert stored(workspace, warehouse, "source, value") == [("other", 1.0), ("s", 2.0)]


def test_order_totals_follow_all_lines_of_the_order(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    write(workspace, warehouse, "b1", [line("l1", "o1", 5.0, ts=20, quantity=2), line("l2", "o1", 2.5, ts=10)])
    total = "activity_id, kind, value, ts_us, attrs"
    assert stored(workspace, warehouse, total, "kind <> 'order.line'") == [
        ("order:o1", "order.placed", 7.5, 10, '{"order_id":"o1","lines":2,"quantity":3}')
    ]
    assert write(workspace, warehouse, "b2", [line("l3", "o1", -10.0, ts=30)]) == ONE
    assert stored(workspace, warehouse, "kind, value", "kind <> 'order.line'") == [("order.cancelled", 2.5)]


def test_an_order_whose_lines_are_all_cancelled_is_cancelled_with_a_positive_value(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    gone = {"cancelled": True}
    write(workspace, warehouse, "b1", [line("l1", "o1", 5.0, attrs=gone), line("l2", "o2", -4.0, attrs=gone), line("l3", "o3", 9.0)])
    write(workspace, warehouse, "b2", [line("l4", "o3", 3.0, attrs=gone)])
    assert stored(workspace, warehouse, "activity_id, kind, value", "kind <> 'order.line'") == [
        ("order:o1", "order.cancelled", 5.0),
        ("order:o2", "order.cancelled", 4.0),
        ("order:o3", "order.placed", 9.0),
    ]


def test_a_line_that_moves_to_another_order_leaves_no_total_behind(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    write(workspace, warehouse, "b1", [line("l1", "o1", 5.0)])
    write(workspace, warehouse, "b2", [line("l1", "o2", 5.0)])
    assert stored(workspace, warehouse, "activity_id", "kind <> 'order.line'") == [("order:o2",)]


def test_totals_that_come_with_their_lines_are_not_rows_of_the_source(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    given = activity("order:o1", kind="order.placed", value=99.0, attrs={"order_id": "o1"})
    header = activity("order:o2", kind="order.placed", value=8.0, attrs={"order_id": "o2"})
    late = {"in_stock": False, "late_days": 3}
    assert write(workspace, warehouse, "b1", [line("l1", "o1", 5.0, attrs=late), given, header]).new == 2
    assert stored(workspace, warehouse, "activity_id, value, attrs->'short_of_stock'", "kind = 'order.placed'") == [
        ("order:o1", 5.0, "true"),
        ("order:o2", 8.0, None),
    ]


def test_blank_fields_keep_what_is_known(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    owner = make_member(workspace, email="li@example.test")
    full = CustomerRow("C1", "Acme", "LI@example.test", NOW, {"city": "Leeds"}, ["name"])
    assert write(workspace, warehouse, "b1", customers=[full]) == Written(1, 0, 0, 1)
    blank = CustomerRow("C1", "", "nobody@example.test", None, {"city": "", "segment": "A"})
    assert write(workspace, warehouse, "b2", customers=[blank]) == Written(0, 1, 0, 0)
    customer = Customer.objects.get(workspace=workspace, key="C1")
    assert (customer.name, customer.owner_id, customer.registered_at) == ("Acme", owner.pk, NOW)
    assert (customer.attributes, customer.sample_fields) == ({"city": "Leeds", "segment": "A"}, ["name"])


def test_changed_attributes_and_owners_leave_intervals(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    first, second = make_member(workspace, email="a@example.test"), make_member(workspace, email="b@example.test")
    born = datetime(2020, 1, 1, tzinfo=UTC)
    write(workspace, warehouse, "b1", customers=[CustomerRow("C1", "Acme", "a@example.test", born, {"city": "Leeds"})])
    assert not AttributeVersion.objects.exists()
    write(workspace, warehouse, "b2", customers=[CustomerRow("C1", "", "b@example.test", None, {"city": "York"})])
    intervals = AttributeVersion.objects.order_by("name", "valid_from").values_list("name", "value", "valid_from", "valid_to")
    assert list(intervals) == [
        ("city", "Leeds", born, NOW),
        ("city", "York", NOW, None),
        ("owner", first.pk, born, NOW),
        ("owner", second.pk, NOW, None),
    ]


def test_contacts_contracts_and_opportunities_are_counted_like_everything_else(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    contact = ContactRow("C1", "p1", "Wang", phone="13812342206", is_key=True)
    contract = ContractRow("C1", "k1", "Frame", None, date(2026, 5, 1), Decimal("1000.005"), "CNY")
    deal = OpportunityRow("C2", "d1", "Renewal", "quoted", Decimal(5), None, NOW)

    def told(batch_id: str) -> Written:
        return write(workspace, warehouse, batch_id, contacts=[contact, contact], contracts=[contract], opportunities=[deal])

    assert told("b1") == Written(new=3, changed=0, same=1, customers_new=2)
    assert told("b2") == Written(new=0, changed=0, same=4)
    moved = ContactRow("C1", "p1", "", title="CFO")
    assert write(workspace, warehouse, "b3", contacts=[moved]) == Written(new=0, changed=1, same=0)
    assert list(Contact.objects.values_list("name", "title", "phone", "is_key")) == [("Wang", "CFO", "13812342206", True)]
    assert (Contract.objects.count(), Opportunity.objects.get().stage) == (1, "quoted")


def test_an_older_state_of_an_opportunity_does_not_turn_it_back(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    won = OpportunityRow("C1", "d1", "Renewal", "won", None, None, NOW)
    old = OpportunityRow("C1", "d1", "Renewal", "quoted", None, None, datetime(2025, 1, 1, tzinfo=UTC))
    write(workspace, warehouse, "b1", opportunities=[won])
    assert write(workspace, warehouse, "b2", opportunities=[old]) == Written(new=0, changed=0, same=1)
    assert Opportunity.objects.get().stage == "won"


def test_a_row_without_customer_refuses_the_whole_batch(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    with pytest.raises(Invalid, match="batch_without_customer"):
        write(workspace, warehouse, "b1", [activity("a"), activity("b", customer="")])
    assert not Customer.objects.exists()
    assert stored(workspace, warehouse, "activity_id") == []


def test_workspaces_do_not_see_each_other(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    other = make_workspace()
    write(workspace, warehouse, "b1", [activity("a")])
    assert write(other, warehouse, "b1", [activity("a")]) == Written(1, 0, 0, 1)
    assert Customer.objects.filter(key="C1").count() == 2


def test_parquet_files_are_streamed_like_tables(workspace: Workspace, warehouse: LocalWarehouse, tmp_path: Path) -> None:
    rows = table([activity(f"a{number}", customer=f"C{number % 7}", ts=to_us(NOW) - number) for number in range(1_000)])
    pq.write_table(rows, tmp_path / "rows.parquet", row_group_size=100)
    batch = AlignedBatch("b1", [str(tmp_path / "rows.parquet"), table([activity("last")])])
    assert batch_write(workspace=workspace, batch=batch, warehouse=warehouse) == Written(1_001, 0, 0, 7)
