"""The model against its peers on ten tables: same rows, same splits, same run; intervals by bootstrap; kept and taken up again per set.

    liuke bench models [--set NAME]… [--keep FOLDER] [--peers PYTHON] [--with lightgbm,…] [--json]

`--peers` is the Python of an environment with `bench/peers/requirements-models.txt`; without it only Liuke and single numbers are measured.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyarrow as pa
from bench.models_told import told
from bench.tasks import FLAT, Task
from bench.tasks_in_time import IN_TIME
from numpy.typing import NDArray
from pyarrow import parquet

from liuke.score.model import Recipe, Split, Table, fit, table_of

SETS = {**FLAT, **IN_TIME}
CHEAP = ("lightgbm", "xgboost", "forest", "catboost")
OURS = "liuke"


def inner_splits(task: Task, train: NDArray[np.int64]) -> tuple[Split, ...] | None:
    """Splits forward in time among the training rows, labels not overlapping; None where the table has no time: folds by customer."""
    if task.origin is None:
        return None
    origin = task.origin[train]
    found = []
    for judged in np.unique(origin)[-3:]:
        known = np.flatnonzero(origin <= judged - task.mature)
        if len(known) and len(np.unique(task.y[train][known])) == 2:
            found.append(Split(known, np.flatnonzero(origin == judged)))
    return tuple(found) or None


def run_ours(task: Task, table: Table, folder: Path) -> None:
    """Liuke's own model on every split without a result."""
    for name, split in task.outer.items():
        place = folder / f"{OURS}.{name}.npz"
        if place.exists():
            continue
        groups = None if task.groups is None else task.groups[split.train]
        wall, cpu = time.perf_counter(), time.process_time()
        splits = inner_splits(task, split.train)
        model = fit(table.take(split.train), task.y[split.train], groups=groups, splits=splits, recipe=Recipe(threads=2))
        chances = model.probability(table.take(split.test))
        seconds = np.array([time.perf_counter() - wall, time.process_time() - cpu])
        np.savez(place, chances=chances, seconds=seconds, version=version("liuke"), members=json.dumps(dict(model.members)))


def lay_out(task: Task, table: Table, folder: Path) -> None:
    """The rows and splits as files that a peer can read."""
    folder.mkdir(parents=True, exist_ok=True)
    columns: dict[str, object] = {column.name: table.values[column.name] for column in table.columns}
    columns["__y"] = task.y
    if task.groups is not None:
        columns["__group"] = task.groups
    parquet.write_table(pa.table(columns), folder / "rows.parquet")
    splits: Mapping[str, NDArray[np.int64]] = {
        f"{name}.{side}": rows for name, split in task.outer.items() for side, rows in (("train", split.train), ("test", split.test))
    }
    np.savez(folder / "splits.npz", **splits)


def run_single(task: Task, folder: Path) -> None:
    """Single numbers that rank without a model: recency."""
    for label, values in task.simple.items():
        for name, split in task.outer.items():
            np.savez(folder / f"{label}.{name}.npz", chances=values[split.test], seconds=np.zeros(2), version="-")


def measure(name: str, keep: Path, peers: str | None, models: Sequence[str]) -> None:
    """One set: everything that is not there yet."""
    task, folder = SETS[name](), keep / name
    table = table_of(task.data)
    lay_out(task, table, folder)
    run_single(task, folder)
    run_ours(task, table, folder)
    if peers:
        subprocess.run([peers, str(Path(__file__).parent / "peers/run.py"), str(folder), *models], check=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """See the module."""
    read = argparse.ArgumentParser(prog="liuke bench models")
    read.add_argument("--set", action="append", choices=SETS, dest="sets")
    read.add_argument("--keep", type=Path, default=Path("/tmp/liuke-bench-models"))
    read.add_argument("--peers")
    read.add_argument("--with", default=",".join(CHEAP), dest="models")
    read.add_argument("--json", action="store_true")
    read.add_argument("--write", type=Path, help="a Markdown file whose marked part becomes the table")
    chosen = read.parse_args(arguments)
    for name in chosen.sets or SETS:
        measure(name, chosen.keep, chosen.peers, chosen.models.split(","))
    told(chosen.keep, chosen.sets or list(SETS), as_json=chosen.json, write=chosen.write, day=date.today())  # noqa: DTZ011 - a date for people


if __name__ == "__main__":
    main()
