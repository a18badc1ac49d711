"""`GET /events?workspace=<slug>`: Server-Sent Events for a logged-in browser."""

from __future__ import annotations

import asyncio
from functools import partial
from urllib.parse import parse_qs

from liuke.server.bridge import Receive, Scope, Send, answer, until_gone
from liuke.server.stream.events import HELLO, PING
from liuke.server.stream.guests import guest_of
from liuke.server.stream.hub import Hub, Listener, notice_event
from liuke.server.stream.tail import notices_after

PING_EVERY = 15.0
_PLAIN = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
_STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class EventStream:
    """The ASGI application of `/events`."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One stream, until either side ends it. Strangers get 401, whatever they ask for."""
        headers = dict(scope["headers"])
        if scope["method"] != "GET":
            await answer(send, 405, [*_PLAIN, (b"allow", b"GET")], b"GET only")
            return
        slug = parse_qs(scope["query_string"].decode("latin1")).get("workspace", [""])[0]
        cookie = headers.get(b"cookie", b"").decode("latin1")
        guest = await self._hub.read(partial(guest_of, cookie, slug))
        if guest is None:
            await answer(send, 401, _PLAIN, b"Log in first")
            return
        if not self._hub.has_room(guest):
            await answer(send, 429, _PLAIN, b"Too many open streams")
            return
        listener = await self._hub.join(guest)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _STREAM})
            await _write(send, HELLO)
            await self._catch_up(listener, headers.get(b"last-event-id", b""), send)
            await _relay(listener, receive, send)
        finally:
            self._hub.leave(listener)

    async def _catch_up(self, listener: Listener, last: bytes, send: Send) -> None:
        """What a reconnecting browser missed. A notice that arrives meanwhile may be told twice; its id says so."""
        if not last.isdigit() or len(last) > 18:
            return
        guest = listener.guest
        for row in await self._hub.read(partial(notices_after, guest.membership_id, int(last))):
            await _write(send, notice_event(row, guest))


async def _write(send: Send, event: bytes) -> None:
    await send({"type": "http.response.body", "body": event, "more_body": True})


async def _relay(listener: Listener, receive: Receive, send: Send) -> None:
    """Pass events on, with a sign of life every 15 s, until the browser leaves or the listener is dismissed."""
    gone = asyncio.ensure_future(until_gone(receive))
    try:
        while True:
            event = asyncio.ensure_future(listener.queue.get())
            await asyncio.wait({gone, event}, timeout=PING_EVERY, return_when=asyncio.FIRST_COMPLETED)
            if gone.done() or (event.done() and not event.result()):
                event.cancel()
                return
            await _write(send, event.result() if event.done() else PING)
            event.cancel()
    finally:
        gone.cancel()
        await send({"type": "http.response.body", "body": b""})
