"""HTTP → durable: rows per second and server CPU per 1,000 rows, beside a floor of the same run.

    PYTHONPATH=. .venv/bin/python -m bench.ingest [--database sqlite|postgresql|both] [--rounds 3]      (liuke bench ingest)

Ours: the web process of an installation as `liuke serve` starts it, a key, JSON lists of 1,000 (and 100) activities. The floor: the same
HTTP server, one function that decodes the same bytes with msgspec into typed rows and writes them by `executemany` into a plain table,
one commit a request. Both answer 202 after the commit (SQLite: WAL, synchronous=FULL; PostgreSQL: fsync on). They take turns; medians
of the rounds. CPU is that of the server process, for PostgreSQL also that of the database's processes, read from /proc.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import QUICK, Cluster, create_database, free_port
from tests.running import ROOT, Installation

SENDERS = 4
"""Connections that send at once."""
ROWS = 60_000
"""Rows of a round of requests of 1,000; a tenth of it in requests of 100."""
SETUP = """
from liuke.accounts.domain.actor import system
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import api_key_create
from liuke.server.settings import LIUKE
from liuke.server.upgrade import upgrade
upgrade(LIUKE)
from tests.factories import make_workspace
print(api_key_create(actor=system(make_workspace(slug="bench").pk), name="bench", scopes=[Permission.INGEST]).secret)
"""
FORGET = """
from liuke.connect.store.models import Batch
from liuke.jobs.store.models import Job
print(Batch.objects.filter(status="queued").count(), sum(Batch.objects.values_list("rows_total", flat=True)))
Batch.objects.all().delete()
Job.objects.all().delete()
"""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that takes rows: where, with which key, and the processes whose CPU counts."""

    name: str
    port: int
    path: str
    key: str
    server: int
    database: int = 0


def body(first: int, rows: int) -> bytes:
    """Activities as a shop sends them, about 200 bytes each."""
    made = [
        {
            "activity_id": f"ev-{first + number:09d}",
            "customer_key": f"C{(first + number) * 7919 % 1_000_000:07d}",
            "ts": f"2026-11-{number % 20 + 1:02d}T{number % 24:02d}:{number % 60:02d}:{number % 59:02d}+08:00",
            "kind": ("order.placed", "page.viewed", "login")[number % 3],
            "value": round((number * 37 % 100_000) / 100, 2),
            "channel": "web",
            "attrs": {"page": f"/p/{number * 31 % 9_999}", "text": "看了商品", "n": number},
        }
        for number in range(rows)
    ]
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


def cpu_of(pid: int) -> float:
    """CPU seconds of a process and its children so far."""
    ticks, pids, total = os.sysconf("SC_CLK_TCK"), [pid], 0.0
    while pids:
        current = pids.pop()
        try:
            fields = Path(f"/proc/{current}/stat").read_text().rsplit(")", 1)[1].split()
            children = Path(f"/proc/{current}/task/{current}/children").read_text().split()
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:15]) / ticks  # its own and that of children that have ended
        pids += [int(child) for child in children]
    return total


def send(target: Target, bodies: list[bytes]) -> list[float]:
    """One connection, one request after the other; seconds each."""
    connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=60)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {target.key}"}
    took = []
    for each in bodies:
        start = time.perf_counter()
        connection.request("POST", target.path, body=each, headers=headers)
        answer = connection.getresponse()
        told = answer.read()
        if answer.status != 202:
            raise SystemExit(f"{target.name}: {answer.status} {told[:300]!r}")
        took.append(time.perf_counter() - start)
    connection.close()
    return took


