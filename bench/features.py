"""`liuke bench features --rows 1000000|10000000|100000000`: 67 features per customer, declared metrics against hand-written SQL.

The floor and the generator of its activities lie outside the repository (`../shared/floors`), so that nobody can make the floor slow
by accident. Floor, product and Polars read the same Parquet files (100 rows a customer) in processes of their own, in turns; every
value is compared (1e-9 relative or 1e-12, quintiles exactly; a customer without a channel is 0 there and null here, because we count no
rows as nothing to measure). One JSON line: medians of CPU, wall and memory, `cpu_ratio` (median of the rounds' ratios), `compile_cpu_s`
(Ibis, not in the ratio), `growth_exponent` of CPU from 1M rows on, `score` (features and score of everybody, over the product's own
store) and `spark` (at 10M rows at most: the export of the lake, both engines equal, 1 and 2 workers). 100M rows take about half an hour
on a quiet machine and 15 GB of disk.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from math import log
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
PER_CUSTOMER = 100
LEAST_ROWS, MOST_ON_SPARK = 1_000_000, 10_000_000


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
    allowed = "0" if name in QUINTILES else f"greatest(1e-9 * abs({floor}), 1e-12)"
    return f"({floor} IS NULL) <> ({ours} IS NULL) OR abs({floor} - {ours}) > {allowed}"


def told(command: list[str]) -> dict[str, float]:
    """The JSON line that a child prints."""
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure(folder: Path, work: Path, rounds: int, *, with_polars: bool = False) -> dict[str, object]:
    """All sides in turns."""
    outs = {name: work / f"{name}.parquet" for name in ("floor", "product", "polars")}
    commands = {
        "floor": [sys.executable, str(FLOORS / "features_floor.py"), str(folder), str(outs["floor"])],
        "product": [sys.executable, "-m", "bench.features", CHILD, str(folder), str(outs["product"])],
    }
    if with_polars:
        more = [str(folder), str(outs["polars"]), str(AS_OF_US), str(REACH_DAYS)]
        commands["polars"] = [sys.executable, "-m", "bench.features_polars", *more]
    figures = [{name: told(command) for name, command in commands.items()} for _ in range(rounds)]

    def middle(side: str, name: str) -> float:
        return round(median(figure[side][name] for figure in figures), 3)

    others = {"polars_differs_in": differing(outs["floor"], outs["polars"])} if with_polars else {}
    return {
        "rounds": rounds,
        "features": len(NAMES),
        "values_differ_in": differing(outs["floor"], outs["product"]),
        **others,
        **{f"{side}_{name}": middle(side, name) for side in commands for name in ("cpu_s", "wall_s", "peak_rss_mb")},
        "compile_cpu_s": middle("product", "compile_cpu_s"),
        **{f"{ratio}_ratio": round(value, 3) for ratio, value in ratios(figures).items()},
    }


def ratios(figures: Sequence[Mapping[str, Mapping[str, float]]]) -> dict[str, float]:
    """CPU of the product over that of each other side: medians of the rounds' ratios."""
    sides = {"floor": "cpu", "polars": "polars_cpu"}
    return {
        name: median(figure["product"]["cpu_s"] / figure[side]["cpu_s"] for figure in figures)
        for side, name in sides.items()
        if side in figures[0]
    }


def growth(product_cpu_s: float, rows: int, work: Path) -> dict[str, object]:
    """How CPU grows with the rows, from 1M on: 1 is proportional."""
    if rows <= LEAST_ROWS:
        return {}
    folder = made(LEAST_ROWS, work / "least")
    command = [sys.executable, "-m", "bench.features", CHILD, str(folder), str(work / "least.parquet")]
    least = median(told(command)["cpu_s"] for _ in range(3))
    return {"product_cpu_s_at_1m": least, "growth_exponent": round(log(product_cpu_s / least) / log(rows / LEAST_ROWS), 3)}


def on_spark(rows: int, folder: Path, work: Path) -> dict[str, object]:
    """The lake and the cluster, at 10M rows at most; values against DuckDB's."""
    if shutil.which("java") is None:
        return {"spark": "not measured: there is no Java"}
    if rows > MOST_ON_SPARK:
        rows, folder = MOST_ON_SPARK, made(MOST_ON_SPARK, work / "spark_rows")
    out, ours = work / "spark.parquet", work / "of_duckdb.parquet"
    place = work / "spark"
    place.mkdir()
    told([sys.executable, "-m", "bench.features", CHILD, str(folder), str(ours)])
    figures = told([sys.executable, "-m", "bench.features_spark", str(folder), str(out), str(AS_OF_US), str(REACH_DAYS), str(place)])
    shutil.rmtree(place)
    return {"spark": {**figures, "values_differ_in": differing(ours, out)}}


def made(rows: int, folder: Path) -> Path:
    """The floor's activities, 100 a customer."""
    generator = [sys.executable, str(FLOORS / "generate_activities.py"), str(rows // PER_CUSTOMER), str(rows), str(folder)]
    subprocess.run(generator, check=True)
    return folder


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="liuke bench features")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without", default="", help="comma-separated: polars, score, spark, growth")
    parser.add_argument("--work", type=Path, default=None, help="a folder with room: 25 bytes a row, with Spark 100 more for 10M rows")
    return parser.parse_args([one for one in arguments if one != "--json"])


def main(arguments: Sequence[str] = ()) -> int:
    """Measure and print one line; 1 where a value differs."""
    asked = options(arguments)
    if not FLOORS.is_dir():
        print(f"This bench needs the floor at {FLOORS}, which is not part of the repository. Nothing was measured.", file=sys.stderr)
        return 1
    without = set(asked.without.split(","))
    with tempfile.TemporaryDirectory(prefix="liuke-bench-", dir=asked.work) as place:
        work = Path(place)
        folder = made(asked.rows, work / "activities")
        figures = measure(folder, work, max(3, asked.rounds), with_polars="polars" not in without)
        if "score" not in without:
            figures["score"] = told([sys.executable, "-m", "bench.features_score", str(folder), str(work / "score.parquet"), str(AS_OF_US)])
        if "growth" not in without:
            figures |= growth(float(str(figures["product_cpu_s"])), asked.rows, work)
        if "spark" not in without:
            figures |= on_spark(asked.rows, folder, work)
    print(json.dumps({"bench": "features", "rows": asked.rows, "customers": asked.rows // PER_CUSTOMER, **figures}))
    spark = figures.get("spark")
    wrong = [figures["values_differ_in"], spark["values_differ_in"] if isinstance(spark, dict) else []]
    return 1 if any(wrong) else 0


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        product(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(main(sys.argv[1:]))
