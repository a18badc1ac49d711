"""Answers the one public port until told to stop. Pages can be had at once; what needs Django waits until that is read."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from importlib import import_module
from traceback import print_exception
from types import ModuleType

from granian.constants import Interfaces
from granian.server.embed import Server

from liuke.base.settings import Settings, from_environment
from liuke.server.asgi import Site, web_root
from liuke.server.gate import Gate
from liuke.server.lifeline import wait_for_go
from liuke.server.webapp import WebApp

GRACE = 2.5
"""Seconds that open requests get to end at a stop."""


def load_backend() -> ModuleType:
    """In a thread: read the code, then wait until the database is up to date."""
    backend = import_module("liuke.server.backend")
    wait_for_go()
    return backend


async def serve(settings: Settings) -> None:
    """Until SIGTERM; then streams end at once and open requests get a moment."""
    events, backend, loop = Gate(), Gate(), asyncio.get_running_loop()
    site = Site(events=events, backend=backend, pages=WebApp(web_root()))
    server = Server(site, settings.host, settings.port, interface=Interfaces.ASGINL, websockets=False, backlog=1024, log_enabled=False)
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
    asyncio.run(serve(from_environment()))
