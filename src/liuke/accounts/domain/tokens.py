"""Secrets that are shown once and kept as digests. 256 random bits need no salt and no slow hash."""

from __future__ import annotations

import hashlib
import re

KEY_PREFIX = "lk_"
SHOWN = 10
"""Leading characters of a key that lists show, so that people can tell keys apart."""
_KEY = re.compile(r"lk_[A-Za-z0-9_-]{43}")


def digest(token: str) -> str:
    """SHA-256 in hexadecimal, as the database keeps it."""
    return hashlib.sha256(token.encode()).hexdigest()


def looks_like_key(text: str) -> bool:
    """Whether it is worth asking the database."""
    return _KEY.fullmatch(text) is not None
