"""The one stream of what happened, as a bulk contract: every step reads and writes activities in this shape."""

from __future__ import annotations

import pyarrow as pa

ACTIVITY_SCHEMA = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("activity_id", pa.string(), nullable=False),
        pa.field("customer_id", pa.int64(), nullable=False),
        pa.field("ts_us", pa.int64(), nullable=False),
        pa.field("known_us", pa.int64(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("value", pa.float64()),
        pa.field("channel", pa.string()),
        pa.field("actor", pa.string()),
        pa.field("attrs", pa.string()),
    ]
)
"""`(source, activity_id)` is unique; a later row with the same pair corrects the earlier one. `ts_us`, `known_us`: UTC
microseconds; `known_us` is when we could have known. `value`: the amount in the workspace's currency, or the measure of the
kind (score of a survey, seconds of a page view). `attrs`: a JSON object as text, never null in the warehouse (`{}`)."""
