"""Answers the one public port until told to stop."""

from __future__ import annotations

import asyncio
import os
import signal

from django.core.checks.urls import check_url_config
from granian.constants import Interfaces
from granian.server.embed import Server

from liuke.server import boot
from liuke.server.asgi import site
from liuke.server.lifeline import wait_for_go
from liuke.server.settings import LIUKE
from liuke.server.stream.hub import Hub

GRACE = 2.5
"""Seconds that open requests get to end at a stop."""


async def serve() -> None:
    """Until SIGTERM; then streams end at once and open requests get a moment."""
    hub, loop = Hub(), asyncio.get_running_loop()
    server = Server(site(hub), LIUKE.host, LIUKE.port, interface=Interfaces.ASGINL, websockets=False, backlog=1024, log_enabled=False)

    def stop() -> None:
        hub.close()
        server.stop()  # type: ignore[no-untyped-call] # granian leaves it untyped
        loop.call_later(GRACE, os._exit, 0)

    loop.add_signal_handler(signal.SIGTERM, stop)
    await server.serve()
    os._exit(0)  # pooled threads may still hold requests of clients that are gone


if __name__ == "__main__" and boot.READY:
    check_url_config(None)  # reads the whole API before the port opens, so that the first request is quick
    wait_for_go()
    asyncio.run(serve())
