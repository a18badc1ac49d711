"""Gathering scattered rows, letting old ones go, giving room back: no row is lost or changed by it (issue 7: keeping)."""

from __future__ import annotations

import random
import threading
from itertools import count
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuke.warehouse import compaction
from liuke.warehouse.compaction import compact, spread
from liuke.warehouse.domain.steps import Expire, Gather, Upsert, Warehouse
from liuke.warehouse.local import LocalWarehouse
from tests.warehouse.rows import Row, activity, rows

_workspaces = count(5_000)
EVERYTHING = (
    "SELECT source, activity_id, customer_id, ts_us, known_us, kind, value, attrs, key::VARCHAR AS key FROM activity ORDER BY activity_id"
)


def _content(warehouse: Warehouse, workspace_id: int) -> pa.Table:
    return warehouse.query(workspace_id, EVERYTHING)


def _scatter(warehouse: Warehouse, workspace_id: int, appends: int = 20, each: int = 30) -> None:
    """Many small appends, each of random customers."""
    chance = random.Random(3)
    for append in range(appends):
        made = [activity(f"a{append}-{n}", 1.5, customer=chance.randint(1, 200), ts=chance.randint(0, 10**9)) for n in range(each)]
        warehouse.transact(workspace_id, f"b{append}", [Upsert(rows(made))])


def _order(warehouse: Warehouse, workspace_id: int) -> list[int]:
    return [int(row) for row in warehouse.query(workspace_id, "SELECT customer_id FROM activity ORDER BY rowid")["customer_id"].to_pylist()]


def test_gathered_rows_lie_by_customer_and_are_the_same(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = next(_workspaces)
    _scatter(warehouse, workspace)
    before = _content(warehouse, workspace)
    assert _order(warehouse, workspace) != sorted(_order(warehouse, workspace))
    monkeypatch.setattr(compaction, "SCATTERED", 0.5)
    told: list[float] = []
    done = compact(warehouse, workspace, told=told.append, portion=100)
    assert done.moved == before.num_rows == 600
    assert _order(warehouse, workspace) == sorted(_order(warehouse, workspace))
    assert _content(warehouse, workspace).equals(before)
    assert len(told) >= 6  # portions, so that writers get their turn
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_batches_stay_done_after_it_and_corrections_find_their_rows(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = next(_workspaces)
    _scatter(warehouse, workspace, appends=3)
    monkeypatch.setattr(compaction, "SCATTERED", 0.5)
    compact(warehouse, workspace)
    again: Row = activity("a0-0", 99.0, customer=7)
    assert warehouse.transact(workspace, "b0", [Upsert(rows([again]))]).repeated
    corrected = warehouse.transact(workspace, "new", [Upsert(rows([again]))]).counts[0]
    assert (corrected["new"], corrected["changed"], corrected["same"]) == (0, 1, 0)
    assert _content(warehouse, workspace).num_rows == 90


def test_what_lies_in_order_is_left_alone(warehouse: Warehouse) -> None:
    workspace = next(_workspaces)
    assert spread(warehouse, workspace) == 0
    assert compact(warehouse, workspace).moved == 0
    _scatter(warehouse, workspace, appends=1)
    assert spread(warehouse, workspace) == 1
    assert compact(warehouse, workspace).moved == 0


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(customers=st.lists(st.integers(-5, 40), min_size=1, max_size=60), portion=st.integers(1, 70))
def test_every_portion_size_moves_every_row_once(tmp_path_factory: pytest.TempPathFactory, customers: list[int], portion: int) -> None:
    warehouse, workspace = LocalWarehouse(tmp_path_factory.mktemp("w")), 1
    made = [activity(f"a{number}", customer=customer, ts=number) for number, customer in enumerate(customers)]
    warehouse.transact(workspace, None, [Upsert(rows(made))])
    before = _content(warehouse, workspace)
    assert compaction._gather(warehouse, workspace, lambda _fraction: None, portion) == len(customers)
    assert _content(warehouse, workspace).equals(before)
    assert _order(warehouse, workspace) == sorted(customers)
    warehouse.close()


def test_writers_go_on_while_rows_are_gathered(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = next(_workspaces)
    _scatter(warehouse, workspace, appends=10)
    monkeypatch.setattr(compaction, "SCATTERED", 0.5)
    written: list[int] = []

    def write() -> None:
        for number in range(15):
            warehouse.transact(workspace, f"live{number}", [Upsert(rows([activity(f"live{number}", customer=number)]))])
            written.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    for _ in range(3):
        compact(warehouse, workspace, portion=40)
    writer.join()
    found = _content(warehouse, workspace)["activity_id"].to_pylist()
    assert len(written) == 15
    assert len(found) == len(set(found)) == 315


def test_only_the_named_kinds_from_before_the_moment_go(warehouse: Warehouse) -> None:
    workspace = next(_workspaces)
    given_rows = [activity(f"{kind}{ts}", ts=ts, kind=kind) for kind in ("page.viewed", "login", "order.placed") for ts in (10, 20, 30)]
    warehouse.transact(workspace, None, [Upsert(rows(given_rows))])
    done = warehouse.transact(workspace, None, [Expire(["page.viewed", "login"], 20)])
    assert dict(done.counts[0]) == {"removed": 2}
    assert set(_content(warehouse, workspace)["activity_id"].to_pylist()) == {
        "page.viewed20", "page.viewed30", "login20", "login30", "order.placed10", "order.placed20", "order.placed30",
    }  # fmt: skip
    assert dict(warehouse.transact(workspace, None, [Expire([], 10**9)]).counts[0]) == {"removed": 0}


def test_gathering_nobody_moves_nothing(warehouse: Warehouse) -> None:
    workspace = next(_workspaces)
    _scatter(warehouse, workspace, appends=1)
    assert dict(warehouse.transact(workspace, None, [Gather(10_000, 20_000)]).counts[0]) == {"moved": 0}


def test_a_file_of_which_much_was_deleted_gets_smaller_and_keeps_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse, chance = LocalWarehouse(tmp_path), random.Random(1)
    for kind, many in (("page.viewed", 40_000), ("order.placed", 4_000)):  # DuckDB leaves blocks half full, by chance: little may stay
        made = [activity(f"{kind}{n}", customer=n, kind=kind, note=f"{chance.getrandbits(800):x}") for n in range(many)]
        warehouse.transact(1, None, [Upsert(rows(made))])
    removed = warehouse.transact(1, None, [Expire(["page.viewed"], 10**9)]).counts[0]["removed"]
    warehouse.close()
    size, before = warehouse.files.path(1).stat().st_size, _content(warehouse, 1)
    assert compact(warehouse, 1, removed=removed).bytes_freed == 0  # nobody minds a small file
    monkeypatch.setattr(compaction, "SMALL", 1 << 18)
    assert compact(warehouse, 1, removed=100).bytes_freed == 0  # hardly anything went
    assert compact(warehouse, 1, removed=removed).bytes_freed > 0
    assert _content(warehouse, 1).equals(before)
    warehouse.close()
    assert warehouse.files.path(1).stat().st_size < 0.7 * size
