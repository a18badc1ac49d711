"""`liuke bench backtest`: one rule over all labelled origins of the sample workspace, and over generated history at any size.

Usage: python -m bench.backtest [CUSTOMERS [ACTIVITIES_PER_CUSTOMER]]. One JSON line per case: the sample with the horizon of its churn
definition and with 90 days; the generated history monthly over three years. Wall and CPU seconds are of the whole backtest: features
as of every origin, labels, flags, figures with their bootstrap. `scan_s` is the floor beside it: one pass of DuckDB over the same
activities that counts per customer, times the origins.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from liuke.accounts.store.models import Workspace
    from liuke.warehouse import Warehouse

CHILD = "--child"
RULE = {
    "when": {
        "all": [
            {"column": "order_n_90", "op": "le", "value": 1},
            {"any": [
                {"column": "last_order_at", "op": "older_than", "value": 60},
                {"column": "order_amount_90", "op": "lt", "value": {"column": "order_amount_365", "times": 0.1}},
            ]},
        ]
    },
    "exclude": {"column": "annual_value", "op": "lt", "value": 100},
}  # fmt: skip
SUBJECTS: dict[str, dict[str, Any]] = {"rule": {"kind": "rule", "rule": RULE}, "score": {"kind": "threshold", "threshold": 60}}


def measured(workspace: Workspace, warehouse: Warehouse, name: str, horizon: int | None) -> dict[str, object]:
    """One backtest, timed."""
    from liuke.learn.domain.subject import subject_of
    from liuke.learn.service.backtest import Question, backtest

    question = Question(subject_of(SUBJECTS[name]), horizon_days=horizon)
    wall, cpu = time.perf_counter(), time.process_time()
    report = backtest(workspace=workspace, warehouse=warehouse, question=question, progress=lambda _share, _day: None)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    figures = report.subject.figures
    shown = {key: getattr(figures, key) for key in ("base_rate", "precision", "recall", "lift", "lead_days")}
    return {
        "subject": name, "origins": len(report.origins), "horizon_days": report.horizon_days, "wall_s": round(wall, 2),
        "cpu_s": round(cpu, 2), "scan_s": round(len(report.origins) * _scan(workspace, warehouse), 2),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "alerts": figures.flagged,
        **{key: [_short(one.value), _short(one.low), _short(one.high), one.n] for key, one in shown.items()},
    }  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _scan(workspace: Workspace, warehouse: Warehouse) -> float:
    began = time.perf_counter()
    warehouse.query(workspace.pk, "SELECT customer_id, count(*), max(ts_us), sum(value) FROM activity GROUP BY 1")
    return time.perf_counter() - began


def sample() -> None:
    """The sample workspace as it is loaded, without the replay of its scores."""
    workspace, warehouse = prepared("sample")
    from liuke.align.service.sample import sample_batches
    from liuke.facts.service import batch_write
    from liuke.pipeline.sample import OPENS

    workspace.simulated_as_of = OPENS
    workspace.save()
    for batch in sample_batches(as_of=OPENS):
        batch_write(workspace=workspace, batch=batch, warehouse=warehouse)
    for name, horizon in (("rule", None), ("rule", 90), ("score", None)):
        print(json.dumps({"bench": "backtest", "data": "sample", "aim_s": 10, **measured(workspace, warehouse, name, horizon)}))


def generated(customers: int, each: int) -> None:
    """Customers who order at their own rhythm until they stop, three years long; half of the activities are log-ins."""
    workspace, warehouse = prepared("retail")
    import duckdb

    from liuke.base.settings import from_environment
    from liuke.base.times import to_us
    from liuke.warehouse.local import LocalWarehouse

    began = datetime.fromisoformat("2023-01-01T00:00:00+00:00")
    span = 1095
    workspace.simulated_as_of = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    workspace.time_zone, workspace.churn = "UTC", {"kinds": ["order.placed"], "days": 120}
    workspace.save()
    warehouse.query(workspace.pk, "SELECT 1")
    folder = from_environment().warehouse_dir
    assert isinstance(warehouse, LocalWarehouse)
    warehouse.close()
    with duckdb.connect(str(next(folder.glob("*.duckdb")))) as connection:
        columns = [row[0] for row in connection.execute("DESCRIBE activity").fetchall()]
        made = {
            "source": "'made'", "activity_id": "c || '-' || k", "customer_id": "c", "ts_us": "ts", "known_us": "ts",
            "kind": "CASE WHEN k % 2 = 0 THEN 'order.placed' ELSE 'login' END", "value": "20 + hash(c * 7 + k) % 500", "attrs": "'{}'",
        }  # fmt: skip
        select = ", ".join(f"{made.get(name, 'NULL')} AS {name}" for name in columns)
        stop = f"({span} * (0.25 + (hash(c) % 1000) / 1000.0))"
        connection.execute(
            f"""INSERT INTO activity BY NAME SELECT {select} FROM (
            SELECT c, k, ({to_us(began)} + ((k + (hash(c * 31 + k) % 100) / 100.0) * {span} / {each} * 86400000000))::BIGINT AS ts
            FROM range({customers}) AS a(c), range({each}) AS b(k)
            WHERE k * {span} / {each} < {stop})"""
        )
        (count,) = connection.execute("SELECT count(*) FROM activity").fetchone() or (0,)
    for name in ("rule",):
        figure = measured(workspace, warehouse, name, None)
        print(json.dumps({"bench": "backtest", "data": "generated", "customers": customers, "activities": count, **figure}))


def prepared(template: str) -> tuple[Workspace, Warehouse]:
    """An empty workspace in the folder of the environment."""
    from liuke.server import boot

    assert boot.READY
    from django.core.management import call_command

    from liuke.accounts.service import installation_setup, workspace_create
    from liuke.server.settings import LIUKE
    from liuke.warehouse import open_warehouse

    call_command("migrate", verbosity=0)
    admin = installation_setup(name="bench", email="bench@liuke.example", password="a-long-enough-one")
    return workspace_create(by=admin, name="bench", template=template), open_warehouse(LIUKE)


def main() -> int:
    """Each case in a process and folder of its own."""
    size = [given for given in sys.argv[1:] if given.isdigit()] or ["50000", "100"]
    for case in (["sample"], ["generated", *size]):
        with tempfile.TemporaryDirectory(prefix="liuke-bench-") as folder:
            env = os.environ | {"LIUKE_DATA_DIR": folder}
            root = Path(__file__).parents[1]
            command = [sys.executable, "-m", "bench.backtest", CHILD, *case]
            done = subprocess.run(command, env=env, cwd=root, check=False)
        if done.returncode:
            return 1
    return 0


if __name__ == "__main__":
    if CHILD in sys.argv:
        _, _, case, *numbers = sys.argv
        sample() if case == "sample" else generated(int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 100)
    else:
        sys.exit(main())