def measure(target: Target, rows: int, size: int) -> dict[str, float]:
    """One turn: rows per second, CPU milliseconds per 1,000 rows, milliseconds per request."""
    bodies = [body(number * size, size) for number in range(min(20, rows // size))]
    share = rows // size // SENDERS
    lists = [[bodies[(sender + number) % len(bodies)] for number in range(share)] for sender in range(SENDERS)]
    before, database, start = cpu_of(target.server), cpu_of(target.database), time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as pool:
        took = sorted(one for lists in pool.map(lambda each: send(target, each), lists) for one in lists)
    wall, sent = time.perf_counter() - start, share * size * SENDERS
    return {
        "rows_per_s": sent / wall,
        "cpu_ms": (cpu_of(target.server) - before) / sent * 1e6,
        "database_cpu_ms": (cpu_of(target.database) - database) / sent * 1e6 if target.database else 0.0,
        "p50_ms": took[len(took) // 2] * 1e3,
        "p95_ms": took[len(took) * 95 // 100] * 1e3,
    }


@contextmanager
def ours(folder: Path, database_url: str, database: int) -> Iterator[tuple[Target, Installation]]:
    """The web process of a new installation, as the supervisor starts it."""
    installed = Installation(folder, database_url)
    secret = installed.script(SETUP).split()[-1]
    environment = installed.environment | {"LIUKE_SUPERVISED": "1"}
    command = [sys.executable, "-m", "liuke.server.children.web"]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, cwd=ROOT) as server:
        assert server.stdin is not None
        server.stdin.write(b"go\n")
        server.stdin.flush()
        try:
            wait_for(installed.port, "/healthz")
            yield Target("ours", installed.port, "/api/v1/activities?source=bench", secret, server.pid, database), installed
        finally:
            server.terminate()


@contextmanager
def floor(folder: Path, database_url: str, database: int) -> Iterator[Target]:
    """The floor's server in a process of its own."""
    port = free_port()
    command = [sys.executable, "-m", "bench.ingest_floor", str(port), database_url or f"sqlite:///{folder / 'floor.sqlite3'}"]
    with subprocess.Popen(command, cwd=ROOT) as server:
        try:
            wait_for(port, "/")
            yield Target("floor", port, "/", "none", server.pid, database)
        finally:
            server.terminate()


def wait_for(port: int, path: str) -> None:
    """Until the port answers."""
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", path)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("server did not start")


def turns(targets: list[Target], rounds: int, rows: int, size: int, between: Callable[[], None]) -> dict[str, dict[str, float]]:
    """Medians by target; each is warmed first, then they take turns."""
    found: dict[str, list[dict[str, float]]] = {target.name: [] for target in targets}
    for target in targets:
        measure(target, size * SENDERS * 4, size)
    for _ in range(rounds):
        for target in targets:
            found[target.name].append(measure(target, rows, size))
        between()
    return {name: {key: round(statistics.median(each[key] for each in all_of), 2) for key in all_of[0]} for name, all_of in found.items()}


def figures(kind: str, rounds: int, *, cluster: Cluster | None) -> None:
    """One JSON line per size of request."""
    with tempfile.TemporaryDirectory(prefix="liuke-bench-") as name:
        folder = Path(name)
        own, other = (create_database(cluster.url(), part) for part in ("ours", "floor")) if cluster else ("", "")
        database = cluster.server.pid if cluster else 0
        with ours(folder, own, database) as (mine, installed), floor(folder, other, database) as raw:
            for size, rows in ((1_000, ROWS), (100, ROWS // 10)):
                told = turns([mine, raw], rounds, rows, size, lambda: lost(installed))
                mean, least = (told[each]["cpu_ms"] + told[each]["database_cpu_ms"] for each in ("ours", "floor"))
                line = {"bench": "ingest", "database": kind, "batch": size, "rows": rows, "rounds": rounds, "connections": SENDERS}
                print(json.dumps({**line, "cpu_ratio": round(mean / least, 2), **told}), flush=True)


def lost(installed: Installation) -> None:
    """Every batch that was answered waits with all its rows; then they go, so that no round meets a fuller database."""
    batches, rows = map(int, installed.script(FORGET).split()[-2:])
    if not batches or not rows:
        raise SystemExit(f"answered rows are not there: {batches} batches, {rows} rows")


def main() -> None:
    """Both databases, or one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    if chosen.database != "postgresql":
        figures("sqlite", chosen.rounds, cluster=None)
    if chosen.database != "sqlite":
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            QUICK[name] = "on"
        cluster = Cluster()
        try:
            figures("postgresql", chosen.rounds, cluster=cluster)
        finally:
            cluster.stop()


if __name__ == "__main__":
    main()
