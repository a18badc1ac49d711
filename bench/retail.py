"""Online Retail II as an activity stream in memory, order level, for the benches. Kept outside the repository: `../shared/data`."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from liuke.features.service import Source

LINES = Path(__file__).resolve().parents[2] / "shared/data/online_retail_ii/lines.parquet"
ZONE = "Europe/London"


def open_retail() -> duckdb.DuckDBPyConnection:
    """A connection with the relation `activity`; ends the program with a sentence where the data are absent."""
    if not LINES.exists():
        sys.exit(f"This bench needs the real transactions at {LINES}; they are not part of the repository. Nothing was measured.")
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute(
        f"""CREATE TABLE activity AS
        WITH line AS (
            SELECT *, epoch_us(invoice_ts AT TIME ZONE '{ZONE}') AS ts_us FROM '{LINES}'
            WHERE customer_id IS NOT NULL AND NOT (sheet = '2009-2010' AND invoice_ts >= '2010-12-01')),
        bill AS (
            SELECT customer_id::BIGINT AS customer_id, invoice, min(ts_us) AS ts_us, sum(quantity * price) AS value,
                   sum(quantity) AS quantity FROM line GROUP BY 1, 2)
        SELECT 'orders' AS source, invoice || '@' || customer_id AS activity_id, customer_id, ts_us, ts_us AS known_us,
               CASE WHEN value > 0 AND invoice NOT LIKE 'C%' THEN 'order.placed' ELSE 'order.cancelled' END AS kind,
               abs(value)::DOUBLE AS value, NULL::VARCHAR AS channel, NULL::VARCHAR AS actor,
               json_object('order_id', invoice, 'quantity', quantity)::VARCHAR AS attrs FROM bill
        UNION ALL
        SELECT 'orders', 'line' || row_number() OVER (), customer_id, ts_us, ts_us, 'order.line', quantity * price,
               NULL, NULL, '{{}}' FROM line"""
    )
    return connection


def source_of(connection: duckdb.DuckDBPyConnection) -> Source:
    """The stream of a connection."""
    return Source(lambda sql: connection.sql(sql).to_arrow_table())
