"""What a model foretold out of time and what then happened: the table that every figure and promise is made of, as Parquet."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

COLUMNS = pa.schema(
    [
        ("customer_id", pa.int64()),
        ("origin_us", pa.int64()),
        ("logit", pa.float64()),
        ("expected", pa.float64()),
        ("lost", pa.bool_()),
        ("lost_at_us", pa.int64()),
        ("annual_value", pa.float64()),
        ("tier", pa.string()),
        ("treated", pa.bool_()),
    ]
)
"""`logit`: calibrated; `expected`: the same shifted to the base rate expected of the season. `lost_at_us` null: not lost.

`treated`: somebody was in touch with the customer because of an alert within the horizon, so that a saved one may look like a false alarm.
"""


def predicted_table(columns: dict[str, NDArray[Any]]) -> pa.Table:
    """The columns in their order and types; `lost_at_us` -1 becomes null. Raises KeyError for a missing one."""
    arrays = []
    for field in COLUMNS:
        values = columns[field.name]
        mask = np.asarray(values) < 0 if field.name == "lost_at_us" else None
        arrays.append(pa.array(values, field.type, mask=mask, from_pandas=False))
    return pa.table(arrays, schema=COLUMNS)


def predicted_bytes(table: pa.Table) -> bytes:
    """As Parquet."""
    into = io.BytesIO()
    pq.write_table(table, into, compression="zstd")
    return into.getvalue()


def predicted_read(data: bytes | memoryview) -> pa.Table:
    """The table in these bytes."""
    return pq.read_table(pa.BufferReader(bytes(data)))
