"""xgboost.spark on a standalone cluster trains and scores the model's own columns; the same trees say the same here and there.

    liuke bench model_spark                    # or: python -m bench.model_spark [CUSTOMERS ACTIVITIES]

A master and two workers of one core each, as processes of their own on loopback (pyspark 4.0, Java 17). Generated history
(`bench.generate`); the columns are those of `score.domain.model_metrics`, the outcome is no order in the next 90 days. Beside: the same
settings trained in this process, and the trees that were grown here scored on the cluster.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import xgboost
from bench.generate import Made, months

from liuke.base.times import from_us
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.domain.label import LabelDefinition
from liuke.features.domain.moment import Moment
from liuke.features.service import Source
from liuke.features.service.labelling import labels_at
from liuke.score.domain.model_metrics import model_declared
from liuke.score.domain.model_table import model_table
from liuke.score.domain.templates import default
from liuke.score.service.scoring import score_judge, score_prepare
from liuke.stats.ranking import auc

WORKERS = 2
WAIT_S = 60
SETTINGS: Mapping[str, Any] = {
    "max_depth": 4, "learning_rate": 0.1, "n_estimators": 60, "reg_lambda": 5.0, "tree_method": "hist", "max_bin": 128, "random_state": 7,
}  # fmt: skip
HORIZON = 90


def snapshots(made: Made) -> pa.Table:
    """The model's columns and `lost` of the customers alive 180 days before the end (to learn) and 90 days before (`late`, to judge)."""
    connection = duckdb.connect()
    connection.register("stream", pa.concat_tables(months(made)))
    connection.execute("CREATE TABLE activity AS SELECT * FROM stream")
    source = Source(lambda sql: connection.sql(sql).to_arrow_table())
    definition = LabelDefinition(horizon_days=HORIZON, active_days=180)
    tables = []
    for back in (2 * HORIZON, HORIZON):
        as_of = from_us(made.end_us) - timedelta(days=back)
        labels = labels_at(source=source, moment=Moment(as_of, "UTC"), definition=definition)
        prepared = score_prepare(
            source=source, as_of=as_of, zone="UTC", config=default("retail"), churn=ChurnDefinition(), also=model_declared()
        )  # fmt: skip
        table = model_table(prepared.features, score_judge(prepared))
        place = np.searchsorted(np.asarray(prepared.features["customer_id"]), np.asarray(labels["customer_id"]))
        columns = {name.replace(".", "_").replace("-", "_"): table.number(name)[place] for name in table.names}
        tables.append(pa.table({**columns, "lost": np.asarray(labels["lost"]), "late": np.full(len(place), float(back == HORIZON))}))
    return pa.concat_tables(tables)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A master and the workers on loopback; the master's address. Ends with them."""
    import pyspark

    jars, port = Path(pyspark.__file__).parent / "jars", free_port()
    address = f"spark://127.0.0.1:{port}"
    java = ["java", "-Xmx512m", "-cp", f"{jars}/*"]
    environment = os.environ | {
        "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "SPARK_HOME": str(jars.parent), "SPARK_SCALA_VERSION": "2.13",
        "OMP_NUM_THREADS": "1",
    }  # fmt: skip
    host = ["--host", "127.0.0.1"]
    master = [*java, "org.apache.spark.deploy.master.Master", *host, "--port", str(port), "--webui-port", str(free_port())]
    worker = [*java, "org.apache.spark.deploy.worker.Worker", *host, "--cores", "1", "--memory", "1g"]
    processes: list[subprocess.Popen[bytes]] = []
    try:
        with (folder / "cluster.log").open("wb") as log:
            processes.append(_started(master, environment, log))
            _answers(port)
            for number in range(WORKERS):
                more = ["--webui-port", str(free_port()), "--work-dir", str(folder / f"work{number}"), address]
                processes.append(_started([*worker, *more], environment, log))
            yield address
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait(timeout=30)


def _started(command: list[str], environment: Mapping[str, str], log: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=dict(environment), stdout=log, stderr=log)


def _answers(port: int) -> None:
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    sys.exit(f"The master did not answer on port {port} within {WAIT_S} s.")


