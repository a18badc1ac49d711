"""DAT-18: a file that brings somebody back who was erased loses those rows, says why, and keeps nothing of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow as pa
import pytest

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.domain.tombstones import Mark, Refusals, contact_text, digest_of
from liuke.accounts.service.tombstones import tombstones_write
from liuke.accounts.store.models import Workspace
from liuke.align.domain.attributes import EXTRA
from liuke.align.domain.batch import ALIGNED_ACTIVITY_SCHEMA, AlignedBatch, ContactRow, CustomerRow
from liuke.align.domain.erased import erased_rows, keys_refused
from liuke.align.service import batch_import, batch_upload
from liuke.base.errors import Conflict
from liuke.base.times import utc_now
from liuke.connect.service import batch_accept
from liuke.connect.service.storing import uploads_dir
from liuke.connect.store.models import Batch
from liuke.facts.service import batch_write, customer_create
from liuke.facts.store.models import Contact, Customer
from liuke.jobs.domain.contract import PlainContext
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_actor, make_workspace

SECRET = b"0" * 32


def refusals(*marks: tuple[Mark, str]) -> Refusals:
    return Refusals(1, frozenset(digest_of(SECRET, 1, mark, text) for mark, text in marks), SECRET)


def which(rows: dict[str, list[str | None]], asked: Refusals) -> list[bool]:
    found = erased_rows(pa.table(rows), asked)
    return [] if found is None else found.rows.to_pylist()


def test_rows_of_any_kind_are_known_by_the_customers_number() -> None:
    asked = refusals((Mark.KEY, "C1"))
    assert which({"customer_key": ["C1", "C2", None, "C1"], "amount": ["1", "2", "3", "4"]}, asked) == [True, False, False, True]
    assert which({"customer_key": ["C2"]}, asked) == []
    assert which({"name": ["C1"]}, asked) == []


def test_contacts_are_known_by_their_number_telephone_or_address() -> None:
    names = {"title": [None] * 4, "is_key": [None] * 4}
    rows: dict[str, list[str | None]] = {
        "customer_key": ["C1", "C1", "C2", "C3"], "contact_id": ["7", "8", None, "7"], "name": ["若兰", "明", "若兰", "若兰"],
        "phone": [None, "+86 139 1234 5678", None, None], "email": [None, None, "RUOLAN@example.test", None], **names,
    }  # fmt: skip
    marks = ((Mark.CONTACT, contact_text("C1", "7")), (Mark.PHONE, "13912345678"), (Mark.EMAIL, "ruolan@example.test"))
    assert which(rows, refusals(*marks)) == [True, True, True, False], "a namesake at another customer is somebody else"


def test_a_telephone_in_a_column_that_the_user_keeps_is_seen_too() -> None:
    rows: dict[str, list[str | None]] = {"customer_key": ["N1", "N2"], f"{EXTRA}微信手机": ["139-1234-5678", "13900000000"]}
    assert which(rows, refusals((Mark.PHONE, "13912345678"))) == [True, False]


def test_without_tombstones_nothing_is_asked() -> None:
    assert erased_rows(pa.table({"customer_key": ["C1"]}), Refusals(1)) is None
    assert keys_refused(["C1"], Refusals(1)) == frozenset()
    assert keys_refused(["C1", "C2"], refusals((Mark.KEY, "C1"))) == {"C1"}


@pytest.fixture
def workspace() -> Workspace:
    made = make_workspace()
    marks = [(Mark.KEY, "K1"), (Mark.PHONE, "13912345678")]
    tombstones_write(workspace_id=made.pk, erasure="e1", marks=marks, at=utc_now())
    return made


@pytest.fixture
def desk(workspace: Workspace) -> Actor:
    return make_actor(workspace, Role.OPERATIONS)


def imported(desk: Actor, workspace: Workspace, text: str, warehouse: LocalWarehouse) -> Batch:
    batch = batch_upload(actor=desk, entity="", file=io.BytesIO(text.encode()), name="file.csv")
    batch_accept(actor=desk, batch_id=batch.pk)
    return batch_import(
        batch_id=batch.pk,
        context=PlainContext(workspace_id=workspace.pk),
        write=lambda aligned: batch_write(workspace=workspace, batch=aligned, warehouse=warehouse),
        alarm=lambda event: pytest.fail(str(event)),
    )


@pytest.mark.django_db
def test_an_order_file_loses_the_rows_of_the_erased_with_the_reason_and_without_their_cells(
    workspace: Workspace, desk: Actor, tmp_path: Path
) -> None:
    header = "订单号,客户编号,下单时间,商品编码,数量,单价\n"
    text = header + "1,K1,2024-01-05 10:00,ROSE-999,2,3.5\n2,K2,2024-01-05 10:00,A,1,1\n3,K1,bad,ROSE-999,1,1\n"
    batch = imported(desk, workspace, text, LocalWarehouse(tmp_path))
    assert (batch.rows_total, batch.rows_rejected, batch.rows_new) == (3, 2, 1)
    assert list(Customer.objects.filter(workspace=workspace).values_list("key", flat=True)) == ["K2"]
    told = (uploads_dir() / batch.rejects_name).read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(told)))[1:]
    assert [row[0] for row in rows] == ["2", "4"], "the second has another fault too: being erased is said first"
    assert all("删除" in row[1] for row in rows)
    assert "K1" not in told
    assert "ROSE-999" not in told


@pytest.mark.django_db
def test_a_contact_with_the_telephone_of_the_erased_does_not_come_in_under_another_customer(
    workspace: Workspace, desk: Actor, tmp_path: Path
) -> None:
    text = "客户编号,姓名,手机\nK9,若兰,139 1234 5678\nK9,明,13800000000\n"
    batch = imported(desk, workspace, text, LocalWarehouse(tmp_path))
    assert batch.rows_rejected == 1
    assert list(Contact.objects.filter(customer__workspace=workspace).values_list("name", flat=True)) == ["明"]


@pytest.mark.django_db
def test_no_other_way_in_makes_the_customer_again(workspace: Workspace, tmp_path: Path) -> None:
    warehouse = LocalWarehouse(tmp_path)
    row = {"source": "s", "kind": "order.placed", "ts_us": 1, "known_us": 1, "attrs": "{}"}
    rows = [{**row, "activity_id": key, "customer_key": key} for key in ("K1", "K2")]
    batch = AlignedBatch(
        "api-1",
        [pa.Table.from_pylist(rows, schema=ALIGNED_ACTIVITY_SCHEMA)],
        [CustomerRow(key="K1", name="若兰"), CustomerRow(key="K3", name="丙")],
        [ContactRow(customer_key="K1", key="1", name="若兰")],
    )
    written = batch_write(workspace=workspace, batch=batch, warehouse=warehouse)
    assert written.new == 2
    assert set(Customer.objects.filter(workspace=workspace).values_list("key", flat=True)) == {"K2", "K3"}
    assert warehouse.query(workspace.pk, "SELECT activity_id FROM activity")["activity_id"].to_pylist() == ["K2"]


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "attributes"), [("K1", {}), (" K1 ", {}), ("K5", {"手机": "+86 139 1234 5678"})])
def test_entering_the_person_by_hand_is_refused(desk: Actor, key: str, attributes: dict[str, object]) -> None:
    with pytest.raises(Conflict, match="person_erased"):
        customer_create(actor=desk, key=key, name="若兰", attributes=attributes)
