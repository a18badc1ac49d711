"""Files on their way into the inbox: streamed to disk with a hash, safe there before anybody hears that they are accepted."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import uuid4

from django.conf import settings

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record
from liuke.base.errors import NotFound, TooLarge
from liuke.connect.domain.limits import LIMITS, MEBIBYTE, Limits
from liuke.connect.store.models import Batch

KEPT_FOR = timedelta(days=30)
"""How long a file stays after its import has ended."""
_BLOCK = 1 << 20


class Readable(Protocol):
    """A binary stream, such as an upload."""

    def read(self, size: int = ..., /) -> bytes:
        """At most `size` bytes; empty at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Stored:
    """A file below `Settings.uploads_dir`, on disk for good."""

    name: str
    sha256: str
    size: int


def uploads_dir() -> Path:
    """Where accepted files lie; made at the first call."""
    folder: Path = settings.LIUKE.uploads_dir
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def storing(limits: Limits = LIMITS) -> Iterator[Storing]:
    """A file to write to; it exists only if the block ends well and `keep` was called."""
    target = Storing(uploads_dir() / f"{uuid4().hex}.part", limits)
    try:
        yield target
    finally:
        target.close()


class Storing:
    """A file being stored. Raises TooLarge `file_too_large` as soon as the limit is passed."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.size = 0
        self._limit = limits.file_bytes
        self._hash = hashlib.sha256()
        self._file: BinaryIO = path.open("wb")

    def write(self, block: bytes) -> None:
        """Appends bytes."""
        self.size += len(block)
        if self.size > self._limit:
            raise TooLarge("file_too_large", megabytes=self.size // MEBIBYTE, limit=self._limit // MEBIBYTE)
        self._hash.update(block)
        self._file.write(block)

    def keep(self) -> Stored:
        """Makes the file durable (file and folder are synced) and gives it its name."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        final = self.path.with_suffix(".bin")
        self.path.rename(final)
        folder = os.open(final.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return Stored(final.name, self._hash.hexdigest(), self.size)

    def close(self) -> None:
        """Removes what was not kept."""
        self._file.close()
        self.path.unlink(missing_ok=True)


def store_stream(stream: Readable, limits: Limits = LIMITS) -> Stored:
    """A stream as a durable file."""
    with storing(limits) as target:
        while block := stream.read(_BLOCK):
            target.write(block)
        return target.keep()


def batch_store(*, actor: Actor, entity: str, file: Readable, name: str, limits: Limits = LIMITS) -> Batch:
    """A new inbox row for an uploaded file, durable before this returns. Raises TooLarge, Forbidden without `import`."""
    actor.require(Permission.IMPORT)
    stored = store_stream(file, limits)
    batch = Batch.objects.create(
        workspace_id=actor.workspace_id,
        entity=entity,
        file_name=Path(name).name[:200],
        stored_name=stored.name,
        sha256=stored.sha256,
        created_by_id=actor.membership_id,
    )
    audit_record(actor=actor, action="import_uploaded", object_type="batch", object_id=batch.pk, detail={"bytes": stored.size})
    return batch


def batch_path(batch: Batch) -> Path:
    """The batch's file. Raises NotFound `batch_file_gone` where it is no longer kept."""
    path = uploads_dir() / batch.stored_name
    if not batch.stored_name or not path.is_file():
        raise NotFound("batch_file_gone", batch=batch.pk)
    return path


def batch_discard(*, batch: Batch) -> None:
    """Forget an upload that cannot be read: row and file."""
    (uploads_dir() / batch.stored_name).unlink(missing_ok=True)
    batch.delete()


def uploads_sweep(*, now: datetime) -> int:
    """Delete the files of imports that ended more than KEPT_FOR ago or were never started, and what no row knows any more.

    Returns how many imports lost their file.
    """
    before = now - KEPT_FOR
    kept = Batch.objects.exclude(stored_name="")
    forgotten = kept.filter(status__in=[Batch.Status.UPLOADED, Batch.Status.READY], created_at__lt=before)
    swept = [*kept.filter(finished_at__lt=before), *forgotten]
    Batch.objects.filter(pk__in=[batch.pk for batch in swept]).update(stored_name="", rejects_name="")
    for name in chain.from_iterable((batch.stored_name, batch.rejects_name) for batch in swept):
        if name:
            (uploads_dir() / name).unlink(missing_ok=True)
    _remove_unknown(before)
    return len(swept)


def _remove_unknown(before: datetime) -> None:
    """Files that a crash or a deleted source left behind."""
    known = set(chain.from_iterable(Batch.objects.values_list("stored_name", "rejects_name")))
    for path in uploads_dir().iterdir():
        if path.name not in known and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
