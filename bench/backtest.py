"""`liuke bench backtest`: one rule over all labelled origins of the sample workspace, and over generated history at any size.

Usage: python -m bench.backtest [CUSTOMERS ACTIVITIES]. One JSON line per case: the sample with the horizon of its churn definition and
with 90 days; the generated history monthly over two years. Wall and CPU seconds are of the whole backtest: features
as of every origin, labels, flags, figures with their bootstrap. `scan_cpu_s` is the floor beside it: one pass of DuckDB over the same
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
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.generate import Made, write_warehouse

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
        "cpu_s": round(cpu, 2), "scan_cpu_s": round(len(report.origins) * _scan(workspace, warehouse), 2),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "alerts": figures.flagged,
        **{key: [_short(one.value), _short(one.low), _short(one.high), one.n] for key, one in shown.items()},
    }  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _scan(workspace: Workspace, warehouse: Warehouse) -> float:
    began = time.process_time()
    warehouse.query(workspace.pk, "SELECT customer_id, count(*), max(ts_us), sum(value) FROM activity GROUP BY 1")
    return time.process_time() - began


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


def generated(customers: int, activities: int) -> None:
    """`bench.generate`: skewed activity, every kind, planted stories; two years, lost after 90 days without an order."""
    workspace, warehouse = prepared("retail")
    from liuke.base.times import from_us
    from liuke.server.settings import LIUKE
    from liuke.warehouse.local import LocalWarehouse

    made = Made(customers, activities, days=730)
    workspace.simulated_as_of, workspace.time_zone = from_us(made.end_us), "UTC"
    workspace.churn = {"kinds": ["order.placed"], "days": 90}
    workspace.save()
    warehouse.query(workspace.pk, "SELECT 1")
    assert isinstance(warehouse, LocalWarehouse)
    warehouse.close()
    rows = write_warehouse(made, LIUKE.warehouse_dir, workspace.pk)
    figure = measured(workspace, warehouse, "rule", None)
    print(json.dumps({"bench": "backtest", "data": "generated", "customers": customers, "activities": rows, **figure}))


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
    size = [given for given in sys.argv[1:] if given.isdigit()] or ["50000", "5000000"]
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
        sample() if case == "sample" else generated(int(numbers[0]), int(numbers[1]))
    else:
        sys.exit(main())
