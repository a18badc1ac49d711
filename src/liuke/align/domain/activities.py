"""Builds tables of activities in the shape that facts takes."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from liuke.align.domain.batch import ALIGNED_ACTIVITY_SCHEMA
from liuke.align.domain.jsontext import json_objects


def constant(value: str | bool | None, length: int, kind: pa.DataType | None = None) -> pa.Array:
    """A column of one value."""
    return pa.repeat(pa.scalar(value, kind), length)


def activity_table(
    *,
    source: str,
    activity_id: pa.Array,
    customer_key: pa.Array,
    ts_us: pa.Array,
    kind: pa.Array | str,
    known_us: pa.Array | None = None,
    value: pa.Array | None = None,
    channel: pa.Array | None = None,
    actor: pa.Array | None = None,
    attrs: Mapping[str, pa.Array] | None = None,
) -> pa.Table:
    """Columns of equal length as ALIGNED_ACTIVITY_SCHEMA. Without `known_us` a row was known when it happened."""
    rows = len(activity_id)
    text = pa.nulls(rows, pa.string())
    columns = {
        "source": constant(source, rows),
        "activity_id": activity_id,
        "customer_key": customer_key,
        "ts_us": ts_us,
        "known_us": ts_us if known_us is None else known_us,
        "kind": constant(kind, rows) if isinstance(kind, str) else kind,
        "value": pa.nulls(rows, pa.float64()) if value is None else value,
        "channel": text if channel is None else channel,
        "actor": text if actor is None else actor,
        "attrs": json_objects(attrs) if attrs else constant("{}", rows),
    }
    return pa.table([pc.cast(columns[field.name], field.type) for field in ALIGNED_ACTIVITY_SCHEMA], schema=ALIGNED_ACTIVITY_SCHEMA)


def prefixed(prefix: str, ids: pa.Array) -> pa.Array:
    """`prefix:id`: ids of different entities of one source never meet."""
    return pc.binary_join_element_wise(prefix, pc.cast(ids, pa.string()), ":")
