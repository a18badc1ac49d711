"""The installation's secret: one random file beside the data, not in the database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def installation_secret(data_dir: Path) -> bytes:
    """32 random bytes, made at the first call and kept in `<data>/secret` (mode 0600)."""
    path = data_dir / "secret"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        secret = secrets.token_bytes(32)
        file.write(secret)
        os.fsync(file.fileno())
    return secret
