"""A thousand browsers that listen at once: all hear, and requests are answered beside them."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from urllib.parse import urlsplit

import httpx
import pytest

from tests.faults.house import House

pytestmark = pytest.mark.slow
LISTENERS, PEOPLE = 1_000, 50
HEARD_WITHIN = 8.0
"""Seconds until the last of them has heard; a second on a quiet machine."""
CROWD = f"""
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from liuke.accounts.store.models import Workspace
from tests.factories import make_member
space = Workspace.objects.get(slug="faults")
cookies = []
for number in range({PEOPLE}):
    user = make_member(space, email=f"crowd{{number}}@example.test").user
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    cookies.append(session.session_key)
print(json.dumps(cookies))
"""
TELL = """
from liuke.accounts.store.models import Workspace
from liuke.jobs.service import job_enqueue
job_enqueue(kind="no such kind", key="crowd", payload={}, workspace_id=Workspace.objects.get(slug="faults").pk)
"""


async def listen(house: House, cookie: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """An open stream that has been greeted."""
    where = urlsplit(house.server.url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(f"GET /events?workspace=faults HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={cookie}\r\n\r\n".encode())
    line = await asyncio.wait_for(reader.readline(), 60)
    assert b" 200 " in line, line
    return reader, writer


async def hear(reader: asyncio.StreamReader) -> float:
    """When the word came that work of this kind is over."""
    while line := await reader.readline():
        if b"no such kind" in line:
            return time.monotonic()
    raise AssertionError("the stream ended")


async def crowd(house: House, cookies: list[str]) -> tuple[list[float], list[float]]:
    """Seconds from the first to each who heard, and how long requests took meanwhile."""
    opened = []
    for start in range(0, LISTENERS, 100):
        opened += await asyncio.gather(*(listen(house, cookies[n % PEOPLE]) for n in range(start, start + 100)))
    hearing = [asyncio.create_task(hear(reader)) for reader, _ in opened]
    telling = asyncio.create_task(asyncio.to_thread(house.server.installation.script, TELL))
    waits = []
    async with httpx.AsyncClient(timeout=30) as client:
        while not all(task.done() for task in hearing):
            begun = time.monotonic()
            assert (await client.get(f"{house.server.url}/healthz")).status_code == 200
            waits.append(time.monotonic() - begun)
            await asyncio.sleep(0.2)
            assert len(waits) < 400, "not everybody heard"
    await telling
    heard = [task.result() for task in hearing]
    for _, writer in opened:
        writer.close()
    return [moment - min(heard) for moment in heard], waits


def test_a_thousand_listeners_all_hear_and_hold_nobody_up(house: House) -> None:
    cookies = json.loads(house.server.installation.script(CROWD))
    after_the_first, waits = asyncio.run(crowd(house, cookies))
    assert len(after_the_first) == LISTENERS
    assert max(after_the_first) < HEARD_WITHIN
    assert statistics.median(waits) < 1.0
    house.works_again("probe-crowd")
