"""What a page inside WeCom signs with: `config` takes the company's ticket, `agentConfig` the app's (document 96909)."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from liuke.vendors.state import Limit, Token
from liuke.vendors.wecom.app import App

FETCHES = Limit(90, 3600)
"""Below the 100 an hour that WeCom gives to an app."""


class _Ticket(msgspec.Struct, frozen=True):
    ticket: str
    expires_in: int = 7200


@dataclass(frozen=True, slots=True)
class Signed:
    """What `wx.config` or `wx.agentConfig` is called with."""

    timestamp: int
    noncestr: str
    signature: str


def signature(*, ticket: str, noncestr: str, timestamp: int, url: str) -> str:
    """Hex SHA1 of the four in this order; the address ends before its fragment."""
    page = url.partition("#")[0]
    text = f"jsapi_ticket={ticket}&noncestr={noncestr}&timestamp={timestamp}&url={page}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def signed_config(app: App, url: str) -> Signed:
    """For `wx.config` on that page. Raises Rejected, Busy, Unsure."""
    return _signed(app, url, _ticket(app, "get_jsapi_ticket", {}))


def signed_agent_config(app: App, url: str) -> Signed:
    """For `wx.agentConfig` on that page. Raises Rejected, Busy, Unsure."""
    return _signed(app, url, _ticket(app, "ticket/get", {"type": "agent_config"}))


def _signed(app: App, url: str, ticket: str) -> Signed:
    noncestr, timestamp = secrets.token_hex(8), int(app.now().timestamp())
    return Signed(timestamp, noncestr, signature(ticket=ticket, noncestr=noncestr, timestamp=timestamp, url=url))


def _ticket(app: App, path: str, params: dict[str, str]) -> str:
    def fetch() -> Token:
        app.room(f"{app.key}.{path}", FETCHES)
        got = app.get(path, _Ticket, params)
        return Token(got.ticket, app.now() + timedelta(seconds=got.expires_in))

    return app.tokens.get(f"{app.key}.{path}", fetch)
