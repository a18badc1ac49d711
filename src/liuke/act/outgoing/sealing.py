"""Secrets of channels at rest: sealed with a key derived from the installation's secret file, which is not in the database."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from liuke.base.sealed import decrypt, encrypt

PURPOSE = "channel"


def seal_text(plain: str) -> bytes:
    """One text as it is stored."""
    return encrypt(plain, secret=_installation_secret(), purpose=PURPOSE)


def open_text(sealed: bytes | memoryview) -> str:
    """What `seal_text` was given. Raises Invalid("secret_unreadable")."""
    return decrypt(bytes(sealed), secret=_installation_secret(), purpose=PURPOSE)


def seal(secrets: Mapping[str, str]) -> bytes:
    """A channel's secrets as they are stored."""
    return seal_text(json.dumps(dict(secrets), ensure_ascii=False))


def open_secrets(sealed: bytes | memoryview | None) -> dict[str, str]:
    """A channel's secrets by field name: never to be shown. A webhook's of old is the bare text. Raises Invalid."""
    if not sealed:
        return {}
    text = open_text(sealed)
    try:
        opened = json.loads(text)
    except ValueError:
        opened = None
    return {str(name): str(value) for name, value in opened.items()} if isinstance(opened, dict) else {"secret": text}


def derived(said: str) -> str:
    """40 hex digits that only this installation can compute from `said`."""
    return hmac.new(_installation_secret(), said.encode(), hashlib.sha256).hexdigest()[:40]


def _installation_secret() -> bytes:
    """The file that `liuke.server.secrets` makes before anything else runs."""
    path: Path = settings.LIUKE.data_dir / "secret"
    return path.read_bytes()
