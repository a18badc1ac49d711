"""`liuke bench features`: 67 features per customer, the product's declared metrics against hand-written DuckDB SQL.

    python -m bench.features [customers] [events] [rounds]

The floor and the generator of its activities lie outside the repository (`../shared/floors`), so that nobody can make the floor slow
by accident. Both sides read the same Parquet files in processes of their own, in turns; every value is compared (1e-9 relative,
quintiles exactly; a customer without a channel is 0 there and null here, because we count no rows as nothing to measure).
One JSON line: CPU seconds of both (medians), `cpu_ratio` (median of the rounds' ratios), `compile_cpu_s` (Ibis, not in the ratio).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import duckdb
from bench.features_67 import METRICS, NAMES, QUINTILES

from liuke.base.times import from_us
from liuke.features.domain.columns import activity_relation
from liuke.features.domain.moment import Moment
from liuke.features.service import features_sql

FLOORS = Path(__file__).resolve().parents[2] / "shared/floors"
AS_OF_US = 1_782_432_000_000_000
DAY_US = 86_400_000_000
REACH_DAYS = 540
"""How far back the floor looks at all; the product's stream is cut in the same place."""
CHILD = "--product"


def product(folder: Path, out: Path) -> None:
    """The product's side; prints its own figures like the floor does."""
    start = time.process_time()
    sql = features_sql(stream=activity_relation(), metrics=METRICS, moment=Moment(from_us(AS_OF_US), "UTC"))
    compiled = time.process_time() - start
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute(
        f"""CREATE VIEW activity AS SELECT 'floor' AS source, '' AS activity_id, customer_id, ts_us, ts_us AS known_us, kind, value,
            channel, NULL::VARCHAR AS actor, '{{}}' AS attrs
        FROM read_parquet('{folder}/*/*.parquet', hive_partitioning = false) WHERE ts_us >= {AS_OF_US - REACH_DAYS * DAY_US}"""
    )
    wall, cpu = time.perf_counter(), time.process_time()
    connection.execute(f"COPY (SELECT customer_id, {', '.join(NAMES)} FROM ({sql})) TO '{out}' (FORMAT parquet)")
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall_s": round(wall, 3), "cpu_s": round(cpu, 3), "peak_rss_mb": round(rss), "compile_cpu_s": round(compiled, 3)}))


def differing(floor: Path, ours: Path) -> list[str]:
    """Names of the columns in which any customer differs, `customers` where one side has more of them."""
    found = duckdb.connect().sql(
        f"""SELECT count(*) FILTER (f.customer_id IS NULL OR p.customer_id IS NULL) AS customers,
        {", ".join(f'count(*) FILTER ({_differs(name)}) AS "{name}"' for name in NAMES)}
        FROM '{floor}' AS f FULL JOIN '{ours}' AS p ON f.customer_id = p.customer_id"""
    )
    return [name for name, count in zip(found.columns, found.fetchall()[0], strict=True) if count]


def _differs(name: str) -> str:
    floor, ours = (f'coalesce(f."{name}", 0)', f'coalesce(p."{name}", 0)') if name == "n_channels_90" else (f'f."{name}"', f'p."{name}"')
    allowed = "0" if name in QUINTILES else f"1e-9 * greatest(abs({floor}), 1e-9)"
    return f"({floor} IS NULL) <> ({ours} IS NULL) OR abs({floor} - {ours}) > {allowed}"


def told(command: list[str]) -> dict[str, float]:
    """The JSON line that a child prints."""
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure(folder: Path, work: Path, rounds: int) -> dict[str, object]:
    """Both sides in turns."""
    outs = {name: work / f"{name}.parquet" for name in ("floor", "product")}
    commands = {
        "floor": [sys.executable, str(FLOORS / "features_floor.py"), str(folder), str(outs["floor"])],
        "product": [sys.executable, "-m", "bench.features", CHILD, str(folder), str(outs["product"])],
    }
    figures = [{name: told(command) for name, command in commands.items()} for _ in range(rounds)]

    def middle(side: str, name: str) -> float:
        return round(median(figure[side][name] for figure in figures), 3)

    wrong = differing(outs["floor"], outs["product"])
    return {
        "rounds": rounds,
        "features": len(NAMES),
        "values_differ_in": wrong,
        **{f"{side}_{name}": middle(side, name) for side in commands for name in ("cpu_s", "wall_s", "peak_rss_mb")},
        "compile_cpu_s": middle("product", "compile_cpu_s"),
        "cpu_ratio": round(median(figure["product"]["cpu_s"] / figure["floor"]["cpu_s"] for figure in figures), 3),
    }


def main(customers: int = 100_000, events: int = 10_000_000, rounds: int = 3) -> int:
    """Measure and print one line; 1 where a value differs."""
    if not FLOORS.is_dir():
        print(f"This bench needs the floor at {FLOORS}, which is not part of the repository. Nothing was measured.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="liuke-bench-") as folder:
        work = Path(folder)
        generator = [sys.executable, str(FLOORS / "generate_activities.py"), str(customers), str(events), str(work / "activities")]
        subprocess.run(generator, check=True)
        figures = measure(work / "activities", work, max(3, rounds))
    print(json.dumps({"bench": "features", "customers": customers, "events": events, **figures}))
    return 1 if figures["values_differ_in"] else 0


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        product(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(main(*map(int, sys.argv[1:4])))