@contextmanager
def session(address: str) -> Iterator[Any]:
    """A driver in this process that waits for both workers."""
    from pyspark.sql import SparkSession

    os.environ |= {"PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    settings = {
        "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.memory": "1g",
        "spark.executor.memory": "1g", "spark.executor.cores": "1", "spark.cores.max": str(WORKERS), "spark.task.cpus": "1",
        "spark.sql.shuffle.partitions": str(WORKERS), "spark.scheduler.minRegisteredResourcesRatio": "1.0",
        "spark.scheduler.maxRegisteredResourcesWaitingTime": f"{WAIT_S}s",
    }  # fmt: skip
    builder = SparkSession.builder.master(address).appName("liuke-model")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def measured(table: pa.Table, folder: Path) -> dict[str, object]:
    """Trained and scored on the cluster and here."""
    from xgboost.spark import SparkXGBClassifier

    names = [name for name in table.column_names if name not in {"lost", "late"}]
    path = str(folder / "snapshots.parquet")
    pq.write_table(table, path)
    learn, judge = (table.filter(np.asarray(table["late"]) == late) for late in (0.0, 1.0))
    here = xgboost.XGBClassifier(**SETTINGS, n_jobs=1)
    began = time.monotonic()
    here.fit(_matrix(learn, names), np.asarray(learn["lost"]))
    local_s = time.monotonic() - began
    with cluster(folder) as address, session(address) as spark:
        rows = spark.read.parquet(path).repartition(WORKERS)
        began = time.monotonic()
        there = SparkXGBClassifier(features_col=names, label_col="lost", num_workers=WORKERS, **SETTINGS).fit(rows.filter("late = 0"))
        fit_s = time.monotonic() - began
        began = time.monotonic()
        scored = there.transform(rows.filter("late = 1")).select(*names, "lost", "probability").toPandas()
        score_s = time.monotonic() - began
        ours = _scored_there(rows.filter("late = 1"), names, bytes(here.get_booster().save_raw("ubj")))
        executors = len(spark.sparkContext._jsc.sc().statusTracker().getExecutorInfos()) - 1
    same = there.get_booster().predict(xgboost.DMatrix(scored[names].to_numpy(np.float32)), validate_features=False)
    their = np.array([float(one[1]) for one in scored["probability"]])
    again = here.get_booster().predict(xgboost.DMatrix(ours[names].to_numpy(np.float32)), validate_features=False)
    local = here.predict_proba(_matrix(judge, names))[:, 1]
    return {
        "figure": "model_spark", "executors": executors, "columns": len(names), "n_learned": learn.num_rows, "n_scored": len(scored),
        "base_rate": round(float(np.mean(np.asarray(judge["lost"]))), 4), "trees": SETTINGS["n_estimators"],
        "largest_difference": float(np.abs(their - same).max()),
        "largest_difference_of_local_trees": float(np.abs(ours["chance"].to_numpy() - again).max()),
        "auc_spark": round(auc(their, scored["lost"].to_numpy()), 4), "auc_local": round(auc(local, np.asarray(judge["lost"])), 4),
        "fit_s": round(fit_s, 1), "score_s": round(score_s, 1), "fit_local_s": round(local_s, 1),
    }  # fmt: skip


def _matrix(table: pa.Table, names: list[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
    return np.stack([np.asarray(table[name], dtype=np.float32) for name in names], axis=1)


def _scored_there(rows: Any, names: list[str], trees: bytes) -> Any:
    """What trees that were grown here say on the cluster: the product's booster travels as bytes."""

    def scored(parts: Iterator[Any]) -> Iterator[Any]:
        booster = xgboost.Booster()
        booster.load_model(bytearray(trees))
        for part in parts:
            yield part[names].assign(chance=booster.predict(xgboost.DMatrix(part[names].to_numpy(np.float32))).astype(float))

    schema = ", ".join(f"{name} double" for name in (*names, "chance"))
    return rows.select(*names).mapInPandas(scored, schema).toPandas()


def main() -> int:
    """One JSON line; 1 where predictions differ."""
    if shutil.which("java") is None:
        sys.exit("Spark needs Java 17, and there is no `java` on the path. Nothing was measured.")
    size = [int(given) for given in sys.argv[1:] if given.isdigit()] or [6_000, 400_000]
    with tempfile.TemporaryDirectory(prefix="liuke-spark-") as folder:
        found = measured(snapshots(Made(*size, days=730)), Path(folder))
    print(json.dumps(found))
    return int(max(float(str(found["largest_difference"])), float(str(found["largest_difference_of_local_trees"]))) > 1e-6)


if __name__ == "__main__":
    sys.exit(main())
