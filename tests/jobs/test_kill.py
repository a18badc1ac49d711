"""kill -9 of workers: nothing lost, nothing doubled."""

from __future__ import annotations

import json
import random
import subprocess

import pytest

from tests.jobs.crashing_worker import STEPS
from tests.running import Installation, wait_until

pytestmark = pytest.mark.slow
JOBS = 30
ENQUEUE = f"""
from liuke.jobs.service import job_enqueue
for number in range({JOBS}):
    job_enqueue(kind="work", key=f"job-{{number}}", payload={{}}, workspace_id=None)
"""
FIGURES = """
import json
from django.db.models import Count
from liuke.jobs.store.models import Job, OutboxMessage
by_status = dict(Job.objects.values_list("status").annotate(Count("id")))
print(json.dumps({"jobs": by_status, "rows": OutboxMessage.objects.count(), "repeated": Job.objects.filter(attempts__gt=1).count()}))
"""


def test_killed_workers_lose_and_double_nothing(installed: Installation) -> None:
    installed.script(ENQUEUE)
    chance = random.Random(7)
    for _ in range(4):
        workers = [installed.start("-m", "tests.jobs.crashing_worker", name) for name in ("one", "two")]
        for worker in workers:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
        for worker in workers:
            with pytest.raises(subprocess.TimeoutExpired):
                worker.wait(chance.uniform(0.2, 0.8))
            worker.kill()
            worker.wait()
    last = installed.start("-m", "tests.jobs.crashing_worker", "one")
    try:
        figures = wait_until(
            lambda: done if (done := json.loads(installed.script(FIGURES)))["jobs"] == {"done": JOBS} else None, "all jobs"
        )
    finally:
        last.kill()
        last.wait()
    assert figures["rows"] == JOBS * STEPS
    assert figures["repeated"] > 0
