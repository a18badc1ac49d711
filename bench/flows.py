"""Playbooks under load: 100k enrolments put to sleep, 10k and then 100k woken at once, on SQLite and on PostgreSQL with two workers.

Usage: python -m bench.flows [customers]. One JSON line. `steps_per_s` counts nodes left (each with its row of history and the
enrolment moved on); the flow is wait → branch over the frame → wait. `items_per_s`: flows that make a work item. Lost and doubled are
counted afterwards from the rows themselves. The peer is procrastinate on the same PostgreSQL server: empty jobs, nothing written
but its own rows.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
DUE, CHUNK, PEERED = 10_000, 2_000, 10_000
AIM = 5_000
NEXT_DAY = OPENS + timedelta(days=1)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives and its wall seconds."""
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def nodes(item: bool) -> list[dict[str, object]]:
    """wait → branch → (a work item →) wait → end."""
    then = "item" if item else "rest"
    made = [
        {"id": "first", "kind": "wait", "params": {"days": 1}, "next": {"done": "ask"}},
        {
            "id": "ask",
            "kind": "branch",
            "params": {"when": {"column": "score", "op": "ge", "value": 50}},
            "next": {"yes": then, "no": then},
        },
        {"id": "rest", "kind": "wait", "params": {"days": 30}, "next": {"done": "end"}},
        {"id": "end", "kind": "end"},
    ]
    return [*made, {"id": "item", "kind": "work_item", "params": {"title": "回访"}, "next": {"done": "rest"}}] if item else made


def spec(*, item: bool) -> dict[str, object]:
    """A flow without a hold-out."""
    return {
        "trigger": {"kind": "manual"},
        "reentry": {"mode": "always"},
        "holdout": {"share": 0, "why_none": "bench"},
        "start": "first",
        "nodes": nodes(item),
    }


def prepare(customers: int) -> tuple[Any, Any, Any]:
    """A workspace with customers, a frame of their scores, and the flow without work items."""
    import numpy as np
    import pyarrow as pa
    from tests.factories import make_workspace

    from liuke.base.times import to_us
    from liuke.facts.store.models import Customer
    from liuke.warehouse.frames import frame_write

    workspace = make_workspace(simulated_as_of=OPENS, time_zone="UTC")
    rows = (Customer(workspace=workspace, key=f"C{number}", name=f"C{number}") for number in range(customers))
    Customer.objects.bulk_create(rows, batch_size=CHUNK)
    ids = list(Customer.objects.filter(workspace=workspace).order_by("pk").values_list("pk", flat=True))
    warehouse = opened(0)
    table = pa.table({"customer_id": ids, "score": np.random.default_rng(1).uniform(0, 100, len(ids))})
    for worker in range(2):
        frame_write(opened(worker), workspace.pk, as_of_us=to_us(OPENS), frame=table)
        opened(worker).close()
    return workspace, warehouse, ids


def opened(worker: int) -> Any:
    """A worker's own warehouse: they all hold the same frame, and no daemon stands between."""
    from liuke.warehouse.local import LocalWarehouse

    return LocalWarehouse(Path(os.environ["LIUKE_DATA_DIR"]) / f"warehouse{worker}")


def start(workspace: Any, warehouse: Any, ids: list[int], *, item: bool) -> tuple[Any, dict[str, float]]:
    """Everybody enters and falls asleep at the first wait; the flow, and seconds for entering and for the first step."""
    from django.db import transaction
    from tests.factories import make_actor

    from liuke.act.playbooks import service
    from liuke.act.playbooks.domain.sources import Occurrence
    from liuke.act.playbooks.engine.entering import entries_write
    from liuke.act.playbooks.engine.flows import flow_of
    from liuke.act.playbooks.engine.waking import enrolments_wake
    from liuke.signals.service.columns import catalogue_of

    actor = make_actor(workspace)
    playbook = service.playbook_create(actor=actor, text=service.PlaybookText(f"flow {item}", "", "winback", spec(item=item)))
    service.playbook_publish(actor=actor, playbook_id=playbook.pk)
    playbook = service.playbook_enable(actor=actor, playbook_id=playbook.pk, enabled=True)
    flow = flow_of(playbook, service.version_live(playbook), catalogue_of(workspace))
    occurrences = [Occurrence(customer, f"bench:{customer}", OPENS) for customer in ids]

    def enter() -> None:
        with transaction.atomic():
            entries_write(workspace=workspace, warehouse=warehouse, flow=flow, occurrences=occurrences, at=OPENS)

    _, entering = timed(enter)
    _, sleeping = timed(lambda: enrolments_wake(workspace=workspace, warehouse=warehouse, now=OPENS))
    return playbook, {"enter_s": round(entering, 1), "first_sleep_s": round(sleeping, 1)}


def wake(workspace_id: int, worker: int, now: datetime) -> int:
    """One worker, to the end; the steps it took."""
    from liuke.accounts.store.models import Workspace
    from liuke.act.playbooks.engine.waking import enrolments_wake

    workspace = Workspace.objects.get(pk=workspace_id)
    return enrolments_wake(workspace=workspace, warehouse=opened(worker), now=now).steps


