"""Features and score of everybody over the floor's activities in the product's own store, as a process of its own: wall, CPU, memory.

    python -m bench.features_score ACTIVITIES_FOLDER OUT.parquet AS_OF_US

The activities are first written as the warehouse keeps them, by customer; that is not measured. Its limit of memory holds.
The floor's kinds are given our names, so that the retail catalogue has something to read; the scores mean nothing, their cost does.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from liuke.base.times import from_us
from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.features.service import Source
from liuke.score.domain.templates import template
from liuke.score.service import score_run
from liuke.warehouse.domain.upsert import hashed
from liuke.warehouse.files import Files
from liuke.warehouse.local import LocalWarehouse

OURS = {
    "purchase": "order.placed", "refund": "order.cancelled", "page_view": "page.viewed", "support_ticket": "ticket.opened",
    "support_reply": "ticket.closed", "payment_failed": "payment.overdue", "review": "survey.answered", "email_open": "message.read",
    "plan_change": "plan.changed",
}  # fmt: skip
"""The floor's kind → ours; the others keep their name."""


def renamed() -> str:
    """The kind by our name, as SQL."""
    cases = " ".join(f"WHEN '{theirs}' THEN '{ours}'" for theirs, ours in OURS.items())
    return f"CASE kind {cases} ELSE kind END"


STORE = "--store"
AT_ONCE = 100_000
"""Customers whose rows are stored together."""
SPACE = 1


def stored(folder: Path, place: Path) -> None:
    """The floor's rows in a warehouse at `place`, in the order of the customers."""
    floor, files = duckdb.connect(), Files(place)
    rows = f"read_parquet('{folder}/*/*.parquet', hive_partitioning = false)"
    found = floor.execute(f"SELECT max(customer_id) FROM {rows}").fetchone()
    columns = ", ".join([*ACTIVITY_SCHEMA.names, "key", "content", "order_key"])
    with files.cursor(SPACE) as connection:
        for start in range(0, int(found[0] if found else 0) + 1, AT_ONCE):
            made = floor.execute(
                f"""SELECT 'floor' AS source, concat(customer_id, '-', ts_us) AS activity_id, customer_id, ts_us, ts_us AS known_us,
                    {renamed()} AS kind, value, channel, NULL::VARCHAR AS actor, '{{}}' AS attrs, 0 AS pos
                FROM {rows} WHERE customer_id >= {start} AND customer_id < {start + AT_ONCE} ORDER BY customer_id, ts_us"""
            ).to_arrow_table()
            connection.register("made", made)
            connection.execute(f"INSERT INTO activity ({columns}) SELECT {columns} FROM ({hashed('made')})")
            connection.unregister("made")
    files.close_idle(idle_s=0)


def main(folder: Path, out: Path, as_of_us: int) -> None:
    """Score, write, tell."""
    place = out.with_suffix(".store")
    subprocess.run([sys.executable, "-m", "bench.features_score", STORE, str(folder), str(place)], check=True)
    warehouse, features_s = LocalWarehouse(place), 0.0

    def run(sql: str) -> pa.Table:
        nonlocal features_s
        began = time.perf_counter()
        table = warehouse.query(SPACE, sql)
        features_s += time.perf_counter() - began
        return table

    retail = template("retail")
    wall, cpu = time.perf_counter(), time.process_time()
    scored = score_run(source=Source(run), as_of=from_us(as_of_us), zone="Asia/Shanghai", config=retail.config, churn=retail.churn)
    pq.write_table(scored.table, out)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"wall_s": wall, "cpu_s": cpu, "queries_wall_s": features_s, "peak_rss_mb": rss, "customers": scored.table.num_rows}
    print(json.dumps({name: round(value, 2) for name, value in told.items()}))


if __name__ == "__main__":
    if sys.argv[1] == STORE:
        stored(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
