"""Sites whose pages may send with a key of pages, as browsers name them: scheme, host and port."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

MOST = 20
LONGEST = 200


def origin_clean(text: str) -> str | None:
    """`https://www.example.com` in lower case, without a path; None for what is no origin. http is for trying out on one's machine."""
    try:
        parts = urlsplit(text.strip().rstrip("/").lower())
        port = parts.port
    except ValueError:
        return None
    plain = not (parts.path or parts.query or parts.fragment or parts.username or parts.password)
    if not plain or not parts.hostname or len(text) > LONGEST or not is_host(parts.hostname):
        return None
    if parts.scheme not in {"https", "http"} or (parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1"}):
        return None
    standard = {"https": 443, "http": 80}[parts.scheme]
    return f"{parts.scheme}://{parts.hostname}" + ("" if port in {None, standard} else f":{port}")


def is_host(name: str) -> bool:
    """Letters, digits, hyphens and dots: no wildcard and nothing that a header could be split by."""
    return all(part and all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in part) for part in name.split("."))


def may_send(origin: str, allowed: Collection[str]) -> bool:
    """Whether a page of that origin may; byte for byte, as browsers compare."""
    return origin in allowed
