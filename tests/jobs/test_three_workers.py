"""Three real workers over one queue: every job once, every scheduled slot once (issue 7: PostgreSQL mode; SQLite holds it, too)."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.running import Installation, wait_until

pytestmark = pytest.mark.slow
JOBS = 90
SLOTS = 20
ENQUEUE = f"""
from datetime import timedelta
from liuke.base.times import utc_now
from liuke.jobs.service import job_enqueue, schedule_set
for number in range({JOBS}):
    job_enqueue(kind="once", key=f"job-{{number}}", payload={{"number": number}}, workspace_id=None)
first_at = utc_now() - timedelta(hours=1)
for number in range({SLOTS}):
    schedule_set(name=f"s{{number}}", kind="slot", every_minutes=180, payload={{}}, workspace_id=None, first_at=first_at)
"""
FIGURES = """
import json
from collections import Counter
from liuke.jobs.store.models import Job
jobs = list(Job.objects.filter(kind__in=["once", "slot"]).values_list("kind", "status", "attempts", "key", "worker"))
slots = Counter(key.rsplit(":", 1)[0].split(":", 2)[1] for kind, _, _, key, _ in jobs if kind == "slot")
print(json.dumps({
    "done": sum(status == "done" for _, status, _, _, _ in jobs),
    "again": sum(attempts != 1 for _, _, attempts, _, _ in jobs),
    "slots": [len(slots), max(slots.values(), default=0)],
    "workers": sorted({worker for *_, worker in jobs}),
}))
"""


@pytest.fixture
def workers(installed: Installation) -> Iterator[None]:
    """Three of them, waiting at an empty queue."""
    started = [installed.start("-m", "tests.jobs.noting_worker", name) for name in ("one", "two", "three")]
    for worker in started:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    yield
    for worker in started:
        worker.kill()
        worker.wait()


@pytest.mark.usefixtures("workers")
def test_three_workers_do_every_job_once_and_make_every_slot_once(installed: Installation) -> None:
    installed.script(ENQUEUE)
    told = wait_until(lambda: figures if (figures := json.loads(installed.script(FIGURES)))["done"] == JOBS + SLOTS else None, "all jobs")
    assert told["again"] == 0
    assert told["slots"] == [SLOTS, 1]
    ran = (installed.data_dir / "ran.txt").read_text("utf-8").splitlines()
    assert sorted(int(line.split()[0]) for line in ran if line.split()[1] == "once") == list(range(JOBS))
    assert sum(line.split()[1] == "slot" for line in ran) == SLOTS
    assert len({line.split()[2] for line in ran}) == 3  # all of them worked
