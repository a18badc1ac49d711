"""Files behind links: known by their first bytes, kept under a name of their own, gone with their link."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

from django.conf import settings

from liuke.act.store.models import ContactLink
from liuke.base.errors import Invalid, TooLarge

MOST_BYTES = 20 * 1024 * 1024
SETTLED = timedelta(hours=1)
_KINDS: Mapping[bytes, str] = MappingProxyType(
    {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
)
"""What a browser shows by itself and cannot run as a page of ours."""


def files_dir() -> Path:
    """Where they lie; made at the first call."""
    folder: Path = settings.LIUKE.data_dir / "links"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def kind_of(content: bytes) -> str:
    """The media type by the first bytes, never by the name. Raises Invalid("link_file_kind")."""
    for start, kind in _KINDS.items():
        if content.startswith(start):
            return kind
    raise Invalid("link_file_kind", allowed="PDF, PNG, JPEG")


def file_keep(content: bytes) -> tuple[str, str]:
    """Durable on disk; its stored name and media type. Raises TooLarge, Invalid."""
    if len(content) > MOST_BYTES:
        raise TooLarge("link_file_large", limit=MOST_BYTES // 1024 // 1024)
    kind = kind_of(content)
    name = f"{uuid4().hex}.bin"
    with (files_dir() / name).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return name, kind


def file_path(link: ContactLink) -> Path | None:
    """The link's file; None where there is none any more."""
    path = files_dir() / link.stored_name
    return path if link.stored_name and path.is_file() else None


def link_files_sweep(now: datetime, *, settled: timedelta = SETTLED) -> int:
    """Remove the files of links that are gone, as after an erasure; how many. A file younger than `settled` may wait for its row."""
    known = set(ContactLink.objects.exclude(stored_name="").values_list("stored_name", flat=True))
    before = (now - settled).timestamp()
    gone = [path for path in files_dir().iterdir() if path.name not in known and path.stat().st_mtime <= before]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
