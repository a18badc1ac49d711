"""A worker process for `test_kill.py`: each job makes ten rows, one transaction each."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from threading import Event

from liuke.server import boot  # isort: split

from liuke.jobs.domain.contract import JobContext
from liuke.jobs.service import outbox_add
from liuke.jobs.worker import run

STEPS = 10


def work(context: JobContext) -> Mapping[str, object]:
    """Idempotent: every row has a key of its own."""
    for step in range(STEPS):
        outbox_add(key=f"{context.job_id}:{step}", topic="none", payload={}, workspace_id=None)
        context.progress(step / STEPS, "stages.step")
        time.sleep(0.01)
    return {"steps": STEPS}


if __name__ == "__main__" and boot.READY:
    print("ready", flush=True)  # noqa: T201 - tells the test
    run({"work": work}, {}, Event(), name=sys.argv[1])
