"""Aligned rows for tests of facts."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pyarrow as pa

from liuke.align.domain.batch import ALIGNED_ACTIVITY_SCHEMA

Row = dict[str, object]


def activity(
    activity_id: str, *, customer: str = "C1", kind: str = "message.in", ts: int = 1_000, source: str = "s", **fields: object
) -> Row:
    """One aligned activity; `attrs` may be given as a mapping."""
    attrs = fields.pop("attrs", {})
    row: Row = {"source": source, "activity_id": activity_id, "customer_key": customer, "ts_us": ts, "known_us": ts, "kind": kind}
    return {"value": None, "channel": None, "actor": None} | row | {"attrs": json.dumps(attrs)} | fields


def line(activity_id: str, order: str, value: float, **fields: object) -> Row:
    """One order line."""
    attrs = {"order_id": order, "quantity": fields.pop("quantity", 1)} | dict(fields.pop("attrs", {}))  # type: ignore[call-overload]
    return activity(activity_id, kind="order.line", value=value, attrs=attrs, **fields)  # type: ignore[arg-type]


def table(rows: Sequence[Row]) -> pa.Table:
    """Rows as align hands them over."""
    return pa.Table.from_pylist(list(rows), ALIGNED_ACTIVITY_SCHEMA)
