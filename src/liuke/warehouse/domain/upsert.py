"""The SQL of writing activities: hash, judge against what is stored, replace, and keep order totals true.

Temporary tables carry a batch through the steps: `staged` (rows as they came, hashed) → `judged` (with what stood before
them) → `chosen` (at most one row per key, to be stored). `touched` collects the orders that changed in this transaction.
"""

from __future__ import annotations

LINE_KIND = "order.line"
PLACED_KIND = "order.placed"
CANCELLED_KIND = "order.cancelled"
ORDER_KINDS = f"('{LINE_KIND}', '{PLACED_KIND}', '{CANCELLED_KIND}')"

_STORED = "source, activity_id, customer_id, ts_us, known_us, kind, value, channel, actor, attrs, key, content, order_key"


READ = "text_read"
"""The attribute that begins what our reader of texts added to a row: it and all behind it are not the source's, so they are left
out of `content`, and a file that is read again with other word lists still says the same."""
_OWN = f"""CASE WHEN starts_with(attrs, '{{"{READ}":') THEN '{{}}'
    WHEN contains(attrs, ',"{READ}":') THEN split_part(attrs, ',"{READ}":', 1) || '}}' ELSE coalesce(attrs, '{{}}') END"""


def hashed(relation: str) -> str:
    """Rows of `relation` (the activity columns and `pos`, the place in the batch) with `key`, `content` and `order_key`."""
    return f"""
        SELECT source, activity_id, customer_id::BIGINT AS customer_id, ts_us::BIGINT AS ts_us, known_us::BIGINT AS known_us,
            kind, value::DOUBLE AS value, channel, actor, coalesce(attrs, '{{}}') AS attrs, pos,
            md5_number(concat_ws(chr(31), source, activity_id)) AS key,
            md5_number_lower(concat_ws(chr(31), customer_id, ts_us, kind, coalesce(value::DOUBLE::VARCHAR, chr(30)),
                coalesce(channel, chr(30)), coalesce(actor, chr(30)), {_OWN})) AS content,
            CASE WHEN kind IN {ORDER_KINDS} AND (attrs->>'$.order_id') IS NOT NULL
                THEN md5_number_lower(concat_ws(chr(31), source, attrs->>'$.order_id')) END AS order_key
        FROM {relation}"""


ANNOTATED = "SELECT attrs, md5_number(concat_ws(chr(31), source, activity_id)) AS key FROM incoming"


def annotate(staged: str) -> str:
    """New attributes for the stored rows; `content` stays what the source said. The last one told of a row counts."""
    return f"""
        UPDATE activity SET attrs = told.attrs
        FROM (SELECT key, last(attrs) AS attrs FROM {staged} GROUP BY key) AS told WHERE activity.key = told.key"""


def without_own_totals(staged: str) -> str:
    """Totals that arrive together with the lines of their order are ours to compute: they are not rows of the source."""
    return f"""
        DELETE FROM {staged} WHERE kind IN ('{PLACED_KIND}', '{CANCELLED_KIND}') AND activity_id = 'order:' || (attrs->>'$.order_id')
            AND order_key IN (SELECT order_key FROM {staged} WHERE kind = '{LINE_KIND}')"""


TOUCHED = "CREATE TEMP TABLE IF NOT EXISTS touched (order_key UBIGINT, had_line BOOLEAN)"


def judged(staged: str) -> str:
    """Each staged row with the stored row of its key and the content that stood before it (null = new)."""
    return f"""
        CREATE OR REPLACE TEMP TABLE judged AS
        WITH stored AS (SELECT rowid AS rid, key, content FROM activity SEMI JOIN {staged} USING (key))
        SELECT s.*, stored.rid, stored.content AS stored_content,
            coalesce(lag(s.content) OVER (PARTITION BY s.key ORDER BY s.pos), stored.content) AS before
        FROM {staged} AS s LEFT JOIN stored USING (key)"""


COUNTS = """
    SELECT count(*) FILTER (before IS NULL), count(*) FILTER (before <> content), count(*) FILTER (before = content) FROM judged"""

CHOSEN = """
    CREATE OR REPLACE TEMP TABLE chosen AS
    SELECT * FROM judged WHERE before IS DISTINCT FROM content QUALIFY row_number() OVER (PARTITION BY key ORDER BY pos DESC) = 1"""
