"""Django (WSGI) behind an ASGI server: requests are taken in whole before one of a few threads runs them.

A slow sender therefore holds no thread, and an answer of one piece crosses the threads once (a2wsgi: three times; figures
in docs/adr/0002). Streamed answers go piece by piece and wait for a slow reader.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import IO, Any, Protocol
from wsgiref.types import WSGIApplication

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Header = tuple[bytes, bytes]

IN_MEMORY = 1024 * 1024
"""Bytes of a request body that stay in memory; more goes to a temporary file."""
MAX_FILE = 1024 * 1024 * 1024
"""Bytes of a form with a file."""
MAX_BODY = 16 * 1024 * 1024
"""Of any other request: a little more than Django takes, whose refusal is in the reader's words."""
MAX_ANONYMOUS_BODY = 1024 * 1024
"""For requests that carry neither a cookie nor a key."""
NEXT_PIECE = 20.0
"""Seconds within which the next piece of a body must arrive."""
SLOWEST = 10_000
"""Bytes a second that a body must reach after `NEXT_PIECE` seconds: who dribbles pieces holds a connection no longer."""
TOO_LARGE = b'{"code": "body_too_large", "message": "Too large", "params": {}, "faults": []}'


_REFUSAL = [(b"content-type", b"application/json; charset=utf-8"), (b"cache-control", b"no-store")]


class App(Protocol):
    """An ASGI application."""

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answer one connection."""
        ...


class Disconnected(Exception):
    """The client went away before its request was complete."""


async def answer(send: Send, status: int, headers: Iterable[Header], body: bytes) -> None:
    """A whole answer in one go."""
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


class Bridge:
    """An ASGI application that runs a WSGI one in `threads` threads."""

    def __init__(self, app: WSGIApplication, threads: int = 8) -> None:
        self._app = app
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="django")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request."""
        headers = dict(scope["headers"])
        known = b"cookie" in headers or b"authorization" in headers
        is_form = headers.get(b"content-type", b"").startswith(b"multipart/form-data")
        limit = (MAX_FILE if is_form else MAX_BODY) if known else MAX_ANONYMOUS_BODY
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > limit:
            await answer(send, 413, _REFUSAL, TOO_LARGE)
            return
        try:
            with tempfile.SpooledTemporaryFile(IN_MEMORY) as body:
                size = await _take_in(receive, body, limit)
                if size is None:
                    await answer(send, 413, _REFUSAL, TOO_LARGE)
                    return
                loop = asyncio.get_running_loop()
                call = _Call(self._app, environ_of(scope, body, size), loop, receive, send)
                rest = await loop.run_in_executor(self._pool, call.run)
                await rest()
        except Disconnected:
            return
        except TimeoutError:
            await answer(send, 408, [*_REFUSAL, (b"connection", b"close")], b'{"code": "body_too_slow", "message": "Too slow"}')


async def until_gone(receive: Receive) -> None:
    """Returns when the client has closed its connection."""
    while (await receive())["type"] != "http.disconnect":
        continue


async def _take_in(receive: Receive, body: IO[bytes], limit: int) -> int | None:
    """Write the request's body into `body`; its size, or None over the limit. Raises TimeoutError where it comes too slowly."""
    size, more, begun = 0, True, asyncio.get_running_loop().time()
    while more:
        async with asyncio.timeout(NEXT_PIECE):
            event = await receive()
        if asyncio.get_running_loop().time() - begun > NEXT_PIECE + size / SLOWEST:
            raise TimeoutError
        if event["type"] == "http.disconnect":
            raise Disconnected
        size += len(event.get("body", b""))
        if size > limit:
            return None
        body.write(event.get("body", b""))
        more = event.get("more_body", False)
    body.seek(0)
    return size


def environ_of(scope: Scope, body: IO[bytes], size: int) -> dict[str, Any]:
    """The WSGI environment of a request. Headers with an underscore are dropped: they could pass for others."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue
        name = "HTTP_" + raw_name.decode("latin1").upper().replace("-", "_")
        value = raw_value.decode("latin1")
        joiner = "; " if name == "HTTP_COOKIE" else ","
        environ[name] = f"{environ[name]}{joiner}{value}" if name in environ else value
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ["CONTENT_LENGTH"] = str(size)
    return environ


class _Call:
    """One run of the WSGI application in a thread."""

    def __init__(
        self, app: WSGIApplication, environ: dict[str, Any], loop: asyncio.AbstractEventLoop, receive: Receive, send: Send
    ) -> None:
        self._app, self._environ, self._loop, self._receive, self._send = app, environ, loop, receive, send
        self._start: Event = {}

    def start_response(self, status: str, headers: list[tuple[str, str]], _exc_info: object = None) -> Callable[[bytes], object]:
        """WSGI's callback; nothing is sent before the first piece of the body. The old `write` way is not offered."""
        pairs = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]
        self._start = {"type": "http.response.start", "status": int(status[:3]), "headers": pairs}
        return _no_write

    def run(self) -> Callable[[], Awaitable[None]]:
        """In the thread: run the application; what is left to send is done by the returned coroutine function."""
        pieces = self._app(self._environ, self.start_response)
        try:
            if not getattr(pieces, "streaming", False):
                return partial(self._finish, b"".join(pieces))
            self._stream(pieces)
            return partial(self._send, {"type": "http.response.body", "body": b""})
        finally:
            getattr(pieces, "close", _nothing)()

    async def _finish(self, body: bytes) -> None:
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})

    def _stream(self, pieces: Iterable[bytes]) -> None:
        """Piece by piece, until the reader has gone: servers take what is sent to nobody without a word."""
        gone = asyncio.run_coroutine_threadsafe(until_gone(self._receive), self._loop)
        try:
            self._wait(self._start)
            for piece in pieces:
                if gone.done():
                    return
                self._wait({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            gone.cancel()

    def _wait(self, event: Event) -> None:
        """Send from the thread and wait until the server has taken it: a slow reader slows the maker down."""

        async def send() -> None:
            await self._send(event)

        asyncio.run_coroutine_threadsafe(send(), self._loop).result()


def _no_write(_: bytes) -> object:
    raise NotImplementedError("WSGI's write() is not offered")


def _nothing() -> None:
    pass
