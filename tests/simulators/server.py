"""The floor of every simulator: a real HTTP server on loopback with an injected clock, a log of requests and scripted failures.

class Shop(Simulator):
    @route("POST", "/orders")
    def order(self, request: Asked) -> Reply:
        return said({"errcode": 0})

with Shop(clock) as shop:
    shop.fails("/orders", said({"errcode": -1}), times=2)   # answers that and does nothing
    shop.fails("/orders", Cut.BEFORE)                       # hangs up, nothing done
    shop.fails("/orders", Cut.AFTER)                        # does it, and hangs up without an answer
"""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import RLock, Thread
from typing import Self, TypeVar
from urllib.parse import parse_qsl, urlsplit

START = datetime(2026, 11, 2, 1, 7, tzinfo=UTC)
"""A Monday, 09:07 in Shanghai."""


class Clock:
    """A moment that only a test moves. Calling it tells it: pass it where `now` is wanted."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        """Forward by the arguments of `timedelta`."""
        self.at += timedelta(**by)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    at: datetime

    @property
    def json(self) -> dict[str, object]:
        """The body as a JSON object; anything else is an empty one."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def said(value: object, status: int = 200, **headers: str) -> Reply:
    """A JSON answer; underscores in header names become hyphens."""
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(status, json.dumps(value, ensure_ascii=False).encode(), {"Content-Type": "application/json; charset=utf-8", **names})


class Cut(Enum):
    """The connection ends without an answer: before anything is done, or after all of it."""

    BEFORE = auto()
    AFTER = auto()


class Quiet(ThreadingHTTPServer):
    """Says nothing of callers that were killed before their answer."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """As the standard library's, but for a connection that broke."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


Handler = Callable[["Simulator", Asked], Reply]
S = TypeVar("S", bound="Simulator")


def route(method: str, path: str) -> Callable[[Callable[[S, Asked], Reply]], Callable[[S, Asked], Reply]]:
    """Marks a method of a simulator as what answers there; a path that ends in `*` answers for all that begin so."""

    def mark(handler: Callable[[S, Asked], Reply]) -> Callable[[S, Asked], Reply]:
        handler.__dict__["route"] = (method, path)
        return handler

    return mark


class Simulator:
    """A vendor. Requests are answered one at a time, so what a handler reads and writes needs no lock."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.log: list[Asked] = []
        self.lock = RLock()
        self._failures: list[tuple[str, deque[Reply | Cut]]] = []
        self._routes = [(*handler.route, name) for name, handler in self._marked()]
        self._server: ThreadingHTTPServer | None = None

    @classmethod
    def _marked(cls) -> list[tuple[str, Handler]]:
        names = {name: getattr(cls, name) for name in dir(cls) if hasattr(getattr(cls, name, None), "route")}
        return sorted(names.items(), key=lambda pair: -len(pair[1].route[1]))

    def __enter__(self) -> Self:
        simulator = self

        class Answering(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                simulator._serve(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - http.server looks for these names

            def log_message(self, *args: object) -> None:
                """Quiet: the log is `Simulator.log`."""

        self._server = Quiet(("127.0.0.1", 0), Answering)
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *raised: object) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    @property
    def base_url(self) -> str:
        """Without a trailing slash."""
        assert self._server is not None, "the simulator is used in a with block"
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def fails(self, path: str, how: Reply | Cut, times: int = 1) -> None:
        """The next `times` requests whose path starts so end that way."""
        self._failures.append((path, deque([how] * times)))

    def asked(self, path: str) -> list[Asked]:
        """All requests whose path starts so, oldest first."""
        return [request for request in self.log if request.path.startswith(path)]

    def answer(self, request: Asked) -> Reply:
        """What the vendor says; unknown paths are 404. Override it for what every call has in common."""
        for method, path, name in self._routes:
            if method == request.method and (request.path.startswith(path[:-1]) if path.endswith("*") else request.path == path):
                reply: Reply = getattr(self, name)(request)
                return reply
        return said({"error": "no such path"}, 404)

    def _serve(self, http: BaseHTTPRequestHandler) -> None:
        length = int(http.headers.get("Content-Length") or 0)
        parts = urlsplit(http.path)
        headers = {name.lower(): text for name, text in http.headers.items()}
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        request = Asked(http.command, parts.path, query, headers, http.rfile.read(length), self.clock())
        with self.lock:
            self.log.append(request)
            failure = self._failure(request.path)
            reply = failure if isinstance(failure, Reply) else None if failure is Cut.BEFORE else self.answer(request)
        if reply is None or failure is Cut.AFTER:
            http.close_connection = True
            return
        http.send_response(reply.status)
        for name, text in {**reply.headers, "Content-Length": str(len(reply.body))}.items():
            http.send_header(name, text)
        http.end_headers()
        http.wfile.write(reply.body)

    def _failure(self, path: str) -> Reply | Cut | None:
        for prefix, left in self._failures:
            if left and path.startswith(prefix):
                return left.popleft()
        return None
