"""`liuke bench pipeline`: the sample workspace from its raw file to scores and alerts, in a process of its own.

One JSON line: `wall_s`, `cpu_s`, `peak_rss_mb` of everything (load, 41 scorings, alerts, cards, figures), and
`features_cpu_ratio`: CPU of the compiled features over hand-written SQL with the same values (`features_sql.py`), median of
alternating runs on the same file, values compared in the same run.
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

import duckdb

OPENS_US = 1_315_609_200_000_000
"""2011-09-10 00:00 in London."""
CHILD = "--child"


def load_sample() -> None:
    """The work to measure; prints its own figures."""
    from liuke.server import boot

    assert boot.READY
    from django.core.management import call_command

    from liuke.accounts.service import installation_setup, workspace_create
    from liuke.jobs.domain.contract import PlainContext
    from liuke.pipeline.sample import sample_load
    from liuke.server.settings import LIUKE
    from liuke.warehouse import open_warehouse

    call_command("migrate", verbosity=0)
    admin = installation_setup(name="bench", email="bench@liuke.example", password="a-long-enough-one")
    workspace = workspace_create(by=admin, name="sample", template="sample")
    wall, cpu = time.perf_counter(), time.process_time()
    result = sample_load(workspace=workspace, warehouse=open_warehouse(LIUKE), context=PlainContext())
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall_s": round(wall, 1), "cpu_s": round(cpu, 1), "peak_rss_mb": round(rss), **result}))


def export_activity(warehouse: Path, target: Path) -> None:
    """The sample's activities as the floor reads them."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute(f"COPY activity TO '{target}' (FORMAT parquet)")


def main() -> int:
    """Measure and print one line."""
    with tempfile.TemporaryDirectory(prefix="liuke-bench-") as folder:
        env = os.environ | {"LIUKE_DATA_DIR": folder}
        done = subprocess.run([sys.executable, __file__, CHILD], env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.stderr.write(done.stderr)
            return 1
        figures = json.loads(done.stdout.splitlines()[-1])
        activity = Path(folder, "activity.parquet")
        export_activity(next(Path(folder, "warehouse").glob("*.duckdb")), activity)
        root = Path(__file__).parents[1]
        command = [sys.executable, "-m", "bench.features_sql", str(activity), str(OPENS_US)]
        ratio = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if ratio.returncode:
        sys.stderr.write(ratio.stderr)
        return 1
    figures["features_cpu_ratio"] = json.loads(ratio.stdout.splitlines()[-1])["features_cpu_ratio"]
    print(json.dumps({"bench": "pipeline", **figures}))
    return 0


if __name__ == "__main__":
    if CHILD in sys.argv:
        load_sample()
    else:
        sys.exit(main())
