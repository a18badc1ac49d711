"""kill -9 of workers in the middle of their steps: nobody is lost, nothing is done twice. Two workers at once share the work."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Installation, installation

pytestmark = pytest.mark.slow
CUSTOMERS, KILLS = 800, 6
FOLDER = Path(__file__).parents[3]

SETUP = f"""
from django.db import transaction
from tests.factories import make_actor, make_workspace
from tests.act.playbooks.world import OPENS, document, node
from liuke.act.playbooks import service
from liuke.act.playbooks.domain.sources import Occurrence
from liuke.act.playbooks.engine.entering import entries_write
from liuke.act.playbooks.engine.flows import flow_of
from liuke.facts.store.models import Customer
from liuke.server.settings import LIUKE
from liuke.signals.service.columns import catalogue_of
from liuke.warehouse.local import LocalWarehouse
space = make_workspace(simulated_as_of=OPENS, time_zone="UTC")
Customer.objects.bulk_create([Customer(workspace=space, key=str(n), name=str(n)) for n in range({CUSTOMERS})], batch_size=500)
nodes = [node("t", "split", {{"a": "i", "b": "i"}}, arms=[{{"key": "a", "share": 1}}, {{"key": "b", "share": 1}}]),
    node("i", "work_item", {{"done": "w"}}, title="x"), node("w", "wait", {{"done": "e"}}, days=2), node("e", "end")]
actor = make_actor(space)
made = service.playbook_create(actor=actor, text=service.PlaybookText("kill", "", "winback", document(nodes)))
service.playbook_publish(actor=actor, playbook_id=made.pk)
made = service.playbook_enable(actor=actor, playbook_id=made.pk, enabled=True)
flow = flow_of(made, service.version_live(made), catalogue_of(space))
ids = list(Customer.objects.values_list("pk", flat=True))
with transaction.atomic():
    warehouse = LocalWarehouse(LIUKE.data_dir / "own")
    entries_write(workspace=space, warehouse=warehouse, flow=flow, at=OPENS, occurrences=[Occurrence(pk, f"k:{{pk}}", OPENS) for pk in ids])
"""
WORKER = """
import sys
from datetime import timedelta
from tests.act.playbooks.world import OPENS
from liuke.accounts.store.models import Workspace
from liuke.act.playbooks.engine.waking import enrolments_wake
from liuke.server.settings import LIUKE
from liuke.warehouse.local import LocalWarehouse
warehouse = LocalWarehouse(LIUKE.data_dir / "own{name}")
print("ready", flush=True)
sys.stdin.readline()
done = enrolments_wake(workspace=Workspace.objects.get(), warehouse=warehouse, now=OPENS + timedelta(days={days}), limit=20)
print(done.enrolments)
"""
STATE = """
import json
from collections import Counter
from liuke.act.store.models import Enrolment, EnrolmentStep, WorkItem
print(json.dumps({
    "places": dict(Counter(map(str, Enrolment.objects.values_list("status", "node")))),
    "steps": dict(Counter(EnrolmentStep.objects.values_list("node", flat=True))),
    "items": WorkItem.objects.count(), "customers": WorkItem.objects.values("customer").distinct().count(),
}))
"""


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Installation]:
    """A migrated installation of the test's own, nothing running."""
    with installation(tmp_path / "data") as made:
        made.script(SETUP)
        yield made


def start(installed: Installation, name: str, days: int = 0) -> subprocess.Popen[str]:
    """A worker that is ready and waits for a word."""
    code = "import liuke.server.boot\n" + WORKER.format(name=name, days=days)
    worker = subprocess.Popen(
        [sys.executable, "-c", code], env=installed.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=FOLDER
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    return worker


def told(worker: subprocess.Popen[str]) -> None:
    """Let it begin."""
    assert worker.stdin is not None
    worker.stdin.write("go\n")
    worker.stdin.flush()


def state(installed: Installation) -> dict[str, object]:
    """What became of everybody."""
    found: dict[str, object] = json.loads(installed.script(STATE))
    return found


def test_killed_workers_lose_and_double_nothing_and_two_share_the_rest(installed: Installation) -> None:
    stopped = 0
    for number in range(KILLS):
        worker = start(installed, "one")
        told(worker)
        time.sleep(0.02 + 0.03 * number)  # the moment of the kill: real time is the subject here
        worker.kill()
        stopped += worker.wait() != 0
    assert stopped >= KILLS - 1, "the workers were done before they were killed"
    halfway = state(installed)
    pair = [start(installed, name) for name in ("one", "two")]
    for worker in pair:
        told(worker)
    shares = [int(worker.communicate(timeout=120)[0]) for worker in pair]
    done = state(installed)
    assert done == {
        "places": {"('waiting', 'w')": CUSTOMERS}, "steps": {"t": CUSTOMERS, "i": CUSTOMERS}, "items": CUSTOMERS, "customers": CUSTOMERS,
    }, halfway  # fmt: skip
    assert sum(shares) <= CUSTOMERS
    last = [start(installed, name, days=2) for name in ("one", "two")]
    for worker in last:
        told(worker)
    assert sum(int(worker.communicate(timeout=120)[0]) for worker in last) == CUSTOMERS
    over = state(installed)
    assert over["places"] == {"('done', 'e')": CUSTOMERS}
    assert over["items"] == CUSTOMERS
