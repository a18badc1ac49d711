"""The tables of a workspace's DuckDB file and the migrations that lead to them. Only ever appended to."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

ACTIVITY_COLUMNS = """
    source VARCHAR NOT NULL, activity_id VARCHAR NOT NULL, customer_id BIGINT NOT NULL,
    ts_us BIGINT NOT NULL, known_us BIGINT NOT NULL, kind VARCHAR NOT NULL,
    value DOUBLE, channel VARCHAR, actor VARCHAR, attrs VARCHAR NOT NULL,
    key UHUGEINT NOT NULL, content UBIGINT NOT NULL, order_key UBIGINT
"""
"""The shared columns, then three of our own. `key` is md5 of (source, activity_id): finding 1,000 known rows among ten
million by it takes 0.09 s, by the two texts 0.46 s, and an index of that many keys would not fit in memory at 100 million
rows. `content` is the hash of all that a correction can change except `known_us`. `order_key` hashes (source, order id)
of order lines and totals, null elsewhere."""

MIGRATIONS: Sequence[Sequence[str]] = (
    (
        f"CREATE TABLE activity ({ACTIVITY_COLUMNS})",
        "CREATE TABLE batch_done (batch_id VARCHAR PRIMARY KEY, at_us BIGINT NOT NULL, result VARCHAR NOT NULL)",
        """CREATE TABLE score (
            customer_id BIGINT NOT NULL, as_of_us BIGINT NOT NULL, score DOUBLE NOT NULL, base DOUBLE NOT NULL,
            level VARCHAR NOT NULL, reasons VARCHAR NOT NULL, confidence DOUBLE NOT NULL, version INTEGER NOT NULL)""",
    ),
    (
        "ALTER TABLE score ADD COLUMN probability DOUBLE",
        "ALTER TABLE score ADD COLUMN churn_curve VARCHAR",
        "ALTER TABLE score ADD COLUMN at_stake DOUBLE",
        "ALTER TABLE score ADD COLUMN money_at_risk DOUBLE",
        "ALTER TABLE score ADD COLUMN model INTEGER",
    ),
)
"""Statements of each version, in order; version 1 is the first entry."""


def _schema(*columns: tuple[str, pa.DataType]) -> pa.Schema:
    return pa.schema(columns)


ACTIVITY_IN = _schema(
    ("source", pa.string()),
    ("activity_id", pa.string()),
    ("customer_id", pa.int64()),
    ("ts_us", pa.int64()),
    ("known_us", pa.int64()),
    ("kind", pa.string()),
    ("value", pa.float64()),
    ("channel", pa.string()),
    ("actor", pa.string()),
    ("attrs", pa.string()),
)
"""What an upsert of activities takes: `facts.domain.activity.ACTIVITY_SCHEMA` (a test holds the two equal)."""

SCORE_IN = _schema(
    ("customer_id", pa.int64()),
    ("as_of_us", pa.int64()),
    ("score", pa.float64()),
    ("base", pa.float64()),
    ("level", pa.string()),
    ("reasons", pa.string()),
    ("confidence", pa.float64()),
    ("version", pa.int32()),
    ("probability", pa.float64()),
    ("churn_curve", pa.string()),
    ("at_stake", pa.float64()),
    ("money_at_risk", pa.float64()),
    ("model", pa.int32()),
)
"""One customer's score as of a moment; `reasons` is the JSON text of a list of `signals.domain.reason.Reason`.

The last five are what a learned model says (`score.domain.table`), null where none made the score.
"""

TABLES = {"activity": ACTIVITY_IN, "score": SCORE_IN}
"""The tables that a declared write may name, with the columns it must bring."""
