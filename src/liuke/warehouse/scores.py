"""Score history: one row per customer and scored moment.

Every run stores all its customers, also the unchanged: "the scores at a moment" is then one filter that skips whole row
groups, a run can be replaced or an earlier moment filled in without touching its neighbours, and a missing row means "not
scored" and nothing else. Unchanged texts compress to little.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa

from liuke.base.times import to_us
from liuke.warehouse.domain.schema import SCORE_IN
from liuke.warehouse.domain.steps import Replace, Rows, Supersede, Warehouse

_COLUMNS = ", ".join(SCORE_IN.names)
_OF_MODEL = ("probability", "churn_curve", "at_stake", "money_at_risk", "model")


def scores_write(warehouse: Warehouse, workspace_id: int, *, as_of_us: int, scored: pa.Table, version: int) -> int:
    """Store a run in place of any earlier one of the same moment; the number of rows stored.

    `scored` needs customer_id, score, base, level, reasons (JSON text), confidence; a model's columns (`SCORE_IN`) may be absent; others
    are ignored.
    """
    rows = Rows.of(_stamped(scored, as_of_us, version))
    done = warehouse.transact(workspace_id, None, [Replace("score", rows, {"as_of_us": as_of_us})])
    return done.counts[0]["added"]


def scores_write_few(warehouse: Warehouse, workspace_id: int, *, as_of_us: int, scored: pa.Table, version: int, run_us: int) -> int:
    """Store scores of some customers, made between the run over everybody at `run_us` and the next one; the number of rows stored.

    Each customer keeps one score between two runs: the newest. `scored` as for `scores_write`.
    """
    rows = Rows.of(_stamped(scored, as_of_us, version))
    done = warehouse.transact(workspace_id, None, [Supersede(rows, min(run_us, as_of_us - 1))])
    return done.counts[0]["added"]


def _stamped(scored: pa.Table, as_of_us: int, version: int) -> pa.Table:
    rows = scored.num_rows
    stamped = {"as_of_us": pa.repeat(pa.scalar(as_of_us, pa.int64()), rows), "version": pa.repeat(pa.scalar(version, pa.int32()), rows)}
    absent = {
        field.name: pa.nulls(rows, field.type) for field in SCORE_IN if field.name in _OF_MODEL and field.name not in scored.column_names
    }
    given = {**absent, **stamped}
    columns = [given[field.name] if field.name in given else scored[field.name].cast(field.type) for field in SCORE_IN]
    return pa.table(columns, schema=SCORE_IN)


def scores_at(warehouse: Warehouse, workspace_id: int, *, as_of: datetime) -> pa.Table:
    """The run of exactly this moment, by customer; empty where none was made."""
    sql = f"SELECT {_COLUMNS} FROM score WHERE as_of_us = ? ORDER BY customer_id"
    return warehouse.query(workspace_id, sql, [to_us(as_of)])


def scores_latest(warehouse: Warehouse, workspace_id: int, *, as_of: datetime) -> pa.Table:
    """Each customer's newest score not after `as_of`, by customer.

    A customer that the last run did not know keeps its older score. Reads the whole history: a single run is `scores_at`.
    """
    sql = f"""SELECT {_COLUMNS} FROM score WHERE as_of_us <= ?
        QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY as_of_us DESC) = 1 ORDER BY customer_id"""
    return warehouse.query(workspace_id, sql, [to_us(as_of)])


def scores_later(warehouse: Warehouse, workspace_id: int, *, as_of: datetime) -> frozenset[int]:
    """Customers who have a score of a moment after `as_of`."""
    found = warehouse.query(workspace_id, "SELECT DISTINCT customer_id FROM score WHERE as_of_us > ?", [to_us(as_of)])
    return frozenset(found["customer_id"].to_pylist())


def score_history(warehouse: Warehouse, workspace_id: int, *, customer_id: int, as_of: datetime, since: datetime | None = None) -> pa.Table:
    """One customer's scores in `[since, as_of]`, oldest first."""
    sql = f"SELECT {_COLUMNS} FROM score WHERE customer_id = ? AND as_of_us <= ? AND as_of_us >= ? ORDER BY as_of_us"
    return warehouse.query(workspace_id, sql, [customer_id, to_us(as_of), to_us(since) if since else 0])


def score_moments(warehouse: Warehouse, workspace_id: int, *, as_of: datetime) -> Sequence[int]:
    """The scored moments not after `as_of` (UTC microseconds), oldest first."""
    sql = "SELECT DISTINCT as_of_us FROM score WHERE as_of_us <= ? ORDER BY as_of_us"
    return [int(us) for us in warehouse.query(workspace_id, sql, [to_us(as_of)])["as_of_us"].to_pylist()]
