"""Rows on disk until they are answered: one file per future request, appended to, sealed, sent, removed.

A file's name has its entity, its place in the order and an idempotency key of its own. What is sealed never changes, so it is sent with the
same key and the same bytes however often that takes: also after a crash, also after the server took it and the answer was lost.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

OPEN, READY, REFUSED = ".open", ".ready", ".refused"


class SpoolBusy(Exception):
    """Another process, or another client of this one, uses the folder."""


class SpoolFull(Exception):
    """The limit of bytes that wait is reached; nothing was written."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file that is ready to be sent."""

    path: Path
    entity: str
    key: str

    def body(self) -> bytes:
        """One JSON object a line."""
        return self.path.read_bytes()


@dataclass(slots=True)
class Writing:
    """The file that rows of one entity are appended to."""

    path: Path
    file: BinaryIO
    rows: int
    size: int
    since: float


class Spool:
    """A folder of rows that wait. Not safe for threads by itself: the client has a lock."""

    def __init__(self, folder: Path, *, most_bytes: int, synced: bool) -> None:
        """Takes the folder for this process and seals what an earlier one left open. Raises SpoolBusy."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self._most, self._synced = folder, most_bytes, synced
        self._lock = (folder / "lock").open("wb")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            self._lock.close()
            raise SpoolBusy(str(folder)) from fault
        self._writing: dict[str, Writing] = {}
        for path in folder.glob(f"*{OPEN}"):
            _repair(path)
        self._bytes = sum(path.stat().st_size for path in folder.glob(f"*{READY}"))

    def append(self, entity: str, line: bytes) -> Writing:
        """One row, in the operating system's hands when this returns (on disk if `synced`). Raises SpoolFull."""
        if self._bytes + len(line) > self._most:
            raise SpoolFull(f"{self._bytes} bytes wait in {self.folder}")
        writing = self._writing.get(entity) or self._begin(entity)
        writing.file.write(line)
        if self._synced:
            os.fsync(writing.file.fileno())
        writing.rows, writing.size = writing.rows + 1, writing.size + len(line)
        self._bytes += len(line)
        return writing

    def _begin(self, entity: str) -> Writing:
        path = self.folder / f"{time.time_ns():020d}~{entity}~{uuid4().hex}{OPEN}"
        self._writing[entity] = Writing(path, path.open("ab", buffering=0), 0, 0, time.monotonic())
        return self._writing[entity]

    def seal(self, entity: str) -> None:
        """End the entity's file: on disk for good and never changed again. Nothing where none is open."""
        writing = self._writing.pop(entity, None)
        if writing is None:
            return
        os.fsync(writing.file.fileno())
        writing.file.close()
        writing.path.rename(writing.path.with_suffix(READY))
        _sync_folder(self.folder)

    def open_entities(self) -> dict[str, float]:
        """Entities with a file that is appended to, and since when (monotonic seconds)."""
        return {entity: writing.since for entity, writing in self._writing.items()}

    def ready(self) -> Iterator[Sealed]:
        """What can be sent, oldest first."""
        for path in sorted(self.folder.glob(f"*{READY}")):
            _order, entity, key = path.stem.split("~")
            yield Sealed(path, entity, key)

    def remove(self, sealed: Sealed) -> None:
        """The server has it."""
        self._bytes -= sealed.path.stat().st_size
        sealed.path.unlink()

    def set_aside(self, sealed: Sealed) -> None:
        """The server will never take it: kept under another name for a person to look at."""
        self._bytes -= sealed.path.stat().st_size
        sealed.path.rename(sealed.path.with_suffix(REFUSED))

    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self._writing and next(self.ready(), None) is None

    def close(self) -> None:
        """Seal what is open and give the folder free."""
        for entity in list(self._writing):
            self.seal(entity)
        self._lock.close()


def _repair(path: Path) -> None:
    """What a crash left open: without the torn last line, sealed; removed where nothing is left."""
    body = path.read_bytes()
    whole = body[: body.rfind(b"\n") + 1]
    if not whole:
        path.unlink()
        return
    with path.open("r+b") as file:
        file.truncate(len(whole))
        os.fsync(file.fileno())
    path.rename(path.with_suffix(READY))


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
