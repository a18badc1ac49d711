"""Features and score of everybody over the floor's files, as a process of its own: wall, CPU and memory.

    python -m bench.features_score ACTIVITIES_FOLDER OUT.parquet AS_OF_US [THREADS]

The floor's kinds are given our names, so that the retail catalogue has something to read; the scores mean nothing, their cost does.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from liuke.base.times import from_us
from liuke.features.service import Source
from liuke.score.domain.templates import template
from liuke.score.service import score_run

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


def ours(folder: Path, place: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """The floor's files once more, with our kinds: renaming in every scan would be measured as if it were ours."""
    place.mkdir()
    for number, path in enumerate(sorted(folder.glob("*/*.parquet"))):
        columns = f"customer_id, ts_us, {renamed()} AS kind, value, channel"
        target = place / f"{number:02d}.parquet"
        connection.execute(
            f"""COPY (SELECT {columns} FROM read_parquet('{path}', hive_partitioning = false))
            TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 250000)"""
        )


def main(folder: Path, out: Path, as_of_us: int, threads: int = 2) -> None:
    """Score, write, tell."""
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    place = out.with_suffix(".rows")
    ours(folder, place, connection)
    connection.execute(
        f"""CREATE VIEW activity AS SELECT 'floor' AS source, '' AS activity_id, customer_id, ts_us, ts_us AS known_us,
            kind, value, channel, NULL::VARCHAR AS actor, '{{}}' AS attrs
        FROM read_parquet('{place}/*.parquet')"""
    )
    features_s = 0.0

    def run(sql: str) -> object:
        nonlocal features_s
        began = time.perf_counter()
        table = connection.sql(sql).to_arrow_table()
        features_s += time.perf_counter() - began
        return table

    retail = template("retail")
    wall, cpu = time.perf_counter(), time.process_time()
    source, as_of = Source(run), from_us(as_of_us)  # type: ignore[arg-type]  # a table, as pyarrow has no types
    scored = score_run(source=source, as_of=as_of, zone="Asia/Shanghai", config=retail.config, churn=retail.churn)
    pq.write_table(scored.table, out)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"wall_s": wall, "cpu_s": cpu, "queries_wall_s": features_s, "peak_rss_mb": rss, "customers": scored.table.num_rows}
    print(json.dumps({name: round(value, 2) for name, value in told.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))
