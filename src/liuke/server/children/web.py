"""Answers the one public port until told to stop. Pages can be had at once; what needs Django waits until that is read."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
from importlib import import_module
from traceback import print_exception
from types import ModuleType

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server

from liuke.base.settings import Settings, from_environment
from liuke.server.asgi import Site, web_root
from liuke.server.gate import Gate
from liuke.server.lifeline import wait_for_go
from liuke.server.webapp import WebApp

HEADERS_WITHIN = 10_000
"""Milliseconds in which a request's head must be complete: a client that dribbles it holds a connection no longer."""
GRACE = 2.5
"""Seconds that open requests get to end at a stop."""


def load_backend() -> ModuleType:
    """In a thread: read the code, then wait until the database is up to date."""
    backend = import_module("liuke.server.backend")
    wait_for_go()
    return backend


def many_connections() -> None:
    """As many open connections as the system lets us have; what a shell grants by default is fewer than the live streams need."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def serve(settings: Settings) -> None:
    """Until SIGTERM; then streams end at once and open requests get a moment."""
    events, backend, loop = Gate(), Gate(), asyncio.get_running_loop()
    site = Site(events=events, backend=backend, pages=WebApp(web_root()))
    http = HTTP1Settings(header_read_timeout=HEADERS_WITHIN)
    server = Server(
        site,
        settings.host,
        settings.port,
        interface=Interfaces.ASGINL,
        websockets=False,
        backlog=1024,
        log_enabled=False,
        http1_settings=http,
    )
    loading = loop.run_in_executor(None, load_backend)

    def loaded(done: asyncio.Future[ModuleType]) -> None:
        fault = done.exception()
        if fault is not None:
            print_exception(fault)
            os._exit(1)
        done.result().begin("".join(sys.argv[1:]))
        events.open(done.result().events)
        backend.open(done.result().django_app)

    def stop() -> None:
        if loading.done():
            loading.result().hub.close()
        server.stop()  # type: ignore[no-untyped-call] # granian leaves it untyped
        loop.call_later(GRACE, os._exit, 0)

    loading.add_done_callback(loaded)
    loop.add_signal_handler(signal.SIGTERM, stop)
    await server.serve()
    os._exit(0)  # pooled threads may still hold requests of clients that are gone


if __name__ == "__main__":
    many_connections()
    asyncio.run(serve(from_environment()))
