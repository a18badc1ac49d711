"""How quickly a model scores and explains: a million customers of 60 columns, and one customer. CPU seconds, two threads.

    liuke bench model_speed [--rows N] [--json]

The floor of the same run: numpy standardising the same numbers and multiplying them with one vector.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence

import numpy as np

from liuke.score.model import Column, Fitted, Recipe, Table, fit

COLUMNS = 60
LEARNED = 20_000
WANTED = {"score": 10.0, "explain": 60.0, "one_ms": 20.0}
"""Wanted: CPU seconds for a million rows; milliseconds for one."""


def made(rows: int, seed: int) -> tuple[Table, np.ndarray]:
    """Sixty columns as customers have them: counts, money, days, shares; ten of them matter, two together."""
    random = np.random.default_rng(seed)
    values: dict[str, np.ndarray] = {}
    for number in range(COLUMNS):
        kind = number % 4
        values[f"column{number}"] = (
            random.poisson(3, rows).astype(float)
            if kind == 0
            else random.lognormal(3, 1, rows)
            if kind == 1
            else random.exponential(40, rows).round()
            if kind == 2
            else random.random(rows)
        )
    logit = -1.5 + sum(0.4 * (np.log1p(values[f"column{n}"]) - np.log1p(values[f"column{n}"]).mean()) for n in range(10))
    logit += 1.5 * (values["column3"] > 0.7) * (values["column2"] > 60)
    return Table(tuple(Column(name) for name in values), values), (random.random(rows) < 1 / (1 + np.exp(-logit))).astype(float)


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of all threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


def floor(table: Table) -> None:
    """The least that any model of these numbers must do."""
    matrix = np.column_stack([table.number(name) for name in table.names])
    matrix -= matrix.mean(axis=0)
    matrix /= matrix.std(axis=0)
    matrix @ np.ones(matrix.shape[1])


def explained(model: Fitted, table: Table, chunk: int = 100_000) -> None:
    """Reasons of everybody, part by part, so that memory stays bounded."""
    for start in range(0, len(table), chunk):
        model.contributions(table.take(np.arange(start, min(start + chunk, len(table)))))


def main(arguments: Sequence[str] | None = None) -> None:
    """See the module."""
    read = argparse.ArgumentParser(prog="liuke bench model_speed")
    read.add_argument("--rows", type=int, default=1_000_000)
    read.add_argument("--json", action="store_true")
    chosen = read.parse_args(arguments)
    table, y = made(LEARNED, 1)
    start = time.process_time()
    model = fit(table, y, recipe=Recipe(threads=2))
    fitting = time.process_time() - start
    many, _ = made(chosen.rows, 2)
    one = many.take(np.array([0]))
    times = [cpu(lambda: model.contributions(one)) for _ in range(50)]
    found = {
        "figure": "model_speed",
        "rows": chosen.rows,
        "columns": COLUMNS,
        "read": len(model.columns),
        "members": {name: round(weight, 3) for name, weight in model.members.items()},
        "fit_cpu_seconds": round(fitting, 1),
        "score_cpu_seconds": round(cpu(lambda: model.logit(many)), 2),
        "explain_cpu_seconds": round(cpu(lambda: explained(model, many)), 2),
        "one_customer_ms": round(1000 * float(np.median(times)), 2),
        "floor_cpu_seconds": round(cpu(lambda: floor(many)), 2),
        "model_megabytes": round(len(model.to_bytes()) / 1e6, 2),
        "wanted": WANTED,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
