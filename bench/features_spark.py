"""Spark's side of `bench.features`: the lake that the product exports, the same metrics on a standalone cluster, 1 and 2 workers.

    python -m bench.features_spark ACTIVITIES_FOLDER OUT.parquet AS_OF_US REACH_DAYS WORK_FOLDER

Loads the floor's rows into a workspace's warehouse, exports the lake (all of it; again after one more row), asks Spark twice with each
number of workers (the first answer compiles) and writes what it said. Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq
from bench.features_67 import METRICS, NAMES
from bench.model_spark import cluster

from liuke.base.settings_spark import SparkSettings
from liuke.base.times import from_us, utc_now
from liuke.features.domain.moment import Moment
from liuke.features.service import Source, features_compute
from liuke.warehouse.domain.upsert import hashed
from liuke.warehouse.lake import lake_export
from liuke.warehouse.lake_files import LakeFolder
from liuke.warehouse.local import LocalWarehouse
from liuke.warehouse.spark import Lake, SparkEngine

WORKSPACE = 1
OPTIONS = {
    "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.memory": "2g", "spark.executor.memory": "1g",
    "spark.executor.cores": "1", "spark.sql.shuffle.partitions": "16", "spark.scheduler.minRegisteredResourcesRatio": "1.0",
}  # fmt: skip


def loaded(folder: Path, warehouse: LocalWarehouse, since_us: int) -> int:
    """The floor's rows in a workspace's warehouse, a month at a time; how many."""
    for number, path in enumerate(sorted(folder.glob("*/*.parquet"))):
        table = pq.read_table(path, partitioning=None)
        with warehouse.files.cursor(WORKSPACE) as cursor:
            cursor.register("told", table)
            rows = f"""(SELECT 'floor' AS source, '{number}-' || row_number() OVER () AS activity_id, customer_id, ts_us, ts_us AS known_us,
                kind, value, channel, NULL::VARCHAR AS actor, '{{}}' AS attrs, 0 AS pos FROM told WHERE ts_us >= {since_us})"""
            cursor.execute(f"INSERT INTO activity SELECT * EXCLUDE (pos) FROM ({_ordered(rows)})")
    return int(warehouse.query(WORKSPACE, "SELECT count(*) AS n FROM activity")["n"][0].as_py())


def _ordered(rows: str) -> str:
    """Rows with the warehouse's own columns, in its order."""
    columns = "source, activity_id, customer_id, ts_us, known_us, kind, value, channel, actor, attrs, key, content, order_key, pos"
    return f"SELECT {columns} FROM ({hashed(rows)}) ORDER BY customer_id, ts_us"


def cpu_s() -> float:
    """CPU seconds of this process and all below it: driver, workers, executors."""
    ticks, parents, spent = os.sysconf("SC_CLK_TCK"), {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        parents[pid], spent[pid] = int(fields[1]), (int(fields[11]) + int(fields[12])) / ticks
    mine = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in mine and pid not in mine}:
        mine |= more
    return sum(spent.get(pid, 0.0) for pid in mine)


@contextmanager
def measured(told: dict[str, float], name: str) -> Iterator[None]:
    """Wall and CPU of what is inside."""
    wall, cpu = time.perf_counter(), cpu_s()
    yield
    told[f"{name}_wall_s"], told[f"{name}_cpu_s"] = round(time.perf_counter() - wall, 2), round(cpu_s() - cpu, 2)


def exported(folder: Path, work: Path, since_us: int, told: dict[str, float]) -> Lake:
    """The lake of the floor's rows."""
    warehouse, root = LocalWarehouse(work / "warehouse"), work / "lake"
    try:
        with measured(told, "load"):
            told["rows"] = loaded(folder, warehouse, since_us)
        with measured(told, "export"):
            done = lake_export(warehouse=warehouse, workspace_id=WORKSPACE, root=root, now=utc_now())
        told["lake_mb"] = round(done.size / 1e6, 1)
        with measured(told, "export_unchanged"):
            lake_export(warehouse=warehouse, workspace_id=WORKSPACE, root=root, now=utc_now())
        with warehouse.files.cursor(WORKSPACE) as cursor:
            newest = "rowid = (SELECT max(rowid) FROM activity)"
            cursor.execute(f"UPDATE activity SET attrs = '{{\"seen\":1}}' WHERE {newest}")
        with measured(told, "export_one_changed"):
            told["export_one_changed_months"] = lake_export(
                warehouse=warehouse, workspace_id=WORKSPACE, root=root, now=utc_now(), keep_s=0
            ).months_written
    finally:
        warehouse.close()
    return Lake(LakeFolder(root, WORKSPACE).manifest(), root.as_uri())


def main(folder: Path, out: Path, as_of_us: int, reach_days: int, work: Path) -> None:
    """Measure and print one JSON line."""
    told: dict[str, float] = {}
    lake = exported(folder, work, as_of_us - reach_days * 86_400_000_000, told)
    moment = Moment(from_us(as_of_us), "UTC")
    with cluster(work) as address:
        for workers in (1, 2):
            options = {**OPTIONS, "spark.cores.max": str(workers)}
            engine = SparkEngine(SparkSettings(remote=address, options=tuple(options.items())))
            source = Source(lambda sql, engine=engine: engine.query(sql, lake), lake.relation, dialect="pyspark")  # type: ignore[misc]
            engine.connected()
            for turn in ("cold", "warm"):
                with measured(told, f"spark_{workers}_{turn}"):
                    table = features_compute(source=source, metrics=METRICS, moment=moment)
            pq.write_table(table.select(["customer_id", *NAMES]), out)
            engine.close()
    told["scaling_1_to_2"] = round(told["spark_1_warm_wall_s"] / told["spark_2_warm_wall_s"], 2)
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
