"""One HTTP call to a vendor. What the transport says becomes `answers`; what the body says is the vendor's client's to judge."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import httpx

from liuke.vendors.answers import Busy, Rejected, Unsure
from liuke.vendors.guard import Pinned, Refused, pinned

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
LONGEST_ANSWER = 2_000_000
CERTIFICATE = "certificate"
"""What an unreachable host says whose certificate is not to be trusted."""
_AGAIN = frozenset({408, 425, 429})
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class Reached:
    """What came back: any status below 400, or one that the client asked to judge itself."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Wire:
    """Where a vendor is reached. `base_url` without a trailing slash; `proxy` as httpx writes it, empty = none.

    The environment's proxies are not used: what an installation reaches is what it says.
    """

    base_url: str
    proxy: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    allow: tuple[str, ...] | None = None
    """Hosts and networks of the own network that may be reached; None = the address is the vendor's own and needs no guard."""


@cache
def trusted() -> ssl.SSLContext:
    """Whom we trust on TLS, read once per process: reading the certificates anew costs 20 ms of CPU for every client."""
    return httpx.create_ssl_context(trust_env=False)


def client_for(timeout: httpx.Timeout, proxy: str = "") -> httpx.Client:
    """A client for one call: no redirects, nothing of the environment."""
    return httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False, proxy=proxy or None, verify=trusted())


def call(
    wire: Wire,
    method: str,
    path: str,
    *,
    params: Mapping[str, str] | None = None,
    json: object = None,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    judges: frozenset[int] = frozenset(),
    timeout: httpx.Timeout = TIMEOUT,
) -> Reached:
    """One call. Statuses in `judges` are handed back as they are.

    Raises Busy (nothing was sent, 429, 5xx), Unsure (sent, no answer), Rejected (any other status from 400, `refused_address`).
    """
    way = _way(wire)
    try:
        with client_for(timeout, way.proxy) as client:
            answer = client.request(
                method,
                f"{way.url}{path}",
                params=dict(params) if params else None,
                json=json,
                content=content,
                headers={**wire.headers, **(headers or {}), **way.headers},
                extensions=dict(way.extensions),
            )
    except _NOT_SENT as fault:
        raise Busy("unreachable", _why(fault)) from None
    except httpx.HTTPError as fault:
        raise Unsure("no_answer", type(fault).__name__) from None
    if len(answer.content) > LONGEST_ANSWER:
        raise Rejected("answer_too_long", str(len(answer.content)))
    if answer.status_code < 400 or answer.status_code in judges:
        return Reached(answer.status_code, answer.headers, answer.content)
    if answer.status_code in _AGAIN or answer.is_server_error:
        raise Busy(f"http_{answer.status_code}", answer.text[:200], again_in=_seconds(answer.headers.get("retry-after", "")))
    raise Rejected(f"http_{answer.status_code}", answer.text[:200])


def _why(fault: BaseException) -> str:
    """`CERTIFICATE` where nobody trusts who answered, else the kind of fault."""
    seen: BaseException | None = fault
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return CERTIFICATE
        seen = seen.__cause__ or seen.__context__
    return type(fault).__name__


def _way(wire: Wire) -> Pinned:
    if wire.allow is None:
        return Pinned(wire.base_url, {}, {}, wire.proxy)
    try:
        return pinned(wire.base_url, wire.allow, wire.proxy)
    except Refused as refused:
        raise Rejected("refused_address", str(refused)) from None


def _seconds(text: str) -> float:
    return float(text) if text.isdigit() else 0.0
