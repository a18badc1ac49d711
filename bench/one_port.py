"""What one public port costs: server CPU per request of a trivial Django view, three ways (docs/adr/0002).

    .venv/bin/python bench/one_port.py            prints one JSON line per way
    .venv/bin/python bench/one_port.py serve WAY PORT   (used by the first form)

Ways: `wsgi` granian's own WSGI, `a2wsgi` ASGI with a2wsgi, `bridge` ASGI with liuke.server.bridge.
"""

from __future__ import annotations

from liuke.server import boot  # isort: split

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, JsonResponse
from django.urls import path
from granian import Granian
from granian.constants import Interfaces

from liuke.server.bridge import Bridge

WAYS = ("wsgi", "a2wsgi", "bridge")
CONNECTIONS, REQUESTS = 16, 400
PORT = 18650


def ping(_request: HttpRequest) -> JsonResponse:
    """The view: no database, but every middleware."""
    return JsonResponse({"ok": True})


urlpatterns = [path("ping", ping)]


def application(way: str) -> Callable[..., Any]:
    """The view as WSGI, or wrapped as ASGI."""
    wsgi = WSGIHandler()
    wrapped: dict[str, Callable[..., Any]] = {"wsgi": wsgi, "a2wsgi": WSGIMiddleware(cast(Any, wsgi), workers=8), "bridge": Bridge(wsgi)}
    return wrapped[way]


def serve(way: str, port: int) -> None:
    """One worker process of granian with the given way."""
    settings.ROOT_URLCONF = "one_port"
    interface, threads = (Interfaces.WSGI, 8) if way == "wsgi" else (Interfaces.ASGINL, 1)
    server = Granian("one_port", port=port, interface=interface, blocking_threads=threads, websockets=False, log_enabled=False)
    server.serve(target_loader=lambda *_: application(way), wrap_loader=False)


async def client(count: int, port: int) -> list[float]:
    """Requests one after the other on one connection; seconds each."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    took = []
    for _ in range(count):
        start = time.perf_counter()
        writer.write(b"GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
        await reader.readexactly(length)
        took.append(time.perf_counter() - start)
    writer.close()
    return took


def cpu_of(pid: int) -> float:
    """CPU seconds of a process and its children so far."""
    ticks = os.sysconf("SC_CLK_TCK")
    pids, total = [pid], 0.0
    while pids:
        current = pids.pop()
        fields = Path(f"/proc/{current}/stat").read_text().rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) / ticks
        pids += [int(child) for child in Path(f"/proc/{current}/task/{current}/children").read_text().split()]
    return total


async def load(port: int, requests: int) -> list[float]:
    """All connections at once."""
    lists = await asyncio.gather(*(client(requests, port) for _ in range(CONNECTIONS)))
    return sorted(value for values in lists for value in values)


def wait_for(port: int) -> None:
    """Until it answers."""
    for _ in range(200):
        try:
            asyncio.run(client(1, port))
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("server did not start")


def measure(way: str, port: int) -> dict[str, object]:
    """One way, warm."""
    environment = os.environ | {"LIUKE_DATA_DIR": tempfile.mkdtemp(), "PYTHONPATH": str(Path(__file__).parent)}
    server = subprocess.Popen([sys.executable, __file__, "serve", way, str(port)], env=environment)
    try:
        wait_for(port)
        asyncio.run(load(port, 50))
        before, start = cpu_of(server.pid), time.perf_counter()
        took = asyncio.run(load(port, REQUESTS))
        wall, cpu = time.perf_counter() - start, cpu_of(server.pid) - before
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)
    rows = len(took)
    figures = {"requests_per_s": round(rows / wall), "cpu_ms_per_request": round(cpu / rows * 1000, 3)}
    return {"way": way, **figures, "p50_ms": round(took[rows // 2] * 1000, 2), "p99_ms": round(took[rows * 99 // 100] * 1000, 2)}


if __name__ == "__main__" and boot.READY:
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2], int(sys.argv[3]))
    else:
        for number, name in enumerate(WAYS * 2):
            print(json.dumps(measure(name, PORT + number)), flush=True)
