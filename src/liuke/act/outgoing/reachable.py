"""Whether vendors can call this installation at all. Without that, buttons on cards become links and receipts are asked for."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from liuke.act.domain.channel import Finding


def is_public(url: str) -> bool:
    """An https address whose host is neither this machine nor, as an address, of the own network. Names are taken at their word."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" or not host or host == "localhost" or "." not in host + ("." if ":" in host else ""):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return not host.endswith((".local", ".internal", ".lan", ".localhost"))


def callback_finding(url: str) -> Finding:
    """What it means for a channel that takes callbacks."""
    return Finding("callback", is_public(url), "callback_public" if is_public(url) else "callback_not_public", {"url": url})
