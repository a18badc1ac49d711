"""Activities and scores for tests of the warehouse."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pyarrow as pa

from liuke.warehouse.domain.schema import ACTIVITY_IN
from liuke.warehouse.domain.steps import Rows

Row = dict[str, object]


def activity(
    activity_id: str, value: float | None = None, *, customer: int = 1, ts: int = 1_000, kind: str = "message.in", **attrs: object
) -> Row:
    """One activity of the source `s`, known when it happened."""
    row: Row = {"source": "s", "activity_id": activity_id, "customer_id": customer, "ts_us": ts, "known_us": ts, "kind": kind}
    return row | {"value": value, "channel": None, "actor": None, "attrs": json.dumps(attrs)}


def rows(given: Sequence[Row]) -> Rows:
    """Rows as a declared write takes them."""
    return Rows.of(pa.Table.from_pylist(list(given), ACTIVITY_IN))
