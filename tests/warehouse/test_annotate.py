"""What was found out about a row afterwards changes its attributes and nothing else, and travels to the daemon."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.warehouse.domain.steps import Annotate, Rows, Upsert
from liuke.warehouse.domain.wire import steps_in, steps_out
from liuke.warehouse.local import LocalWarehouse

ROW = {
    "source": "s", "activity_id": "a", "customer_id": 1, "ts_us": 5, "known_us": 6, "kind": "message.in", "value": None, "channel": None,
    "actor": None, "attrs": '{"text":"x"}',
}  # fmt: skip


def upsert(**fields: object) -> Upsert:
    return Upsert(Rows.of(pa.Table.from_pylist([{**ROW, **fields}], schema=ACTIVITY_SCHEMA)))


def annotate(*rows: tuple[str, str]) -> Annotate:
    names = {"source": ["s"] * len(rows), "activity_id": [one for one, _ in rows], "attrs": [attrs for _, attrs in rows]}
    return Annotate(Rows.of(pa.table(names)))


def test_only_the_attributes_of_stored_rows_change_and_the_source_still_says_the_same(tmp_path: Path) -> None:
    warehouse = LocalWarehouse(tmp_path)
    warehouse.transact(1, "b1", [upsert(), upsert(activity_id="b")])
    read = '{"text":"x","text_read":1,"negative":70}'
    done = warehouse.transact(1, None, [annotate(("a", read), ("nowhere", read), ("a", read))])
    assert done.counts == [{"changed": 1}]
    stored = warehouse.query(1, "SELECT attrs, known_us, ts_us FROM activity ORDER BY activity_id").to_pylist()
    assert stored == [{"attrs": read, "known_us": 6, "ts_us": 5}, {"attrs": '{"text":"x"}', "known_us": 6, "ts_us": 5}]
    again = [upsert(known_us=99), upsert(known_us=99, attrs='{"text":"x","text_read":1,"negative":3}')]
    assert [count["same"] for count in warehouse.transact(1, "b2", again).counts] == [1, 1]
    assert warehouse.query(1, "SELECT max(known_us) AS k FROM activity")["k"][0].as_py() == 6
    assert warehouse.transact(1, "b3", [upsert(attrs='{"text":"y","text_read":1}')]).counts[0]["changed"] == 1


def test_a_row_without_attributes_of_its_own_is_the_same_when_it_was_looked_at(tmp_path: Path) -> None:
    warehouse = LocalWarehouse(tmp_path)
    warehouse.transact(1, "b1", [upsert(attrs="{}")])
    assert warehouse.transact(1, "b2", [upsert(attrs='{"text_read":1,"text_version":"2"}')]).counts[0]["same"] == 1


def test_it_travels_to_the_daemon() -> None:
    step = annotate(("a", "{}"))
    told = steps_out([step], ["u1"])
    assert steps_in(told, {"u1": step.rows}) == [step]