"""The last row of each key that said something new: what row-by-row writing would have left."""

MOVED = """
    SELECT was.customer_id, count(*) FROM chosen JOIN activity AS was ON was.rowid = chosen.rid
    WHERE was.customer_id <> chosen.customer_id GROUP BY ALL ORDER BY ALL"""
"""Customers who lose rows to others by these corrections."""

STORE = (
    f"""INSERT INTO touched SELECT DISTINCT order_key, kind = '{LINE_KIND}' FROM activity
        WHERE rowid IN (SELECT rid FROM chosen WHERE rid IS NOT NULL) AND order_key IS NOT NULL""",
    f"INSERT INTO touched SELECT DISTINCT order_key, kind = '{LINE_KIND}' FROM chosen WHERE order_key IS NOT NULL",
    "DELETE FROM activity WHERE rowid IN (SELECT rid FROM chosen WHERE rid IS NOT NULL)",
    f"INSERT INTO activity SELECT {_STORED} FROM chosen ORDER BY customer_id, ts_us, pos",
)
"""Sorted by customer inside each batch: row groups then span few customers, and a customer's page reads few groups."""

TOTALS = f"""
    CREATE OR REPLACE TEMP TABLE totals AS
    WITH lines AS (
        SELECT source, attrs->>'$.order_id' AS order_id, customer_id, ts_us, known_us, channel, actor, coalesce(value, 0) AS value,
            coalesce(TRY_CAST(attrs->>'$.quantity' AS DOUBLE), 0) AS quantity,
            coalesce((attrs->>'$.cancelled') = 'true', false) AS cancelled, (attrs->>'$.in_stock') = 'false' AS short,
            TRY_CAST(attrs->>'$.late_days' AS DOUBLE) AS late_days
        FROM activity WHERE rowid IN (SELECT rowid FROM activity SEMI JOIN touched USING (order_key) WHERE kind = '{LINE_KIND}')),
    orders AS (
        SELECT source, order_id, min(customer_id) AS customer_id, min(ts_us) AS ts_us, min(known_us) AS known_us, min(channel) AS channel,
            min(actor) AS actor, count(*) AS lines, round(fsum(quantity), 4) AS quantity, round(fsum(value), 4) AS total,
            round(coalesce(fsum(value) FILTER (value < 0 OR NOT cancelled), 0), 4) AS standing, bool_and(cancelled) AS all_cancelled,
            bool_or(short) AS short, max(late_days) AS late_days
        FROM lines GROUP BY source, order_id)
    SELECT source, 'order:' || order_id AS activity_id, customer_id, ts_us, known_us,
        CASE WHEN all_cancelled OR standing < 0 THEN '{CANCELLED_KIND}' ELSE '{PLACED_KIND}' END AS kind,
        CASE WHEN all_cancelled THEN abs(total) ELSE abs(standing) END AS value, channel, actor,
        json_merge_patch(json_object('order_id', order_id, 'lines', lines,
            'quantity', CASE WHEN quantity = trunc(quantity) THEN to_json(quantity::BIGINT) ELSE to_json(quantity) END),
            json_object('short_of_stock', short, 'late_days', late_days))::VARCHAR AS attrs,
        row_number() OVER () AS pos
    FROM orders"""
"""One total per touched order, from all its stored lines. Cancelled: every line is marked so, or the sum is negative. In a
mixed order the cancelled lines do not count, unless they are negative already (a credit line). Out of stock when any line's
`in_stock` is false, as late as its latest line; both only where lines say so. Finding row numbers first spares reading the
other columns of the whole table: half the time at ten million rows."""

EMPTIED = """
    CREATE OR REPLACE TEMP TABLE emptied AS
    SELECT order_key FROM touched WHERE had_line EXCEPT SELECT order_key FROM staged_totals"""
"""Orders whose last line a correction moved elsewhere; seldom any."""

WITHDRAW = f"""
    DELETE FROM activity WHERE order_key IN (SELECT order_key FROM emptied) AND kind IN ('{PLACED_KIND}', '{CANCELLED_KIND}')
        AND activity_id = 'order:' || (attrs->>'$.order_id')"""
