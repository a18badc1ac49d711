"""Sites whose pages may send with a key of pages, as browsers name them: scheme, host and port."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from urllib.parse import SplitResult, urlsplit

MOST = 20
LONGEST = 200
_STANDARD_PORTS = {"https": 443, "http": 80}
_OWN_MACHINE = frozenset({"localhost", "127.0.0.1"})


def origin_clean(text: str) -> str | None:
    """`https://www.example.com` in lower case, without a path; None for what is no origin. http is for trying out on one's machine."""
    try:
        parts = urlsplit(text.strip().rstrip("/").lower())
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    if len(text) > LONGEST or _says_more(parts) or not is_host(host) or not _is_secure(parts.scheme, host):
        return None
    return f"{parts.scheme}://{host}" + ("" if port in {None, _STANDARD_PORTS[parts.scheme]} else f":{port}")


def origins_clean(texts: Iterable[str]) -> dict[str, str]:
    """The origin of each text that names one."""
    return {text: origin for text in texts if (origin := origin_clean(text))}


def _says_more(parts: SplitResult) -> bool:
    """More than scheme, host and port."""
    return bool(parts.path or parts.query or parts.fragment or parts.username or parts.password)


def _is_secure(scheme: str, host: str) -> bool:
    """Whether nobody on the way can read or change what such a page loads."""
    return scheme == "https" or (scheme == "http" and host in _OWN_MACHINE)


def is_host(name: str) -> bool:
    """Letters, digits, hyphens and dots: no wildcard and nothing that a header could be split by."""
    return all(part and all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in part) for part in name.split("."))


def may_send(origin: str, allowed: Collection[str]) -> bool:
    """Whether a page of that origin may; byte for byte, as browsers compare."""
    return origin in allowed
