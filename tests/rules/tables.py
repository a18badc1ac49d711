"""Rows of the generated catalogue as an Arrow table."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from liuke.rules.evaluate import Row
from liuke.rules.needs import demand_column
from tests.rules.generated import FLAGS, FOLLOW, MOMENTS, NUMBERS, SWING, TEXTS

SCHEMA = pa.schema(
    [
        *[pa.field(name, pa.float64()) for name in NUMBERS],
        *[pa.field(name, pa.string()) for name in TEXTS],
        *[pa.field(name, pa.bool_()) for name in (*FLAGS, demand_column(FOLLOW), demand_column(SWING))],
        *[pa.field(name, pa.int64()) for name in MOMENTS],
        pa.field("tags", pa.list_(pa.string())),
    ]
)


def table_of(rows: Sequence[Row]) -> pa.Table:
    """The rows, with the types of the frame."""
    return pa.Table.from_pylist([dict(row) for row in rows], schema=SCHEMA)
