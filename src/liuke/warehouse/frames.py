"""The frame: one wide row per customer as of the last scoring. Live match counts and the hourly sweep read it."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa

from liuke.base.times import from_us
from liuke.warehouse.domain.steps import Renew, Rows, Warehouse


def frame_write(warehouse: Warehouse, workspace_id: int, *, as_of_us: int, frame: pa.Table) -> int:
    """Store a frame in place of the one before; the number of rows. Its column `as_of_us` tells the moment."""
    stamped = frame.append_column("as_of_us", pa.repeat(pa.scalar(as_of_us, pa.int64()), frame.num_rows))
    done = warehouse.transact(workspace_id, None, [Renew(Rows.of(stamped))])
    return int(done.counts[0]["added"])


def frame_schema(warehouse: Warehouse, workspace_id: int) -> dict[str, str]:
    """The stored frame's columns with DuckDB's types; empty before the first scoring."""
    sql = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'frame' AND schema_name = 'main' ORDER BY column_index"
    return {str(row["column_name"]): str(row["data_type"]) for row in warehouse.query(workspace_id, sql).to_pylist()}


def frame_moment(warehouse: Warehouse, workspace_id: int) -> datetime | None:
    """The moment of the stored frame; None before the first scoring and where a workspace has no customers."""
    if not frame_schema(warehouse, workspace_id):
        return None
    found = warehouse.query(workspace_id, "SELECT max(as_of_us) AS us FROM frame")["us"][0].as_py()
    return None if found is None else from_us(int(found))
