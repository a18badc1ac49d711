"""Requests wait while the code behind them is read."""

from __future__ import annotations

import asyncio

from liuke.server.asgi import Site
from liuke.server.bridge import Receive, Scope, Send, answer
from liuke.server.gate import Gate


async def say(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(send, 200, [], scope["path"].encode())


async def other(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(send, 404, [], b"")


async def call(app: Gate | Site, path: str) -> bytes:
    pieces = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request"}

    async def send(event: dict[str, object]) -> None:
        pieces.append(event.get("body", b""))

    await app({"type": "http", "path": path}, receive, send)  # type: ignore[arg-type]
    return b"".join(piece for piece in pieces if isinstance(piece, bytes))


def test_a_request_waits_for_the_application_and_then_gets_its_answer() -> None:
    async def scene() -> tuple[bool, bytes]:
        gate = Gate()
        waiting = asyncio.create_task(call(gate, "/api/v1/session"))
        await asyncio.sleep(0)
        early = waiting.done()
        gate.open(say)
        return early, await waiting

    assert asyncio.run(scene()) == (False, b"/api/v1/session")


def test_pages_do_not_wait_for_django() -> None:
    site = Site(events=Gate(), backend=Gate(), pages=say)
    assert asyncio.run(call(site, "/customers")) == b"/customers"


def test_each_address_has_its_own_application() -> None:
    site = Site(events=other, backend=say, pages=other)
    for path in ("/api/v1/session", "/_allauth/browser/v1/auth/login", "/healthz"):
        assert asyncio.run(call(site, path)) == path.encode()
    for path in ("/events", "/", "/apix", "/w/sample"):
        assert asyncio.run(call(site, path)) == b""
