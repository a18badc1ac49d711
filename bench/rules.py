"""200 rules over 1M customers × 100 columns: our compiled evaluation beside one hand-written DuckDB query, and two rule engines.

Usage: python -m bench.rules [customers]. One JSON line. `cpu_ratio` compares CPU seconds of the whole call (compiling, reading the
Arrow table, one boolean array per rule) with those of the hand-written SELECT and the same arrays, in alternating rounds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import zen
from bench.rules_made import NOW_US, ZONE, as_zen, by_hand, made_rules, made_table
from json_logic import jsonLogic
from numpy.typing import NDArray

from liuke.base.errors import Invalid
from liuke.rules.evaluate import matches
from liuke.rules.jsonlogic import to_jsonlogic
from liuke.rules.run import matches_sql, matches_table
from liuke.rules.syntax import Rule

ROUNDS, PEERED, COUNTED = 5, 200, 200
Answers = dict[str, NDArray[np.bool_]]


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What it gives, its CPU seconds over all threads, and its wall seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = work()
    return found, time.process_time() - cpu, time.perf_counter() - wall


def floor(table: pa.Table, rules: dict[str, Rule], now_us: int) -> Answers:
    """The hand-written query, its answers in the same arrays."""
    with duckdb.connect() as connection:
        connection.register("frame", table)
        found = connection.sql(by_hand(list(rules.values()), now_us)).to_arrow_table()
    return {key: found.column(at).to_numpy(zero_copy_only=False).astype(np.bool_) for at, key in enumerate(rules)}


def against_floor(table: pa.Table, rules: dict[str, Rule]) -> dict[str, object]:
    """Both ways, alternating; each round has a moment of its own, so that nothing compiled before is used again."""
    ours, hand, walls = [], [], []
    for nth in range(ROUNDS):
        now_us = NOW_US + nth
        mine, cpu, wall = timed(lambda now=now_us: matches_table(table, rules, now_us=now, zone=ZONE))
        theirs, cpu_hand, _ = timed(lambda now=now_us: floor(table, rules, now))
        assert all((mine[key] == theirs[key]).all() for key in rules), "the two ways differ"
        ours.append(cpu)
        hand.append(cpu_hand)
        walls.append(wall)
    ratios = [one / other for one, other in zip(ours, hand, strict=True)]
    return {
        "cpu_ratio": round(median(ratios), 3), "cpu_ratio_range": [round(min(ratios), 3), round(max(ratios), 3)], "aim": 1.3,
        "ours_cpu_s": round(median(ours), 2), "hand_cpu_s": round(median(hand), 2), "ours_wall_s": round(median(walls), 2),
        "rounds": ROUNDS, "equal": True,
    }  # fmt: skip


def counts(table: pa.Table, rules: dict[str, Rule]) -> dict[str, object]:
    """The live count of the rule editor, as the warehouse answers it: compiled anew, matched and excluded over everybody."""
    walls, cpus = [], []
    with duckdb.connect() as connection:
        connection.register("given", table)
        connection.execute("CREATE TABLE frame AS SELECT * FROM given")
        for nth, rule in enumerate(list(rules.values())[:COUNTED]):
            (matched, _, total), cpu, wall = timed(lambda r=rule, n=nth: counted(connection, r, NOW_US - 1 - n))
            assert 0 <= matched <= total == table.num_rows
            walls.append(wall * 1000)
            cpus.append(cpu * 1000)
    p95, cpu_p95 = (round(float(np.quantile(found, 0.95)), 1) for found in (walls, cpus))
    return {"count_p50_ms": round(median(walls), 1), "count_p95_ms": p95, "count_cpu_p95_ms": cpu_p95, "n": len(walls), "aim_ms": 300}


def counted(connection: duckdb.DuckDBPyConnection, rule: Rule, now_us: int) -> tuple[int, int, int]:
    """Matched, excluded, all."""
    both = matches_sql({"matched": rule, "wanted": Rule(rule.when)}, now_us=now_us, zone=ZONE)
    found = connection.execute(f"SELECT count(*) FILTER (r0), count(*) FILTER (r1 AND NOT r0), count(*) FROM ({both})").fetchone()
    assert found is not None
    return found


def peers(table: pa.Table, rules: dict[str, Rule]) -> dict[str, object]:
    """The same rules for one customer after the other: microseconds per customer and rule, and whether the answers agree."""
    people = table.slice(0, PEERED).to_pylist()
    expressed = {key: logic for key, rule in rules.items() if (logic := _logic(rule)) is not None}
    compiled = {key: zen.compile_expression(as_zen(rule, NOW_US)) for key, rule in rules.items()}
    truth = matches_table(table.slice(0, PEERED), rules, now_us=NOW_US, zone=ZONE)
    out: dict[str, object] = {}
    for name, keys, one in (
        ("liuke_matches", list(rules), lambda key, row: matches(rules[key], row, now_us=NOW_US, zone=ZONE)),
        ("zen_engine", list(compiled), lambda key, row: compiled[key].evaluate(row)),
        ("json_logic_qubit", list(expressed), lambda key, row: bool(jsonLogic(expressed[key], row))),
    ):
        found, cpu, _ = timed(lambda k=keys, o=one: {key: [o(key, row) for row in people] for key in k})
        agree = sum(found[key] == truth[key].tolist() for key in keys)
        out[name] = {"us_per_customer_and_rule": round(cpu * 1e6 / len(keys) / len(people), 2), "rules": len(keys), "agree": agree}
    return out


def _logic(rule: Rule) -> dict[str, Any] | None:
    """None where it depends on today, which JsonLogic cannot say."""
    try:
        return to_jsonlogic(rule, zone=ZONE)
    except Invalid:
        return None


def main() -> None:
    """Print the figure."""
    rows = int(next((given for given in sys.argv[1:] if given.isdigit()), "1000000"))
    table, rules = made_table(rows), made_rules()
    figure = {"figure": "rules", "customers": rows, "columns": table.num_columns, "rules": len(rules)}
    print(json.dumps(figure | against_floor(table, rules) | counts(table, rules) | {"peers": peers(table, rules)}))


if __name__ == "__main__":
    main()
