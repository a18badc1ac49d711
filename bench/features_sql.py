"""The floor for the score's features: the default retail catalogue in hand-written DuckDB SQL, as fast as we could write it.

Yields the same values as `score_metrics(template("retail"))` (tests/features/test_floor.py compares at 1e-9). Kept by hand, apart
from the compiler: when the default catalogue changes, this changes. Usage: python -m bench.features_sql ACTIVITY.parquet [AS_OF_US]
prints a JSON line with both CPU seconds, alternating, and their ratio (the median of the rounds).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Collection
from dataclasses import replace
from statistics import median

import duckdb

from liuke.base.times import from_us
from liuke.features.domain.columns import activity_relation
from liuke.features.domain.moment import Moment
from liuke.features.service import features_sql
from liuke.score.domain.baseline import BaselineRule
from liuke.score.domain.measured import score_metrics
from liuke.score.domain.plans import plans_of
from liuke.score.domain.templates import template
from liuke.signals.domain.measures import NOT_DONE_BY_CUSTOMER
from liuke.signals.domain.signal import World

DAY = 86_400_000_000
VISITS = ("login", "page.viewed", "visit.made")


def floor_sql(moment: Moment, kinds: Collection[str]) -> str:
    """One SELECT with a row per customer. `kinds`: those present; without visits or tickets their features are left out."""
    now, since = moment.us, moment.back_us
    known = f"known_us <= {now} AND ts_us < {now}"
    visits, tickets = bool(set(VISITS) & set(kinds)), "ticket.opened" in kinds
    everything = f"""everything AS (
        SELECT customer_id, max(own) AS last, min(own) AS first,
               count(*) FILTER (own >= {since(7)}) AS c7, count(*) FILTER (own >= {since(14)}) AS c14,
               count(*) FILTER (own >= {since(21)}) AS c21, count(*) FILTER (own >= {since(77)}) AS c77
        FROM (SELECT customer_id, CASE WHEN kind NOT IN ({_listed(NOT_DONE_BY_CUSTOMER)}) THEN ts_us END AS own
              FROM activity WHERE {known} AND kind <> 'order.line') GROUP BY 1)"""
    orders = f"""orders AS (
        SELECT customer_id, max(ts_us) AS last, count(*) AS n,
               count(*) FILTER (ts_us >= {since(90)}) AS c90, count(*) FILTER (ts_us >= {since(180)}) AS c180,
               count(*) FILTER (ts_us >= {since(360)}) AS c360,
               count(*) FILTER (ts_us >= {since(365)} AND ts_us < {since(275)}) AS season,
               sum(value) FILTER (ts_us >= {since(90)}) AS s90, sum(value) FILTER (ts_us >= {since(365)}) AS s365,
               sum(value) FILTER (ts_us >= {since(360)} AND ts_us < {since(90)}) AS before,
               sum(pieces) FILTER (ts_us >= {since(90)}) AS q90, sum(pieces) FILTER (ts_us < {since(90)}) AS q360
        FROM (SELECT customer_id, ts_us, value, CASE WHEN ts_us >= {since(360)} THEN (attrs ->> '$.quantity')::DOUBLE END AS pieces
              FROM activity WHERE {known} AND kind = 'order.placed') GROUP BY 1)"""
    cancelled = f"""cancelled AS (SELECT customer_id, sum(value) AS s365 FROM activity
        WHERE {known} AND kind = 'order.cancelled' AND ts_us >= {since(365)} GROUP BY 1)"""
    steps = [everything, orders, cancelled, *_rhythm("rhythm", known, now, ("order.placed",))]
    if visits:
        last = f"SELECT customer_id, max(ts_us) AS last FROM activity WHERE {known} AND kind IN ({_listed(VISITS)}) GROUP BY 1"
        steps += [*_rhythm("visits", known, now, VISITS), f"visited AS ({last})"]
    if tickets:
        steps.append(
            f"""tickets AS (SELECT customer_id, count(*) FILTER (ts_us >= {since(90)}) AS c90, count(*) AS c180 FROM activity
        WHERE {known} AND kind = 'ticket.opened' AND ts_us >= {since(180)} GROUP BY 1)"""
        )
    tables = ["orders", "cancelled", "rhythm"] + ["visits", "visited"] * visits + ["tickets"] * tickets
    joins = "\n".join(f"LEFT JOIN {name} ON {name}.customer_id = e.customer_id" for name in tables)
    return f"WITH {', '.join(steps)}\nSELECT {', '.join(_columns(now, visits, tickets))} FROM everything AS e {joins}"


def _listed(kinds: Collection[str]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)


def _rhythm(name: str, known: str, now: int, kinds: tuple[str, ...]) -> list[str]:
    listed = _listed(kinds)
    return [
        f"""{name}_day AS (SELECT DISTINCT customer_id, ({now - 1} - ts_us) // {DAY} AS ago
            FROM activity WHERE {known} AND kind IN ({listed}))""",
        f"""{name}_gap AS (SELECT customer_id, ago, lead(ago) OVER own - ago AS gap, row_number() OVER own AS nth
            FROM {name}_day WINDOW own AS (PARTITION BY customer_id ORDER BY ago))""",
        f"""{name} AS (SELECT customer_id, count(*) AS days, count(*) FILTER (ago < 365) AS year_days, median(gap) AS usual,
            CASE WHEN count(gap) FILTER (nth <= 3) = 3 THEN avg(gap) FILTER (nth <= 3) END AS recent,
            CASE WHEN count(gap) FILTER (nth > 3) >= 2 THEN median(gap) FILTER (nth > 3) END AS earlier
            FROM {name}_gap GROUP BY 1)"""
        if name == "rhythm"
        else f"""{name} AS (SELECT customer_id,
            CASE WHEN count(gap) FILTER (nth <= 3) = 3 THEN avg(gap) FILTER (nth <= 3) END AS recent,
            CASE WHEN count(gap) FILTER (nth > 3) >= 2 THEN median(gap) FILTER (nth > 3) END AS earlier
            FROM {name}_gap GROUP BY 1)""",
    ]


def _columns(now: int, visits: bool, tickets: bool) -> list[str]:
    """The catalogue's names, in its order."""
    columns = {
        "customer_id": "e.customer_id",
        "order_amount_365": "coalesce(orders.s365, 0)",
        "cancelled_amount_365": "coalesce(cancelled.s365, 0)",
        "order_days_365": "year_days",
        "order_since": f"({now} - orders.last) / {float(DAY)}",
        "order_days": "days",
        "order_last_us": "orders.last",
        "interaction_last_us": "e.last",
        "days_known": f"({now} - e.first) / {float(DAY)}",
        "alive_n": "coalesce(orders.c180, 0)",
        "alive_ever_n": "coalesce(orders.n, 0)",
        "interaction_n_7": "c7",
        "interaction_n_7_7": "c14 - c7",
        "interaction_n_7_14": "c21 - c14",
        "interaction_n_56_21": "c77 - c21",
        "interaction_since": f"({now} - e.last) / {float(DAY)}",
        "order_gap_recent_3": "rhythm.recent",
        "order_gap_earlier_3": "rhythm.earlier",
        "order_n_270_90": "coalesce(c360 - orders.c90, 0)",
        "order_amount_90": "coalesce(s90, 0)",
        "order_amount_270_90": "coalesce(before, 0)",
        "order_quantity_90": "coalesce(q90, 0)",
        "order_quantity_270_90": "coalesce(q360, 0)",
        "order_gap_median": "usual",
        "order_n_90_275": "coalesce(season, 0)",
    }
    if visits:
        columns |= {"visit_gap_recent_3": "visits.recent", "visit_gap_earlier_3": "visits.earlier"}
        columns["login_page_viewed_visit_made_since_all"] = f"({now} - visited.last) / {float(DAY)}"
    if tickets:
        columns |= {"ticket_n_90": "coalesce(tickets.c90, 0)", "ticket_n_90_90": "coalesce(tickets.c180 - tickets.c90, 0)"}
    return [f"({expression})::{'BIGINT' if name == 'customer_id' else 'DOUBLE'} AS {name}" for name, expression in columns.items()]


