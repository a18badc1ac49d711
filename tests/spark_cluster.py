"""The run's one Spark cluster, started by the first test that asks and shared by the processes of pytest-xdist."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.running import run_owner

ROOT = Path(__file__).parents[1]
PATIENCE_S = 240
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")  # or a process that has asked a Connect server cannot start a driver's Java any more


@dataclass(frozen=True, slots=True)
class SparkCluster:
    """`master`: a standalone master with two workers. `connect`: a Connect server whose executors are those workers."""

    master: str
    connect: str


def spark_needed() -> None:
    """Skip where there is no Spark to run: no Java on the path, or pyspark is not installed."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17, and there is no `java` on the path (.ci/run installs it)")
    for name in ("pyspark", "grpc"):
        if find_spec(name) is None:
            pytest.skip(f"{name} is not installed (requirements/dev.txt)")


@cache
def spark_cluster() -> SparkCluster:
    """The cluster of this test run; it ends with the run. Skips like `spark_needed`."""
    spark_needed()
    owner = run_owner()
    folder = Path(tempfile.gettempdir()) / f"liuke-spark-{owner}"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "addresses.json").exists():
            _start(folder, owner)
    return SparkCluster(**json.loads((folder / "addresses.json").read_text()))


def _start(folder: Path, owner: int) -> None:
    keeper = subprocess.Popen([sys.executable, "-m", "tests.spark_keeper", str(folder), str(owner)], cwd=ROOT, start_new_session=True)
    until = time.monotonic() + PATIENCE_S
    while not (folder / "addresses.json").exists():
        if keeper.poll() is not None or time.monotonic() > until:
            raise AssertionError("the cluster did not start: " + (folder / "log").read_text(errors="replace")[-2_000:])
        time.sleep(0.1)
