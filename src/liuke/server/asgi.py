"""The one public port: `/events` to the live stream, the API and log-in to Django, everything else to the web app."""

from __future__ import annotations

from pathlib import Path

from liuke.server.bridge import App, Receive, Scope, Send

DJANGO = ("/api/", "/_allauth/", "/healthz", "/metrics", "/u/", "/t/", "/o/", "/s/", "/i/")
"""Addresses that Django answers; see `urls.py`."""


def web_root() -> Path:
    """Where the built web app lies: inside an installed package, else `web/dist` of the source tree."""
    packaged = Path(__file__).with_name("web")
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "web" / "dist"


class Site:
    """Routes by address."""

    def __init__(self, *, events: App, backend: App, pages: App) -> None:
        self._events, self._backend, self._pages = events, backend, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Only HTTP is spoken here."""
        if scope["type"] != "http":
            return
        path = scope["path"]
        if path == "/events":
            await self._events(scope, receive, send)
        elif path.startswith(DJANGO):
            await self._backend(scope, receive, send)
        else:
            await self._pages(scope, receive, send)
