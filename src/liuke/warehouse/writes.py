"""How each declared step is carried out on a cursor: stage outside the transaction, write inside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import duckdb
import pyarrow as pa

from liuke.base.errors import Invalid
from liuke.base.times import to_us, utc_now
from liuke.warehouse.domain import upsert
from liuke.warehouse.domain.schema import ACTIVITY_COLUMNS, TABLES
from liuke.warehouse.domain.steps import Annotate, Done, Erase, Expire, Gather, Renew, Replace, Rows, Run, Step, Supersede, Upsert

Counts: TypeAlias = Mapping[str, int]


def stage(cursor: duckdb.DuckDBPyConnection, steps: Sequence[Step]) -> None:
    """Bring the rows of all steps into temporary tables `staged_<n>`: the slow part, before any lock is taken.

    Raises Invalid("warehouse_columns") and Invalid("warehouse_step"), each naming what is allowed.
    """
    for number, step in enumerate(steps):
        if isinstance(step, Run):
            if step.name not in FOLLOW_UPS:
                raise Invalid("warehouse_step", name=step.name, allowed=sorted(FOLLOW_UPS))
        elif isinstance(step, Erase | Expire | Gather):
            continue
        elif isinstance(step, Renew):
            _load(cursor, f"staged_{number}", step.rows, "SELECT * EXCLUDE (pos) FROM incoming")
        elif isinstance(step, Annotate):
            _load(cursor, f"staged_{number}", step.rows, upsert.ANNOTATED)
        elif isinstance(step, Supersede):
            _load(cursor, f"staged_{number}", step.rows, f"SELECT {_checked('score', step.rows)} FROM incoming")
        elif isinstance(step, Replace):
            columns = _checked(step.table, step.rows)
            _check_where(step)
            _load(cursor, f"staged_{number}", step.rows, f"SELECT {columns} FROM incoming")
        else:
            _checked("activity", step.rows)
            _load(cursor, f"staged_{number}", step.rows, upsert.hashed("incoming"))
            cursor.execute(upsert.without_own_totals(f"staged_{number}"))


def carry_out(cursor: duckdb.DuckDBPyConnection, steps: Sequence[Step]) -> list[Counts]:
    """Run staged steps in order inside the caller's transaction."""
    cursor.execute(upsert.TOUCHED)
    return [_carry_out(cursor, f"staged_{number}", step) for number, step in enumerate(steps)]


def batch_find(cursor: duckdb.DuckDBPyConnection, batch_id: str) -> Done | None:
    """What a batch answered when it was done."""
    found = cursor.execute("SELECT result FROM batch_done WHERE batch_id = ?", [batch_id]).fetchone()
    if found is None:
        return None
    told = json.loads(found[0])
    return Done(repeated=True, counts=told["counts"], note=told["note"])


def batch_note(cursor: duckdb.DuckDBPyConnection, batch_id: str, done: Done) -> None:
    """Keep a batch's answer, in its own transaction."""
    result = json.dumps({"counts": list(done.counts), "note": dict(done.note)})
    cursor.execute("INSERT INTO batch_done VALUES (?, ?, ?)", [batch_id, to_us(utc_now()), result])


def _carry_out(cursor: duckdb.DuckDBPyConnection, staged: str, step: Step) -> Counts:  # noqa: PLR0911 - one line per step
    match step:
        case Upsert():
            return _upsert(cursor, staged)
        case Annotate():
            return _annotate(cursor, staged)
        case Replace():
            return _replace(cursor, staged, step)
        case Supersede():
            return _supersede(cursor, staged, step.after_us)
        case Renew():
            return _renew(cursor, staged)
        case Run():
            return FOLLOW_UPS[step.name](cursor)
        case Erase():
            return _erase(cursor, step)
        case Expire():
            return _expire(cursor, step)
        case Gather():
            return _gather(cursor, step)


def _upsert(cursor: duckdb.DuckDBPyConnection, staged: str) -> Counts:
    cursor.execute(upsert.judged(staged))
    new, changed, same = cursor.execute(upsert.COUNTS).fetchone() or (0, 0, 0)
    moved: dict[str, int] = {}
    if new or changed:
        cursor.execute(upsert.CHOSEN)
        moved = {f"from:{customer}": rows for customer, rows in cursor.execute(upsert.MOVED).fetchall()} if changed else {}
        for statement in upsert.STORE:
            cursor.execute(statement)
    return {"new": new, "changed": changed, "same": same, **moved}


def _annotate(cursor: duckdb.DuckDBPyConnection, staged: str) -> Counts:
    changed = cursor.execute(upsert.annotate(staged)).fetchone()
    return {"changed": changed[0] if changed else 0}


def _replace(cursor: duckdb.DuckDBPyConnection, staged: str, step: Replace) -> Counts:
    condition = " AND ".join(f"{column} = ?" for column in step.where)
    removed = cursor.execute(f"DELETE FROM {step.table} WHERE {condition}", list(step.where.values())).fetchone()
    columns = ", ".join(TABLES[step.table].names)
    added = cursor.execute(f"INSERT INTO {step.table} ({columns}) SELECT {columns} FROM {staged} ORDER BY customer_id").fetchone()
    return {"removed": removed[0] if removed else 0, "added": added[0] if added else 0}


_WITH_CUSTOMER = """SELECT table_name FROM information_schema.columns
    WHERE column_name = 'customer_id' AND table_catalog = current_database() AND table_schema = 'main'"""


