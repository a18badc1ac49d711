"""How live the live updates are: many open streams on a real `liuke serve` (docs/adr/0002).

PYTHONPATH=. .venv/bin/python bench/live_stream.py [people]     20 streams per person, default 25; prints one JSON line
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

import httpx
from tests.running import Installation, RunningServer, installation, running

PEOPLE = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from tests.factories import make_member, make_workspace
space, keys = make_workspace(slug="live"), []
for number in range({people}):
    user = make_member(space).user
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    keys.append(store.session_key)
print(json.dumps(keys))
"""
TELL = """
import time
from liuke.accounts.store.models import Membership
from liuke.act.store.models import Notice
from liuke.base.times import utc_now
for round_ in range(5):
    for member in Membership.objects.all():
        Notice.objects.create(workspace_id=member.workspace_id, recipient=member, key="bench", params={},
            link=str(time.time()), dedupe=f"{round_}:{member.pk}", created_at=utc_now())
    time.sleep(1.3)
"""
PER_PERSON = 20


def memory_mib(server: RunningServer) -> float:
    """Resident memory of the web process."""
    status = Path(f"/proc/{server.children()['web']}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


async def listen(port: int, session: str, delays: list[float], opened: asyncio.Semaphore) -> None:
    """One browser tab; notes seconds from writing a notice to hearing of it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /events?workspace=live HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={session}\r\n\r\n".encode())
    await reader.readuntil(b"retry:")
    opened.release()
    while line := await reader.readline():
        if line.startswith(b"data: "):
            delays.append(time.time() - float(json.loads(line[6:])["link"]))


async def measure(installed: Installation, server: RunningServer, sessions: list[str]) -> dict[str, object]:
    """All streams at once, five notices per person, and ordinary requests beside them."""
    delays: list[float] = []
    opened = asyncio.Semaphore(0)
    before, count = memory_mib(server), len(sessions) * PER_PERSON
    tabs = [asyncio.create_task(listen(installed.port, key, delays, opened)) for key in sessions for _ in range(PER_PERSON)]
    start = time.perf_counter()
    for _ in range(count):
        await opened.acquire()
    connected = time.perf_counter() - start
    telling = asyncio.create_task(asyncio.to_thread(installed.script, TELL))
    requests = []
    async with httpx.AsyncClient(base_url=server.url) as client:
        while not telling.done():
            began = time.perf_counter()
            await client.get("/healthz")
            requests.append(time.perf_counter() - began)
            await asyncio.sleep(0.05)
    await asyncio.sleep(2)
    after = memory_mib(server)
    for tab in tabs:
        tab.cancel()
    delays.sort()
    requests.sort()
    return {
        "streams": count, "connect_s": round(connected, 2), "told": len(delays), "expected": count * 5,
        "p50_s": round(delays[len(delays) // 2], 2), "p99_s": round(delays[len(delays) * 99 // 100], 2),
        "memory_mib": round(after - before, 1), "healthz_p99_ms": round(requests[len(requests) * 99 // 100] * 1000, 1),
    }  # fmt: skip


def main() -> None:
    """Print the figures."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder)) as installed, running(installed) as server:
        sessions = json.loads(installed.script(PEOPLE.format(people=people)))
        print(json.dumps(asyncio.run(measure(installed, server, sessions))))


if __name__ == "__main__":
    main()
