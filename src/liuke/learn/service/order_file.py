"""An order list in any file that an import takes, as orders of customers: lines are added up, cancellations told apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liuke.align.domain.clean import clean_chunk
from liuke.align.domain.entities import ENTITIES
from liuke.align.domain.mapping import missing_fields, plan_import
from liuke.align.domain.orders import amounts
from liuke.align.domain.suggest import Suggestion, suggest_mapping
from liuke.base.errors import Invalid, NotFound
from liuke.base.times import DAY_US
from liuke.connect.domain.detected import Detected
from liuke.connect.sources.files.rows import detect, read_chunks

LEAST_ORDERS, LEAST_CUSTOMERS = 30, 10
_BILLS = """SELECT customer, min(ts_us) AS ts_us,
    CASE WHEN sum(amount) > 0 AND NOT bool_or(cancelled) THEN 'order.placed' ELSE 'order.cancelled' END AS kind,
    abs(sum(amount)) AS value, any_value(name) AS name
FROM line GROUP BY customer, coalesce(order_id, ts_us::VARCHAR) HAVING sum(amount) <> 0 ORDER BY ts_us"""


@dataclass(frozen=True, slots=True)
class OrderFile:
    """`orders`: customer (text), ts_us, kind (order.placed | order.cancelled), value (above 0). `columns`: field to header."""

    orders: pa.Table
    names: dict[str, str]
    columns: dict[str, str]
    rows: int
    rejected: int
    future: int


def read_orders(path: Path, *, zone: str, now_us: int, told: Callable[[float], None] | None = None) -> OrderFile:
    """Reads, recognises the columns, adds lines up to orders.

    Raises NotFound, Invalid("checkup_columns") where customer, date or amount is not found, Invalid("checkup_small"), and what the
    reading of files raises.
    """
    if not path.is_file():
        raise NotFound("cli_file", path=str(path))
    found = detect(path)
    suggestion = suggest_mapping("orders", found.columns)
    _complete(suggestion, found)
    lines, rows, rejected = _lines(path, found, suggestion, zone, told)
    future = 0
    if lines.num_rows:
        early = pc.less_equal(lines["ts_us"], now_us + DAY_US)
        future = lines.num_rows - (pc.sum(early).as_py() or 0)
        lines = lines.filter(early)
    orders, names = _orders(lines)
    placed = orders.filter(pc.equal(orders["kind"], "order.placed"))
    customers = pc.count_distinct(placed["customer"]).as_py() if placed.num_rows else 0
    if placed.num_rows < LEAST_ORDERS or customers < LEAST_CUSTOMERS:
        raise Invalid("checkup_small", orders=placed.num_rows, customers=customers, rows=rows, rejected=rejected + future)
    columns = {field: header for header, field in suggestion.mapping.columns.items() if field in ENTITIES["orders"].schema.names}
    return OrderFile(orders, names, columns, rows, rejected + future, future)


def _complete(suggestion: Suggestion, found: Detected) -> None:
    targets = [column.field for column in suggestion.columns]
    missing = missing_fields(ENTITIES["orders"], targets)
    if missing:
        raise Invalid("checkup_columns", missing=", ".join(missing), found=", ".join(found.names)[:300])


def _lines(
    path: Path, found: Detected, suggestion: Suggestion, zone: str, told: Callable[[float], None] | None
) -> tuple[pa.Table, int, int]:  # fmt: skip
    plan = plan_import(suggestion.mapping, found.columns, zone)
    tables, rows, rejected = [], 0, 0
    for chunk in read_chunks(path, found):
        clean = clean_chunk(chunk, plan)
        rows += clean.rows.num_rows + len(clean.rejects)
        rejected += len(clean.rejects)
        tables.append(_line_table(clean.rows))
        if told:
            told(min(1.0, rows / max(found.rows, 1)))
    return (pa.concat_tables(tables) if tables else _line_table(plan.entity.schema.empty_table())), rows, rejected


def _line_table(rows: pa.Table) -> pa.Table:
    given = rows["order_id"]
    return pa.table(
        {
            "customer": rows["customer_key"],
            "ts_us": rows["ordered_at"],
            "order_id": given,
            "amount": amounts(rows),
            "cancelled": pc.fill_null(pc.equal(rows["status"], "cancelled"), False),
            "name": rows["customer_name"],
        }
    )


def _orders(lines: pa.Table) -> tuple[pa.Table, dict[str, str]]:
    connection = duckdb.connect()
    try:
        connection.execute("SET threads = 2")
        connection.register("line", lines)
        found = connection.sql(_BILLS).to_arrow_table()
    finally:
        connection.close()
    named = found.filter(pc.is_valid(found["name"]))
    names = dict(zip(named["customer"].to_pylist(), named["name"].to_pylist(), strict=True))
    return found.drop_columns(["name"]).cast(_ORDERS), names


_ORDERS = pa.schema([("customer", pa.string()), ("ts_us", pa.int64()), ("kind", pa.string()), ("value", pa.float64())])


def span_days(orders: pa.Table) -> float:
    """Days from the first to the last order."""
    moments = orders["ts_us"].to_numpy()
    return float(np.ptp(moments)) / DAY_US
