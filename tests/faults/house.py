"""A running installation that takes rows by API, a sender that never gives up, and the question whether anything was lost."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

import httpx

from tests.running import RunningServer, wait_until

HEALTHY_WITHIN = 30.0
"""Seconds after a fault until everything works again, on a machine that runs no other tests meanwhile."""
ROWS = 20
PREPARE = """
import json
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import api_key_create
from tests.factories import make_actor, make_customer, make_member, make_workspace
space = make_workspace(slug="faults", name="Faults")
for number in range(5):
    make_customer(space, key=f"K{number}", name=f"Kunde {number}")
made = api_key_create(actor=make_actor(space), name="load", scopes=["import", "workspace", "sources"])
print(json.dumps({"key": made.secret}))
"""
STORED = """
import json
from django.db.models import Sum
from liuke.accounts.store.models import Workspace
from liuke.connect.store.models import Batch, Source
from liuke.server.settings import LIUKE
from liuke.warehouse import open_warehouse
space = Workspace.objects.get(slug="faults")
sql = "SELECT activity_id, value FROM activity WHERE source = 'load'"
rows = open_warehouse(LIUKE).query(space.pk, sql).to_pylist()
source = Source.objects.get(workspace=space, name="load")
batches = Batch.objects.filter(source=source)
print(json.dumps({
    "rows": [[row["activity_id"], row["value"]] for row in rows],
    "counted": source.rows_total,
    "open": batches.exclude(status=Batch.Status.DONE).count(),
    "new": batches.aggregate(n=Sum("rows_new"))["n"],
    "same": batches.aggregate(n=Sum("rows_same"))["n"],
}))
"""


def row(name: str, place: int) -> dict[str, object]:
    """One activity of one of the five customers."""
    at = f"2026-11-20T{place % 24:02d}:00:00+08:00"
    return {"activity_id": name, "customer_key": f"K{place % 5}", "ts": at, "kind": "login", "value": 1.0}


@dataclass(frozen=True, slots=True)
class Stored:
    """What the product holds of the load."""

    rows: Sequence[tuple[str, float]]
    counted: int
    """Rows by the source's own count."""
    open: int
    """Batches that are not applied."""
    new: int
    """Rows that were new, by the batches' own count."""
    same: int
    """Rows that the warehouse had: of batches that were written, and told so only after a crash."""


@dataclass
class House:
    """`liuke serve` with a workspace `faults` and a key that may send."""

    server: RunningServer
    key: str
    ledger: dict[str, int] = field(default_factory=dict)
    """Every batch that was answered 202 so far, with its number of rows."""
    probes: int = 0
    """Rows of `works_again` so far."""

    @property
    def headers(self) -> dict[str, str]:
        """Of a request by the key."""
        return {"Authorization": f"Bearer {self.key}"}

    def send(self, rows: Sequence[Mapping[str, object]], name: str, timeout: float = 20.0) -> httpx.Response:
        """One batch of activities under the Idempotency-Key `name`."""
        headers = self.headers | {"Idempotency-Key": name}
        return httpx.post(f"{self.server.url}/api/v1/activities?source=load", json=list(rows), headers=headers, timeout=timeout)

    def operations(self) -> dict[str, object]:
        """The page 运行状况 as the key sees it."""
        answer = httpx.get(f"{self.server.url}/api/v1/w/faults/operations", headers=self.headers, timeout=20)
        told: dict[str, object] = answer.raise_for_status().json()
        return told

    def stored(self) -> Stored:
        """What is in both databases now."""
        told = json.loads(self.server.installation.script(STORED))
        return Stored([(name, value) for name, value in told["rows"]], told["counted"], told["open"], told["new"], told["same"])

    def works_again(self, name: str) -> float:
        """Wait until a row that is sent now is applied; how many seconds that took. The promise is `HEALTHY_WITHIN`."""
        begun = time.monotonic()
        batch = wait_until(lambda: self._accepted(name), f"{name} to be accepted", 90)
        self.probes += 1
        wait_until(lambda: self._applied(batch), f"{name} to be applied", 90)
        return time.monotonic() - begun

    def _accepted(self, name: str) -> int | None:
        try:
            answer = self.send([row(name, 1)], name, timeout=5)
        except httpx.HTTPError:
            return None
        return int(answer.json()["batch_id"]) if answer.status_code == 202 else None

    def _applied(self, batch: int) -> bool:
        try:
            answer = httpx.get(f"{self.server.url}/api/v1/batches/{batch}", headers=self.headers, timeout=5)
            return answer.status_code == 200 and answer.json()["status"] == "applied"
        except (httpx.HTTPError, ValueError):
            return False


@dataclass
class Load:
    """Sends batch after batch from several threads; repeats each under its key until it is answered 202. Leave the block to stop it."""

    house: House
    prefix: str
    threads: int = 2
    pause: float = 0.25
    accepted: dict[str, int] = field(default_factory=dict)
    """Batches that were answered 202, with their number of rows."""
    refusals: list[int] = field(default_factory=list)
    """Statuses of the answers that were not."""
    _stop: threading.Event = field(default_factory=threading.Event)
    _running: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Load:
        """Begin."""
        self._running = [threading.Thread(target=self._work, args=(number,), daemon=True) for number in range(self.threads)]
        for thread in self._running:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop after the batch at hand is through, however long that takes."""
        self._stop.set()
        for thread in self._running:
            thread.join(120)
        assert not any(thread.is_alive() for thread in self._running), "a batch was never accepted"

    def wait_for(self, more: int) -> None:
        """Until so many more batches are accepted."""
        wanted = len(self.accepted) + more
        wait_until(lambda: len(self.accepted) >= wanted, f"{more} more batches")

    def _work(self, thread: int) -> None:
        number = 0
        while not self._stop.is_set():
            name = f"{self.prefix}-{thread}-{number}"
            self._send(name, [row(f"{name}-{place}", place) for place in range(ROWS)])
            number += 1
            self._stop.wait(self.pause)

    def _send(self, name: str, rows: Sequence[Mapping[str, object]]) -> None:
        while True:
            try:
                answer = self.house.send(rows, name)
            except httpx.HTTPError:
                self._stop.wait(0.05)
                continue
            if answer.status_code == 202:
                self.accepted[name] = self.house.ledger[name] = len(rows)
                return
            self.refusals.append(answer.status_code)
            self._stop.wait(0.1)


def ids_of(accepted: Mapping[str, int]) -> set[str]:
    """The rows of accepted batches, by id."""
    return {f"{name}-{place}" for name, rows in accepted.items() for place in range(rows)}


def nothing_lost_nothing_doubled(house: House) -> None:
    """Every row that was ever accepted is stored once, nothing else is, and the product's own counts say the same."""
    wait_until(lambda: _drained(house), "the backlog to be applied")
    found = house.stored()
    ids = [name for name, _ in found.rows]
    assert len(ids) == len(set(ids))
    load = {name for name in ids if not name.startswith("probe")}
    wanted = ids_of(house.ledger)
    assert load == wanted, f"lost {len(wanted - load)}, never accepted {len(load - wanted)}"
    assert len(ids) - len(load) == house.probes
    told = (found.open, found.counted, found.new + found.same)
    assert told == (0, len(ids), len(ids)), f"open, counted by the source, by the batches: {told}; stored {len(ids)}"


def _drained(house: House) -> bool:
    live = house.operations()["live"]
    return isinstance(live, dict) and live["batches"] == 0


def at_random(seed: int) -> Callable[[], float]:
    """Seconds to wait before a kill: anywhere in the work of a batch."""
    chance = Random(seed)
    return lambda: chance.uniform(0.05, 0.6)
