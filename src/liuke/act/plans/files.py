"""Bytes that people attach, in the data folder: durable before anybody hears that they are kept, under names nobody can guess."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Protocol

from django.conf import settings

from liuke.base.errors import Invalid, NotFound, TooLarge

FOLDERS = ("photos", "packs", "reports")
MEBIBYTE = 1 << 20


class Readable(Protocol):
    """A binary stream, such as an upload."""

    def read(self, size: int = ..., /) -> bytes:
        """At most `size` bytes; empty at the end."""
        ...


def read_limited(stream: Readable, most: int) -> bytes:
    """The whole stream. Raises TooLarge("file_too_large") above `most` bytes, Invalid("file_empty") for an empty one."""
    data = stream.read(most + 1)
    if len(data) > most:
        raise TooLarge("file_too_large", megabytes=len(data) // MEBIBYTE, limit=most // MEBIBYTE)
    if not data:
        raise Invalid("file_empty")
    return data


def keep(folder: str, data: bytes) -> str:
    """Write bytes and return the name they got."""
    stored = secrets.token_hex(20)
    path = _folder(folder) / stored
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return stored


def path_of(folder: str, stored: str) -> Path:
    """Where kept bytes lie. Raises NotFound("file_gone") where they are missing, as after restoring a database without its files."""
    path = _folder(folder) / stored
    if not path.is_file():
        raise NotFound("file_gone")
    return path


def _folder(name: str) -> Path:
    folder: Path = settings.LIUKE.data_dir / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