def _erase(cursor: duckdb.DuckDBPyConnection, step: Erase) -> Counts:
    """Every stored table is asked for, not a list of them: one that a later release adds is not forgotten."""
    ids, removed = list(step.customer_ids), 0
    for (table,) in cursor.execute(_WITH_CUSTOMER).fetchall():
        gone = cursor.execute(f'DELETE FROM "{table}" WHERE list_contains(?, customer_id)', [ids]).fetchone()
        removed += gone[0] if gone else 0
    return {"removed": removed}


def _expire(cursor: duckdb.DuckDBPyConnection, step: Expire) -> Counts:
    sql = "DELETE FROM activity WHERE list_contains(?, kind) AND ts_us < ?"
    gone = cursor.execute(sql, [list(step.kinds), step.before_us]).fetchone()
    return {"removed": gone[0] if gone else 0}


def _gather(cursor: duckdb.DuckDBPyConnection, step: Gather) -> Counts:
    theirs = "FROM activity WHERE customer_id BETWEEN ? AND ?"
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE gathered AS SELECT * {theirs} ORDER BY customer_id, ts_us, rowid", [step.first, step.last]
    )
    cursor.execute(f"DELETE {theirs}", [step.first, step.last])
    moved = cursor.execute("INSERT INTO activity SELECT * FROM gathered").fetchone()
    cursor.execute("DROP TABLE gathered")
    return {"moved": moved[0] if moved else 0}


def _supersede(cursor: duckdb.DuckDBPyConnection, staged: str, after_us: int) -> Counts:
    later = f"SELECT s.customer_id FROM score AS s JOIN {staged} AS n USING (customer_id) WHERE s.as_of_us > n.as_of_us"
    cursor.execute(f"DELETE FROM {staged} WHERE customer_id IN ({later})")
    same = f"customer_id IN (SELECT customer_id FROM {staged}) AND as_of_us <= (SELECT max(as_of_us) FROM {staged})"
    removed = cursor.execute(f"DELETE FROM score WHERE as_of_us > ? AND {same}", [after_us]).fetchone()
    columns = ", ".join(TABLES["score"].names)
    added = cursor.execute(f"INSERT INTO score ({columns}) SELECT {columns} FROM {staged} ORDER BY customer_id").fetchone()
    return {"removed": removed[0] if removed else 0, "added": added[0] if added else 0}


def _renew(cursor: duckdb.DuckDBPyConnection, staged: str) -> Counts:
    cursor.execute("DROP TABLE IF EXISTS frame")
    added = cursor.execute(f"CREATE TABLE frame AS SELECT * FROM {staged} ORDER BY customer_id").fetchone()
    return {"added": added[0] if added else 0}


def _order_totals(cursor: duckdb.DuckDBPyConnection) -> Counts:
    touched = cursor.execute("SELECT count(*) FROM touched").fetchone()
    if not touched or not touched[0]:
        return {}
    cursor.execute(upsert.TOTALS)
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE staged_totals AS {upsert.hashed('totals')}")
    counts = _upsert(cursor, "staged_totals")
    emptied = cursor.execute(upsert.EMPTIED).fetchone()
    if emptied and emptied[0]:
        cursor.execute(upsert.WITHDRAW)
    return counts


def _activity_sort(cursor: duckdb.DuckDBPyConnection) -> Counts:
    cursor.execute(f"CREATE TABLE activity_sorted ({ACTIVITY_COLUMNS})")
    moved = cursor.execute("INSERT INTO activity_sorted SELECT * FROM activity ORDER BY customer_id, ts_us, rowid").fetchone()
    cursor.execute("DROP TABLE activity")
    cursor.execute("ALTER TABLE activity_sorted RENAME TO activity")
    return {"rows": moved[0] if moved else 0}


FOLLOW_UPS: Mapping[str, Callable[[duckdb.DuckDBPyConnection], Counts]] = {
    "order_totals": _order_totals,
    "activity_sort": _activity_sort,
}
"""`order_totals`: recompute the totals of the orders that this transaction's upserts touched. `activity_sort`: rewrite all
activities sorted by customer, after many small batches."""


def _checked(table: str, rows: Rows) -> str:
    if table not in TABLES:
        raise Invalid("warehouse_table", table=table, allowed=sorted(TABLES))
    wanted = TABLES[table].names
    missing = [name for name in wanted if name not in rows.schema.names]
    if missing:
        raise Invalid("warehouse_columns", table=table, missing=missing, allowed=wanted)
    return ", ".join(wanted)


def _check_where(step: Replace) -> None:
    unknown = [column for column in step.where if column not in TABLES[step.table].names]
    if unknown or not step.where:
        raise Invalid("warehouse_columns", table=step.table, missing=unknown or ["where"], allowed=TABLES[step.table].names)


def _load(cursor: duckdb.DuckDBPyConnection, name: str, rows: Rows, select: str) -> None:
    schema = rows.schema.append(pa.field("pos", pa.int64(), nullable=False))
    cursor.register("incoming", pa.RecordBatchReader.from_batches(schema, _numbered(rows, schema)))
    try:
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")
    finally:
        cursor.unregister("incoming")


def _numbered(rows: Rows, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    start = 0
    for batch in rows.batches():
        places = pa.array(range(start, start + batch.num_rows), pa.int64())
        start += batch.num_rows
        yield pa.RecordBatch.from_arrays([*batch.columns, places], schema=schema)
