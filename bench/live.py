"""`liuke bench live`: from an event sent by HTTP to its alert on an open page, over a real `liuke serve` (DAT-01, ALT-11).

    liuke bench live [--minutes 5] [--stored 20000000] [--customers 200000] [--rate 1000 ...] [--stop 0]

Stores made activities, scores everybody once, then sends `rate` events a second of skewed customers (a few very busy ones), one in a
thousand a message that says it leaves, of a customer without an alert. Several rates are measured one after the other, until one cannot
be kept. One JSON line: seconds from sending to the page per rate (p50, p95, p99), and from accepting a request until all of its
customers are scored (`all_scored_…`: who only looked around waits behind whoever said something); the highest rate with p99 below five
seconds, events lost and doubled, and with `--stop SECONDS` how long the live worker needs to catch up after it stood still so long at
the first rate.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import httpx
import numpy as np
from tests.running import Installation, RunningServer, installation, running

KEPT_S = 5.0
"""A rate is kept while p99 stays below so many seconds."""
EVERY = 0.1
"""Seconds between two requests."""
ALERT_EVERY = 1_000
BUSY = 1.2
"""Exponent of the customers' activity: the busiest does a sixth of everything."""
KINDS = ("page.viewed", "login", "feature.used", "order.placed", "session.ended")
WORLD = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from bench.generate import Made, _lazily, customers
from liuke.accounts.service import workspace_now
from liuke.accounts.service.keys import api_key_create
from liuke.alert.domain.changes import ReviewKind
from liuke.base.times import from_us, to_us, utc_now
from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.facts.store.models import Customer
from liuke.pipeline.scoring import workspace_score
from liuke.server.settings import LIUKE
from liuke.signals.store.models import Rule, RuleVersion
from liuke.warehouse import open_warehouse
from liuke.warehouse.domain.upsert import hashed
from liuke.warehouse.files import Files
from tests.factories import actor_of, make_member, make_workspace
space = make_workspace(slug="live")
member = make_member(space)
rule = Rule.objects.create(workspace=space, code="leaving", name="leaving")
when = {{"when": {{"column": "leaving_max_90", "op": "ge", "value": 50}}}}
RuleVersion.objects.create(rule=rule, version=1, status="published", document=when, effects={{"level": "high"}})
made = Made({customers}, {stored})
rows = [Customer(pk=row["customer_id"], workspace=space, key=row["key"], name=row["key"], owner=member,
    attributes={{"industry": row["industry"], "city": row["city"]}}, registered_at=from_us(row["registered_us"]))
    for row in customers(made).to_pylist()]
Customer.objects.bulk_create(rows, batch_size=2000)
shift = to_us(utc_now()) - 60_000_000 - made.end_us
columns = ", ".join([*ACTIVITY_SCHEMA.names, "key", "content", "order_key"])
later = f"SELECT * REPLACE (ts_us + {{shift}} AS ts_us, known_us + {{shift}} AS known_us), 0 AS pos FROM made ORDER BY customer_id, ts_us"
files = Files(LIUKE.warehouse_dir)
with files.cursor(space.pk) as connection:
    for table in _lazily(made):
        connection.register("made", table)
        connection.execute(f"INSERT INTO activity ({{columns}}) SELECT {{columns}} FROM ({{hashed(f'({{later}})')}})")
        connection.unregister("made")
