"""What the `Warehouse` contract promises, on both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from liuke.base.errors import Invalid
from liuke.warehouse.domain.faults import WarehouseError
from liuke.warehouse.domain.schema import MIGRATIONS, SCORE_IN
from liuke.warehouse.domain.steps import Done, Replace, Rows, Run, Upsert, Warehouse
from tests.warehouse.rows import activity, rows

IDS = "SELECT activity_id FROM activity ORDER BY activity_id"


def ids(warehouse: Warehouse, ws: int) -> list[str]:
    return [str(value) for value in warehouse.query(ws, IDS)["activity_id"].to_pylist()]


def test_an_unknown_workspace_is_empty_and_ready(warehouse: Warehouse, ws: int) -> None:
    assert ids(warehouse, ws) == []
    assert warehouse.query(ws, "SELECT max(version) AS v FROM schema_version")["v"].to_pylist() == [len(MIGRATIONS)]


def test_parameters_are_positional_or_named(warehouse: Warehouse, ws: int) -> None:
    warehouse.transact(ws, "b", [Upsert(rows([activity("a", 1.0), activity("b", 2.0)]))])
    one = warehouse.query(ws, "SELECT activity_id FROM activity WHERE value > ? AND kind = ANY(?)", [1.5, ["message.in"]])
    other = warehouse.query(ws, "SELECT activity_id FROM activity WHERE value > $least", {"least": 1.5})
    assert one["activity_id"].to_pylist() == other["activity_id"].to_pylist() == ["b"]


def test_a_batch_is_done_once_and_answers_the_same(warehouse: Warehouse, ws: int) -> None:
    first = warehouse.transact(ws, "b", [Upsert(rows([activity("a"), activity("a"), activity("b")]))], {"extra": 7})
    assert first == Done(repeated=False, counts=[{"new": 2, "changed": 0, "same": 1}], note={"extra": 7})
    again = warehouse.transact(ws, "b", [Upsert(rows([activity("c")]))])
    assert again == Done(repeated=True, counts=first.counts, note=first.note)
    assert warehouse.batch_find(ws, "b") == again
    assert warehouse.batch_find(ws, "other") is None
    assert ids(warehouse, ws) == ["a", "b"]


def test_rows_are_judged_one_after_the_other(warehouse: Warehouse, ws: int) -> None:
    warehouse.transact(ws, "b1", [Upsert(rows([activity("a", 1.0)]))])
    there_and_back = [activity("a", 2.0), activity("a", 2.0), activity("a", 1.0), activity("n", None), activity("n", 0.0)]
    done = warehouse.transact(ws, "b2", [Upsert(rows(there_and_back))])
    assert done.counts == [{"new": 1, "changed": 3, "same": 1}]
    assert warehouse.query(ws, "SELECT value FROM activity ORDER BY activity_id")["value"].to_pylist() == [1.0, 0.0]


def test_a_correction_brings_its_own_known_time_and_a_repetition_does_not(warehouse: Warehouse, ws: int) -> None:
    warehouse.transact(ws, "b1", [Upsert(rows([activity("a", 1.0, ts=5), activity("b", 1.0, ts=5)]))])
    later = [activity("a", 1.0, ts=5) | {"known_us": 9}, activity("b", 2.0, ts=5) | {"known_us": 9}]
    warehouse.transact(ws, "b2", [Upsert(rows(later))])
    assert warehouse.query(ws, "SELECT known_us FROM activity ORDER BY activity_id")["known_us"].to_pylist() == [5, 9]


def test_all_steps_or_none(warehouse: Warehouse, ws: int) -> None:
    bad = rows([activity("b") | {"kind": "order.line", "attrs": "no json"}])
    with pytest.raises(WarehouseError):
        warehouse.transact(ws, "b", [Upsert(rows([activity("a")])), Upsert(bad)])
    assert ids(warehouse, ws) == []
    assert warehouse.batch_find(ws, "b") is None
    assert warehouse.transact(ws, "b", [Upsert(rows([activity("a")]))]).repeated is False


def test_replace_puts_rows_in_place_of_those_it_names(warehouse: Warehouse, ws: int) -> None:
    def scores(as_of: int, *values: float) -> Rows:
        told = [(number, as_of, value, 10.0, "normal", "[]", 1.0, 1) for number, value in enumerate(values)]
        return Rows.of(pa.Table.from_pylist([dict(zip(SCORE_IN.names, row, strict=False)) for row in told], SCORE_IN))

    warehouse.transact(ws, None, [Replace("score", scores(1, 50.0, 60.0), {"as_of_us": 1})])
    warehouse.transact(ws, None, [Replace("score", scores(2, 70.0), {"as_of_us": 2})])
    done = warehouse.transact(ws, None, [Replace("score", scores(1, 51.0), {"as_of_us": 1})])
    assert done.counts == [{"removed": 2, "added": 1}]
    assert warehouse.query(ws, "SELECT score FROM score ORDER BY as_of_us")["score"].to_pylist() == [51.0, 70.0]


def test_wrong_steps_say_what_is_allowed(warehouse: Warehouse, ws: int) -> None:
    with pytest.raises(Invalid, match="order_totals"):
        warehouse.transact(ws, "b", [Run("drop_everything")])
    with pytest.raises(Invalid, match="activity_id"):
        warehouse.transact(ws, "b", [Upsert(Rows.of(pa.table({"source": ["s"]})))])
    with pytest.raises(Invalid, match="warehouse_table"):
        warehouse.transact(ws, "b", [Replace("batch_done", rows([]), {"at_us": 1})])
    with pytest.raises(Invalid, match="1 = 1"):
        warehouse.transact(ws, "b", [Replace("score", Rows.of(SCORE_IN.empty_table()), {"1 = 1": 1})])


@pytest.mark.parametrize(
    "sql",
    ["DELETE FROM activity", "SELECT 1; SELECT 2", "SELECT nothing", "SELECT * FROM read_csv('/etc/passwd')", "ATTACH '/tmp/x' AS x"],
)
def test_a_query_neither_writes_nor_reads_the_machine(warehouse: Warehouse, ws: int, sql: str) -> None:
    with pytest.raises(WarehouseError, match="warehouse_failed"):
        warehouse.query(ws, sql)


def test_large_answers_come_in_batches(warehouse: Warehouse, ws: int) -> None:
    reader = warehouse.stream(ws, "SELECT range AS n FROM range(300000)", batch_rows=50_000)
    sizes = [batch.num_rows for batch in reader]
    assert sum(sizes) == 300_000
    assert max(sizes) <= 51_200
    assert warehouse.stream(ws, "SELECT 1 AS n WHERE false").read_all().schema.names == ["n"]


def test_sorting_keeps_every_row(warehouse: Warehouse, ws: int) -> None:
    for number in range(5):
        warehouse.transact(ws, f"b{number}", [Upsert(rows([activity(f"a{number}", customer=9 - number)]))])
    before = ids(warehouse, ws)
    warehouse.transact(ws, None, [Run("activity_sort")])
    assert ids(warehouse, ws) == before
    assert warehouse.query(ws, "SELECT customer_id AS c FROM activity")["c"].to_pylist() == [5, 6, 7, 8, 9]
    assert warehouse.transact(ws, "again", [Upsert(rows([activity("a0", customer=9)]))]).counts == [{"new": 0, "changed": 0, "same": 1}]


def test_a_dropped_workspace_starts_empty_again(warehouse: Warehouse, ws: int) -> None:
    warehouse.transact(ws, "b", [Upsert(rows([activity("a")]))])
    warehouse.drop(ws)
    assert ids(warehouse, ws) == []
    assert warehouse.transact(ws, "b", [Upsert(rows([activity("a")]))]).repeated is False


def test_a_backup_is_a_readable_copy_and_leaves_the_file_alone(warehouse: Warehouse, ws: int, tmp_path: Path) -> None:
    warehouse.transact(ws, "b", [Upsert(rows([activity("a")]))])
    target = tmp_path / "copies" / "copy.duckdb"
    warehouse.backup(ws, target)
    warehouse.transact(ws, "b2", [Upsert(rows([activity("z")]))])
    warehouse.backup(ws, tmp_path / "second.duckdb")
    with duckdb.connect(target, read_only=True) as copy:
        assert copy.execute(IDS).fetchall() == [("a",)]
        assert copy.execute("SELECT batch_id FROM batch_done").fetchall() == [("b",)]
    assert ids(warehouse, ws) == ["a", "z"]


def test_writers_and_readers_do_not_disturb_each_other(warehouse: Warehouse, ws: int) -> None:
    def write(number: int) -> int:
        given = [activity(f"{number}-{place}") for place in range(20)] + [activity("shared", float(number))]
        return warehouse.transact(ws, f"b{number}", [Upsert(rows(given))]).counts[0]["new"]

    def read(_: int) -> int:
        found = warehouse.query(ws, "SELECT count(*) - count(DISTINCT activity_id) AS twice FROM activity")
        return int(found["twice"].to_pylist()[0])

    with ThreadPoolExecutor(6) as pool:
        new = list(pool.map(write, range(20)))
        twice = list(pool.map(read, range(20)))
    assert sum(new) == 20 * 20 + 1
    assert len(ids(warehouse, ws)) == 401
    assert set(twice) == {0}


def test_a_file_of_an_older_release_gets_the_models_columns_and_keeps_its_scores(tmp_path: Path) -> None:
    path = tmp_path / "older.duckdb"
    with duckdb.connect(str(path)) as older:
        for statement in MIGRATIONS[0]:
            older.execute(statement)
        older.execute("INSERT INTO score VALUES (1, 5, 60.0, 28.0, 'early', '[]', 0.9, 1)")
        for statement in MIGRATIONS[1]:
            older.execute(statement)
        row = older.execute(f"SELECT {', '.join(SCORE_IN.names)} FROM score").fetchone()
    assert row == (1, 5, 60.0, 28.0, "early", "[]", 0.9, 1, None, None, None, None, None)
