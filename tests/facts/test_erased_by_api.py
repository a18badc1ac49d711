"""DAT-18: rows of somebody who was erased are rejected by the API one by one, at their place, without repeating who it is."""

from __future__ import annotations

import json

import pytest

from liuke.accounts.domain.tombstones import Mark
from liuke.accounts.service.tombstones import tombstones_write
from liuke.accounts.store.models import Workspace
from liuke.base.times import utc_now
from liuke.connect.domain.activity import activities_read
from liuke.connect.domain.wire import Form
from liuke.facts.service.known import known_only, without_erased
from tests.factories import make_customer, make_workspace

pytestmark = pytest.mark.django_db


def row(number: int, key: str, **fields: object) -> dict[str, object]:
    return {"activity_id": f"a{number}", "customer_key": key, "ts": "2026-01-01T00:00:00Z", "kind": "login", **fields}


def body(*rows: dict[str, object]) -> bytes:
    return json.dumps(list(rows)).encode()


@pytest.fixture
def workspace() -> Workspace:
    made = make_workspace()
    tombstones_write(workspace_id=made.pk, erasure="e1", marks=[(Mark.KEY, "GONE")], at=utc_now())
    return made


def test_each_row_of_the_erased_is_rejected_at_its_place_and_the_others_are_taken(workspace: Workspace) -> None:
    read = activities_read(body(row(0, "A"), row(1, "GONE"), row(2, "B", kind="Not A Kind"), row(3, " GONE "), row(4, "C")), Form.ARRAY)
    found = without_erased(read, workspace_id=workspace.pk)
    assert [one.customer_key for one in found.rows] == ["A", "C"]
    assert [(one.index, one.code) for one in found.rejected if one.code == "erased"] == [(1, "erased"), (3, "erased")]
    assert [one.index for one in found.rejected] == [1, 2, 3]
    assert [one["customer_key"] for one in json.loads(found.raw)] == ["A", "C"]
    assert all("GONE" not in json.dumps(one.to_data()) for one in found.rejected)


def test_where_nobody_was_erased_the_body_is_left_as_it_came(workspace: Workspace) -> None:
    read = activities_read(body(row(0, "GONE")), Form.ARRAY)
    assert without_erased(read, workspace_id=make_workspace().pk) is read
    others = activities_read(body(row(0, "A")), Form.ARRAY)
    assert without_erased(others, workspace_id=workspace.pk) is others


def test_pages_still_make_no_customers_and_say_which(workspace: Workspace) -> None:
    make_customer(workspace, key="KNOWN")
    read = activities_read(body(row(0, "KNOWN"), row(1, "STRANGE")), Form.ARRAY)
    found = known_only(read, workspace_id=workspace.pk)
    assert [one.customer_key for one in found.rows] == ["KNOWN"]
    assert [(one.index, one.code, one.params) for one in found.rejected] == [(1, "customer_unknown", {"value": "STRANGE"})]


def test_lines_are_read_like_a_list(workspace: Workspace) -> None:
    lines = b"\n".join(json.dumps(row(number, key)).encode() for number, key in enumerate(("GONE", "A")))
    found = without_erased(activities_read(lines, Form.LINES), workspace_id=workspace.pk)
    assert [one.customer_key for one in found.rows] == ["A"]
    assert found.form is Form.ARRAY