files.close_idle(idle_s=0)
warehouse = open_warehouse(LIUKE)
scored = workspace_score(workspace=space, warehouse=warehouse, as_of=workspace_now(space), kind=ReviewKind.FIRST)
warehouse.close()
from liuke.alert.store.models import Alert
from liuke.show.store.models import CustomerCard
cards = CustomerCard.objects.filter(is_lost=False).exclude(customer_id__in=Alert.objects.values("customer_id"))
calm = cards.order_by("customer_id").values_list("key", flat=True)
store = import_module(settings.SESSION_ENGINE).SessionStore()
store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(member.user.pk), settings.AUTHENTICATION_BACKENDS[0]
store[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
store.create()
key = api_key_create(actor=actor_of(member), name="bench", scopes=["ingest"]).secret
print(json.dumps({{"session": store.session_key, "key": key, "calm": list(calm[:20000])}}))
"""
SETTLED = """
import json, time
from liuke.connect.store.models import Batch
from liuke.server.settings import LIUKE
from liuke.warehouse import open_warehouse
waiting, until = Batch.objects.filter(status="queued"), time.time() + {patience}
while waiting.exists() and time.time() < until:
    time.sleep(0.5)
at = time.time()
sql = "SELECT count(*) AS n, count(DISTINCT activity_id) AS ids FROM activity WHERE source = 'bench'"
found = open_warehouse(LIUKE).query(1, sql).to_pylist()[0]
print(json.dumps([found["n"], found["ids"], waiting.count(), at]))
"""
SCORED = """
import json
from liuke.base.times import from_us
from liuke.connect.store.models import Batch
found = Batch.objects.filter(entity="activities", created_at__range=[from_us({since}), from_us({until})], finished_at__isnull=False)
print(json.dumps([(done - at).total_seconds() for at, done in found.values_list("created_at", "finished_at")]))
"""
NUMBER = "from liuke.facts.store.models import Customer; import json; print(json.dumps(dict(Customer.objects.values_list('key', 'pk'))))"


@dataclass
class Page:
    """An open page: when it heard of the alert of which customer (our id)."""

    heard: dict[int, float] = field(default_factory=dict)
    twice: int = 0

    def listen(self, server: RunningServer, session: str) -> None:
        """Until the server goes."""
        headers = {"Cookie": f"sessionid={session}"}
        with httpx.stream("GET", f"{server.url}/events?workspace=live", headers=headers, timeout=None) as answer:
            name = ""
            for line in answer.iter_lines():
                if line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: ") and name == "alert":
                    customer = int(json.loads(line[6:])["customer"])
                    self.twice += customer in self.heard
                    self.heard.setdefault(customer, time.time())


@dataclass
class Sender:
    """Sends as asked, on a clock of its own; `alarms`: when the leaving message of a customer's key was sent."""

    server: RunningServer
    key: str
    calm: list[str]
    customers: int
    rate: int
    chance: np.random.Generator = field(default_factory=lambda: np.random.default_rng(3))
    sent: int = 0
    refused: int = 0
    alarms: dict[str, float] = field(default_factory=dict)

    def run(self, seconds: float) -> None:
        """Requests of a tenth of a second's events each; one that is late is not made up by fewer."""
        headers = {"Authorization": f"Bearer {self.key}"}
        with httpx.Client(base_url=self.server.url, headers=headers, timeout=60) as client:
            began = time.time()
            for number in range(int(seconds / EVERY)):
                time.sleep(max(began + number * EVERY - time.time(), 0))
                rows = self._rows(int(self.rate * EVERY))
                answer = client.post("/api/v1/activities?source=bench", json=rows)
                while answer.status_code == 429:
                    self.refused += 1
                    time.sleep(float(answer.headers.get("retry-after", "1")))
                    answer = client.post("/api/v1/activities?source=bench", json=rows)
                answer.raise_for_status()

    def _rows(self, size: int) -> list[dict[str, object]]:
        now = datetime.now(UTC).isoformat()
        who = np.minimum(self.chance.zipf(BUSY, size), self.customers)
        kinds = self.chance.choice(len(KINDS), size)
        rows: list[dict[str, object]] = []
        for customer, kind in zip(who.tolist(), kinds.tolist(), strict=True):
            self.sent += 1
            row: dict[str, object] = {"activity_id": str(self.sent), "customer_key": f"C{customer}", "ts": now, "kind": KINDS[kind]}
            if self.sent % ALERT_EVERY == 0 and self.calm:
                key = self.calm.pop()
                row |= {"customer_key": key, "kind": "message.in", "attrs": {"text": "我们决定不再续约了,已经准备换成别家的系统"}}
                self.alarms[key] = time.time()
            rows.append(row)
        return rows


def measure(installed: Installation, given: argparse.Namespace) -> dict[str, object]:
    """Everything, over a server that is started here."""
    began = time.time()
    told = json.loads(installed.script(WORLD.format(customers=given.customers, stored=given.stored)).splitlines()[-1])
    world_s = round(time.time() - began, 1)
    numbers: dict[str, int] = json.loads(installed.script(NUMBER))
    with running(installed) as server:
        page, sender = Page(), Sender(server, told["key"], told["calm"], given.customers, given.rate[0])
        threading.Thread(target=page.listen, args=(server, told["session"]), daemon=True).start()
        time.sleep(2)
        sender.run(given.warm)
        rates: list[dict[str, object]] = []
        highest = None
        for rate in given.rate:
            _settled(installed)
            began = time.time()
            told_rate = _at_rate(rate, given.minutes * 60, page, sender, numbers)
            rates.append(told_rate | _scored(installed, began))
            if not _is_kept(rates[-1]):
                break
            highest = rate
        sender.rate = given.rate[0]
        recovery = _recovery(server, sender, given.stop) if given.stop else None
        settled = _settled(installed)
        return {
            "bench": "live", "minutes": given.minutes, "stored": given.stored, "customers": given.customers, "world_s": world_s,
            "rates": rates, "highest_rate": highest, "sent": sender.sent,
            "heard_twice": page.twice, "lost": sender.sent - settled.different,
            "doubled": settled.rows - settled.different, "batches_waiting": settled.waiting, "recovery": recovery,
        }  # fmt: skip


def _at_rate(rate: int, seconds: float, page: Page, sender: Sender, numbers: dict[str, int]) -> dict[str, object]:
    """So many events a second for so long; those whose alert was not heard a minute later count as not heard."""
    sender.rate, refused = rate, sender.refused
    sender.alarms.clear()
    began = time.time()
    sender.run(seconds)
    took = time.time() - began
    until = time.time() + 60
    while time.time() < until and not all(numbers[key] in page.heard for key in sender.alarms):
        time.sleep(0.5)
    waits = sorted(page.heard[numbers[key]] - at for key, at in sender.alarms.items() if numbers[key] in page.heard)
    return {
        "rate": rate, "reached": round(rate * seconds / took), **_quantiles(waits), "alerts_sent": len(sender.alarms),
        "alerts_heard": len(waits), "refused_429": sender.refused - refused,
    }  # fmt: skip


def _scored(installed: Installation, began: float) -> dict[str, float | None]:
    """Seconds from accepting a request until all of its customers are scored, for the requests since `began`."""
    until = _settled(installed).at
    waits = json.loads(installed.script(SCORED.format(since=int(began * 1e6), until=int(until * 1e6))).splitlines()[-1])
    return _quantiles(waits, "all_scored_")


def _quantiles(waits: list[float], name: str = "") -> dict[str, float | None]:
    return {f"{name}p{part}_s": round(float(np.quantile(waits, part / 100)), 2) if waits else None for part in (50, 95, 99)}


def _is_kept(told: dict[str, object]) -> bool:
    slowest = told["p99_s"]
    return isinstance(slowest, float) and slowest < KEPT_S and told["alerts_heard"] == told["alerts_sent"]


def _recovery(server: RunningServer, sender: Sender, seconds: float) -> dict[str, float]:
    """The live worker stands still for so long while events go on; how long until nothing waits any more."""
    pid = server.children()["live"]
    os.kill(pid, signal.SIGSTOP)
    sent = sender.sent
    sender.run(seconds)
    began = time.time()
    os.kill(pid, signal.SIGCONT)
    settled = _settled(server.installation)
    return {"stood_still_s": seconds, "events": sender.sent - sent, "caught_up_after_s": round(settled.at - began, 1)}


class Settled(NamedTuple):
    """Rows stored, different ones, batches that wait, and when none did or the patience was over."""

    rows: int
    different: int
    waiting: int
    at: float


def _settled(installed: Installation, patience: float = 900) -> Settled:
    """Wait until no batch waits."""
    return Settled(*json.loads(installed.script(SETTLED.format(patience=patience)).splitlines()[-1]))


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, kind, default in (
        ("minutes", float, 5.0), ("stored", int, 20_000_000), ("customers", int, 200_000), ("stop", float, 0.0), ("warm", float, 10.0),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=kind, default=default)
    parser.add_argument("--rate", type=int, nargs="+", default=[1_000])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="liuke-live-") as folder, installation(Path(folder)) as installed:
        print(json.dumps(measure(installed, given)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
