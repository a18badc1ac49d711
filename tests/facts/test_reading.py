"""Timeline, evidence and contacts: only what was there and known at the clock, masked for who may not see persons."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import AuditEntry, Workspace
from liuke.align.domain.batch import AlignedBatch, ContactRow
from liuke.base.errors import Invalid, NotFound
from liuke.base.times import DAY_US, to_us
from liuke.facts.domain.kinds import Kind
from liuke.facts.domain.timeline import GROUPS, Freshness, Group, group_of
from liuke.facts.service import activity_counts_read, batch_write, contacts_read, evidence_read, order_lines_read, timeline_read
from liuke.facts.store.activities import freshness
from liuke.facts.store.models import Customer
from liuke.warehouse.local import LocalWarehouse
from tests.factories import make_actor, make_workspace
from tests.facts.activities import Row, activity, line, table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)
US = to_us(NOW)


@pytest.fixture
def workspace() -> Workspace:
    return make_workspace(simulated_as_of=NOW)


@pytest.fixture
def warehouse(tmp_path: Path) -> LocalWarehouse:
    return LocalWarehouse(tmp_path)


def told(workspace: Workspace, warehouse: LocalWarehouse, rows: list[Row], contacts: tuple[ContactRow, ...] = ()) -> int:
    batch_write(workspace=workspace, batch=AlignedBatch("b", [table(rows)], contacts=contacts), warehouse=warehouse)
    return Customer.objects.get(workspace=workspace, key="C1").pk


def test_nothing_at_or_after_the_clock_nor_unknown_then_is_seen(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    rows = [
        activity("past", ts=US - 1),
        activity("now", ts=US),
        activity("late", ts=US - 5) | {"known_us": US + 1},
        activity("told now", ts=US - 9) | {"known_us": US},
        activity("ends", kind=Kind.CONTRACT_ENDS, ts=US + 9) | {"known_us": 1},
        activity("alien", customer="C2", ts=1),
    ]
    customer_id = told(workspace, warehouse, rows)
    actor = make_actor(workspace)
    page = timeline_read(actor=actor, customer_id=customer_id, warehouse=warehouse)
    assert [found.activity_id for found in page.activities] == ["past", "told now"]
    assert activity_counts_read(actor=actor, customer_id=customer_id, warehouse=warehouse) == {"message.in": 2}
    proof = evidence_read(actor=actor, customer_id=customer_id, warehouse=warehouse, kinds=["message.in"], from_us=0, until_us=US + 99)
    assert (proof.total, len(proof.activities)) == (2, 2)
    assert freshness(warehouse, workspace.pk, NOW) == [Freshness("s", 3, 1, US - 1)]


def test_pages_follow_each_other_without_gap_or_repetition(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    rows = [activity(f"a{number:02}", ts=1_000 + number // 4, source=f"s{number % 2}") for number in range(23)]
    customer_id = told(workspace, warehouse, rows)
    actor, before = make_actor(workspace), ""
    pages: list[list[str]] = []
    while True:
        found_page = timeline_read(actor=actor, customer_id=customer_id, warehouse=warehouse, before=before, limit=5)
        pages.append([found.activity_id for found in found_page.activities])
        if found_page.next_before is None:
            break
        before = found_page.next_before
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]
    assert sorted(found for page in pages for found in page) == sorted(str(row["activity_id"]) for row in rows)


def test_a_broken_cursor_is_said_so(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    customer_id = told(workspace, warehouse, [activity("a")])
    for text in ("x", "bm8=", "WzFd", "é"):
        with pytest.raises(Invalid, match="cursor_broken"):
            timeline_read(actor=make_actor(workspace), customer_id=customer_id, warehouse=warehouse, before=text)


def test_orders_show_once_and_open_their_lines(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    rows = [line("l1", "o1", 5.0), line("l2", "o1", 2.5), line("l3", "o2", 1.0), line("x", "o1", 9.0, customer="C2", source="other")]
    customer_id = told(workspace, warehouse, rows)
    actor = make_actor(workspace)
    page = timeline_read(actor=actor, customer_id=customer_id, warehouse=warehouse)
    assert [(found.activity_id, found.value) for found in page.activities] == [("order:o2", 1.0), ("order:o1", 7.5)]
    assert page.activities[1].attrs == {"order_id": "o1", "lines": 2, "quantity": 2}
    lines = order_lines_read(actor=actor, customer_id=customer_id, warehouse=warehouse, order_id="o1")
    assert [found.activity_id for found in lines] == ["l1", "l2"]


def test_evidence_is_the_window_of_the_reason(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    rows = [activity(f"a{day}", ts=US - day * DAY_US, kind="payment.overdue", value=float(day)) for day in range(1, 9)]
    customer_id = told(workspace, warehouse, rows)
    proof = evidence_read(
        actor=make_actor(workspace),
        customer_id=customer_id,
        warehouse=warehouse,
        kinds=[Kind.PAYMENT_OVERDUE],
        from_us=US - 5 * DAY_US,
        until_us=US - DAY_US,
        limit=2,
    )
    assert ([found.activity_id for found in proof.activities], proof.total, proof.value) == (["a2", "a3"], 4, 14.0)


def test_texts_are_masked_for_who_may_not_see_persons(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    attrs = {"text": "very angry", "contact": "王小明", "thread": "t1", "topic": "logistics"}
    customer_id = told(workspace, warehouse, [activity("a", attrs=attrs)])
    for role, expected in ((Role.ANALYST, attrs | {"text": "***(10)", "contact": "王**"}), (Role.OPERATIONS, attrs)):
        page = timeline_read(actor=make_actor(workspace, role), customer_id=customer_id, warehouse=warehouse)
        shown = page.activities[0].attrs
        assert {name: shown[name] for name in attrs} == expected
        assert shown["negative"] > 0


def test_contacts_are_masked_by_role_and_unmasked_reading_is_on_record(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    people = (ContactRow("C1", "p1", "李雷", "CFO", "13812342206", "lei.li@x.com"), ContactRow("C1", "p2", "王小明", is_key=True))
    customer_id = told(workspace, warehouse, [activity("a")], people)
    masked = contacts_read(actor=make_actor(workspace, Role.ANALYST), customer_id=customer_id)
    assert [(row.name, row.phone, row.email, row.title, row.masked) for row in masked] == [
        ("王**", "", "", "", True),
        ("李**", "138****2206", "l***@x.com", "CFO", True),
    ]
    assert not AuditEntry.objects.exists()
    assert [row.phone for row in contacts_read(actor=make_actor(workspace), customer_id=customer_id)] == ["", "13812342206"]
    assert AuditEntry.objects.get().object_type == "contact"


def test_a_stranger_reads_nothing(workspace: Workspace, warehouse: LocalWarehouse) -> None:
    customer_id = told(workspace, warehouse, [activity("a")])
    for stranger in (make_actor(workspace, Role.IT), make_actor(workspace, Role.MANAGER), make_actor(make_workspace())):
        with pytest.raises(NotFound):
            timeline_read(actor=stranger, customer_id=customer_id, warehouse=warehouse)
        with pytest.raises(NotFound):
            contacts_read(actor=stranger, customer_id=customer_id)


def test_every_built_in_kind_but_lines_has_a_chip_of_its_own() -> None:
    grouped = [kind for kinds in GROUPS.values() for kind in kinds]
    assert sorted(grouped) == sorted(set(Kind) - {Kind.ORDER_LINE})
    assert group_of("shop.smiled_at") == Group.OTHER