def wake_by(workers: int, workspace: Any, now: datetime) -> tuple[int, float]:
    """Steps and seconds of so many workers at once; processes are started beforehand and wait for a word."""
    if workers == 1:
        return timed(lambda: wake(workspace.pk, 0, now))
    command = [sys.executable, "-m", "bench.flows", "--worker", str(workspace.pk)]
    running = [
        subprocess.Popen([*command, str(number), now.isoformat()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for number in range(workers)
    ]
    for one in running:
        assert one.stdout is not None
        one.stdout.readline()
    began = time.perf_counter()
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    steps = sum(int(one.communicate()[0]) for one in running)
    return steps, time.perf_counter() - began


def due(playbook: Any, number: int | None) -> int:
    """So many sleepers of the first wait are due the next day, everybody else not before a month; how many are due."""
    from liuke.act.store.models import Enrolment

    asleep = Enrolment.objects.filter(playbook=playbook, node="first")
    if number is not None:
        chosen = list(asleep.order_by("pk").values_list("pk", flat=True)[:number])
        asleep.exclude(pk__lte=chosen[-1]).update(wake_at=OPENS + timedelta(days=30))
    else:
        asleep.update(wake_at=NEXT_DAY)
    return asleep.filter(wake_at__lte=NEXT_DAY).count()


def wrong(playbook: Any, expected: int, *, item: bool) -> dict[str, int]:
    """Who is not where they must be, and steps or work items that are there twice."""
    from django.db.models import Count

    from liuke.act.store.models import Enrolment, EnrolmentStep, WorkItem

    moved = Enrolment.objects.filter(playbook=playbook, node="rest", status="waiting")
    steps = EnrolmentStep.objects.filter(enrolment__playbook=playbook)
    doubled = steps.values("enrolment_id", "node").annotate(n=Count("pk")).filter(n__gt=1).count()
    each = 3 if item else 2
    lost = abs(expected - moved.count()) + abs(expected * each - steps.count())
    if item:
        made = WorkItem.objects.filter(workspace=playbook.workspace).count()
        lost, doubled = lost + max(expected - made, 0), doubled + max(made - expected, 0)
    return {"lost": lost, "doubled": doubled}


def run(workers: int, customers: int) -> dict[str, object]:
    """All figures of one database."""
    workspace, warehouse, ids = prepare(customers)
    playbook, seconds = start(workspace, warehouse, ids, item=False)
    figures: dict[str, object] = {"enrolments": customers, "workers": workers, **seconds}
    warehouse.close()
    done = 0
    for name, number in (("some", DUE), ("all", None)):
        done += due(playbook, number)
        steps, wall = wake_by(workers, workspace, NEXT_DAY)
        faults = wrong(playbook, done, item=False)
        figures[name] = {"steps": steps, "s": round(wall, 2), "steps_per_s": round(steps / wall), **faults}
    other, _ = start(workspace, warehouse, ids[:DUE], item=True)
    due(other, None)
    warehouse.close()
    steps, wall = wake_by(workers, workspace, NEXT_DAY)
    faults = wrong(other, min(DUE, customers), item=True)
    figures["items"] = {"items_per_s": round(min(DUE, customers) / wall), "steps_per_s": round(steps / wall), **faults}
    return figures


async def peer(url: str) -> dict[str, object]:
    """procrastinate: as many empty jobs as rows are due, 20 at a time in one worker."""
    import procrastinate

    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url, min_size=4, max_size=22))

    @app.task(name="nothing")
    async def nothing(number: int) -> None:
        """An empty job."""

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        began = time.perf_counter()
        await nothing.batch_defer_async(*({"number": number} for number in range(PEERED)))
        deferred = time.perf_counter() - began
        began = time.perf_counter()
        await app.run_worker_async(wait=False, concurrency=20, install_signal_handlers=False)
        seconds = time.perf_counter() - began
    return {"jobs": PEERED, "start_s": round(deferred, 1), "s": round(seconds, 2), "jobs_per_s": round(PEERED / seconds)}


def child(database: str, customers: int, *arguments: str) -> dict[str, object]:
    """Run this module in a process with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "LIUKE_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "liuke.server.settings"}
        env["LIUKE_DATABASE_URL"] = database or f"sqlite:///{folder}/liuke.sqlite3"
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=env, check=True)
        command = [sys.executable, "-m", "bench.flows", "--run", str(customers), *arguments]
        answer: dict[str, object] = json.loads(subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout)
        return answer


def worker(workspace_id: int, number: int, now: str) -> None:
    """Say that it is ready, wait for the word, wake, tell the steps."""
    print("ready", flush=True)
    sys.stdin.readline()
    print(wake(workspace_id, number, datetime.fromisoformat(now)))


def main() -> None:
    """Print the figure."""
    if len(sys.argv) > 1 and sys.argv[1] in {"--run", "--worker"}:
        import django

        django.setup()
        if sys.argv[1] == "--run":
            print(json.dumps(run(int(sys.argv[3]), int(sys.argv[2]))))
        else:
            worker(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
        return
    from tests.postgres import Cluster, create_database

    customers = int(next((given for given in sys.argv[1:] if given.isdigit()), "100000"))
    figure: dict[str, object] = {"figure": "flows", "aim_steps_per_s_sqlite": AIM, "sqlite": child("", customers, "1")}
    cluster = Cluster()
    try:
        figure["postgresql"] = child(create_database(cluster.url(), "flows"), customers, "2")
        figure["peer_procrastinate"] = asyncio.run(peer(create_database(cluster.url(), "peer")))
    finally:
        cluster.stop()
    print(json.dumps(figure))


if __name__ == "__main__":
    main()
