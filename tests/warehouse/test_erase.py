"""DAT-18: a customer's rows go from every table, their bytes from the file; nobody else loses a row, whatever happens meanwhile."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pyarrow as pa
import pytest

from liuke.base.errors import Transient
from liuke.warehouse.domain.steps import Erase, Renew, Rows, Upsert, Warehouse
from liuke.warehouse.domain.wire import steps_in, steps_out
from liuke.warehouse.local import LocalWarehouse
from tests.warehouse.rows import activity, rows

PLANTED = "planted-欧阳若兰-13912345678"


def filled(warehouse: Warehouse, ws: int) -> None:
    """A thousand rows of others around those of customer 7, whose words are random enough not to be folded by compression."""
    others = [activity(f"o{number}", number, customer=number % 5, text=f"words {number}") for number in range(1_000)]
    warehouse.transact(ws, "b1", [Upsert(rows([*others[:500], activity("p1", customer=7, text=PLANTED), *others[500:]]))])
    frame = pa.table({"customer_id": [3, 7], "name": ["somebody", PLANTED]})
    warehouse.transact(ws, "b2", [Renew(Rows.of(frame)), Upsert(rows([activity("p2", customer=7, text=PLANTED)]))])


def customers(warehouse: Warehouse, ws: int, table: str = "activity") -> set[int]:
    return set(warehouse.query(ws, f"SELECT DISTINCT customer_id FROM {table}")["customer_id"].to_pylist())


def test_erasing_takes_the_customer_out_of_every_table_with_a_customer(warehouse: Warehouse, ws: int) -> None:
    filled(warehouse, ws)
    done = warehouse.transact(ws, None, [Erase([7])])
    assert done.counts == [{"removed": 3}]
    assert customers(warehouse, ws) == {0, 1, 2, 3, 4}
    assert customers(warehouse, ws, "frame") == {3}
    assert warehouse.transact(ws, None, [Erase([7])]).counts == [{"removed": 0}], "done again, nothing is left to do"


def test_rewriting_keeps_every_row_and_every_batch_that_was_done(warehouse: Warehouse, ws: int) -> None:
    filled(warehouse, ws)
    before = warehouse.query(ws, "SELECT * EXCLUDE (known_us) FROM activity")
    warehouse.rewrite(ws)
    assert warehouse.query(ws, "SELECT * EXCLUDE (known_us) FROM activity").equals(before), "order included"
    assert warehouse.transact(ws, "b1", [Upsert(rows([activity("new", 1.0)]))]).repeated
    assert warehouse.transact(ws, "b3", [Upsert(rows([activity("new", 1.0)]))]).counts[0]["new"] == 1


def test_the_bytes_stay_without_and_go_with_a_rewrite(tmp_path: Path) -> None:
    warehouse = LocalWarehouse(tmp_path)
    filled(warehouse, 1)
    warehouse.transact(1, None, [Erase([7])])
    warehouse.close()
    assert PLANTED.encode() in (tmp_path / "1.duckdb").read_bytes(), "what a plain DELETE leaves: the reason for the rewrite"
    warehouse.rewrite(1)
    warehouse.close()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["1.duckdb"]
    assert PLANTED.encode() not in (tmp_path / "1.duckdb").read_bytes()


def test_leftovers_of_killed_copies_go_with_a_rewrite(tmp_path: Path) -> None:
    warehouse = LocalWarehouse(tmp_path)
    filled(warehouse, 1)
    for name in ("rewrite-1.duckdb", "rewrite-1.duckdb.wal", "backup-1-0011.duckdb", "backup-2-0011.duckdb"):
        (tmp_path / name).write_text(PLANTED)
    warehouse.rewrite(1)
    left = {path.name for path in tmp_path.iterdir() if path.is_file() and not path.name.startswith("1.duckdb")}
    assert left == {"backup-2-0011.duckdb"}, "another workspace's running backup is not ours to touch"


def test_a_reader_that_does_not_end_makes_the_rewrite_give_up_and_others_go_on(tmp_path: Path) -> None:
    warehouse = LocalWarehouse(tmp_path)
    filled(warehouse, 1)
    with warehouse.files.cursor(1), pytest.raises(Transient, match="warehouse_busy"), warehouse.files.alone(1, wait_s=0.05):
        pass
    assert customers(warehouse, 1) == {0, 1, 2, 3, 4, 7}


def test_whoever_comes_during_a_rewrite_waits_and_finds_the_new_file(tmp_path: Path) -> None:
    warehouse = LocalWarehouse(tmp_path)
    filled(warehouse, 1)
    inside, found = threading.Event(), []

    def come() -> None:
        inside.set()
        found.append(warehouse.transact(1, "late", [Upsert(rows([activity("late", 1.0)]))]).counts[0]["new"])

    with warehouse.files.alone(1):
        comer = threading.Thread(target=come)
        comer.start()
        assert inside.wait(5)
        time.sleep(0)  # whatever the scheduler does, the comer cannot have written
        assert found == []
    comer.join(10)
    warehouse.rewrite(1)
    assert found == [1]
    assert warehouse.query(1, "SELECT count(*) AS n FROM activity WHERE activity_id = 'late'")["n"][0].as_py() == 1


def test_rewrites_amid_writers_lose_no_row(tmp_path: Path) -> None:
    warehouse = LocalWarehouse(tmp_path)
    faults: list[Exception] = []

    def write(name: str) -> None:
        try:
            for number in range(20):
                warehouse.transact(1, f"{name}{number}", [Upsert(rows([activity(f"{name}{number}", 1.0)]))])
        except Transient as fault:
            faults.append(fault)

    writers = [threading.Thread(target=write, args=(name,)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    for _ in range(5):
        warehouse.rewrite(1)
    for writer in writers:
        writer.join(30)
    assert faults == []
    assert warehouse.query(1, "SELECT count(*) AS n FROM activity")["n"][0].as_py() == 40


def test_it_travels_to_the_daemon() -> None:
    assert steps_in(steps_out([Erase([7, 8])], []), {}) == [Erase([7, 8])]
