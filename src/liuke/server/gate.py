"""An application that is not there yet: requests wait at the gate while its code is read."""

from __future__ import annotations

import asyncio

from liuke.server.bridge import App, Receive, Scope, Send


class Gate:
    """An ASGI application that waits for the real one. A client that gives up meanwhile costs nothing."""

    def __init__(self) -> None:
        self._app: App | None = None
        self._opened = asyncio.Event()

    def open(self, app: App) -> None:
        """Let everybody through to `app`, from the event loop's thread."""
        self._app = app
        self._opened.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait, then pass on."""
        await self._opened.wait()
        if self._app is not None:
            await self._app(scope, receive, send)