FLOOR = frozenset(
    [
        "SIG-05",
        "SIG-08",
        "SIG-09",
        "SIG-13",
        "SIG-20",
        "SIG-21",
        "SIG-23",
        "SIG-24",
        "SIG-42",
        "recent_order",
        "frequent",
        "growth",
        "season",
    ]
)
"""The signals whose features are written out by hand above."""


def product_sql(moment: Moment, kinds: Collection[str]) -> str:
    """The same features, compiled from the catalogue."""
    retail = template("retail")
    config = replace(
        retail.config, signals={code: replace(s, enabled=s.enabled and code in FLOOR) for code, s in retail.config.signals.items()}
    )
    metrics = score_metrics(plans_of(config), BaselineRule(enabled=False), retail.churn, World(kinds))
    return features_sql(stream=activity_relation(), metrics=metrics, moment=moment)


def ratio(connection: duckdb.DuckDBPyConnection, moment: Moment, *, rounds: int = 5) -> dict[str, object]:
    """CPU seconds of both over the relation `activity` of a connection, alternating, and the median of their ratios."""
    kinds = [kind for (kind,) in connection.sql("SELECT DISTINCT kind FROM activity").fetchall()]
    statements = {"floor_cpu_s": floor_sql(moment, kinds), "product_cpu_s": product_sql(moment, kinds)}
    spent: dict[str, list[float]] = {name: [] for name in statements}
    for _ in range(rounds):
        for name, sql in statements.items():
            start = time.process_time()
            connection.sql(sql).to_arrow_table()
            spent[name].append(time.process_time() - start)
    ratios = [product / floor for floor, product in zip(*spent.values(), strict=True)]
    return {**{name: round(median(times), 3) for name, times in spent.items()}, "features_cpu_ratio": round(median(ratios), 3)}


def main() -> None:
    """Measure on a Parquet file in the shape of the stream."""
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute(f"CREATE VIEW activity AS SELECT * FROM read_parquet('{sys.argv[1]}')")
    as_of_us = int(sys.argv[2]) if len(sys.argv) > 2 else 1_782_432_000_000_000
    print(json.dumps(ratio(connection, Moment(from_us(as_of_us), "UTC"))))


if __name__ == "__main__":
    main()
