"""The lake's folder on disk: files written aside, the manifest swapped in one step, what is left over swept."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from liuke.warehouse.domain.lake import MANIFEST, LakeFile, Manifest, from_text, to_text

ROW_GROUP = 250_000
"""Rows that one task of a reader takes at least; small enough that a month is read by several."""
FILE_ROWS = 4_000_000
"""Rows of a file at most, about 100 MB: a big month becomes several."""
_CHUNK = 1 << 20


class LakeFolder:
    """The folder of one workspace below the lake's root; made when something is first written."""

    def __init__(self, root: Path, workspace_id: int) -> None:
        self.path = root / str(int(workspace_id))
        self.workspace_id = workspace_id

    def manifest(self) -> Manifest:
        """What counts at this moment; an empty one before the first export. Raises Conflict("lake_unreadable")."""
        try:
            return from_text((self.path / MANIFEST).read_text("utf-8"))
        except FileNotFoundError:
            return Manifest(self.workspace_id)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time, in this process or another; a second one waits. Goes with the process, however that ends."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / ".lock").open("w", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def swap(self, manifest: Manifest) -> None:
        """Put a manifest in place of the one before: a reader sees one or the other, also after a crash of the machine."""
        part = self.path / f".{MANIFEST}.{secrets.token_hex(4)}"
        with part.open("w", encoding="utf-8") as file:
            file.write(to_text(manifest))
            _kept(file.fileno())
        part.replace(self.path / MANIFEST)
        _kept_folder(self.path)

    def write(self, folder: str, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> tuple[LakeFile, ...]:
        """Rows as new Parquet files below `folder`, in the order given. Nothing names them before `swap`."""
        (self.path / folder).mkdir(parents=True, exist_ok=True)
        files, rest = [], _Rest(batches, schema)
        while (first := rest.next()) is not None:
            name = f"{folder}/{secrets.token_hex(8)}.parquet"
            rows = _write(self.path / name, rest, first)
            size, digest = _digest(self.path / name)
            files.append(LakeFile(name, rows, size, digest))
        _kept_folder(self.path / folder)
        return tuple(files)

    def sweep(self, *, now_us: int, keep_s: float) -> Manifest:
        """Delete files dropped more than `keep_s` seconds ago, and what a killed export left behind; the manifest afterwards."""
        manifest, limit_us = self.manifest(), now_us - int(keep_s * 1_000_000)
        old = manifest.dropped_by(limit_us)
        known = manifest.paths() | {one.path for one in manifest.dropped} - old
        for path in [*self.path.glob("**/*.parquet"), *self.path.glob(f".{MANIFEST}.*")]:
            name = path.relative_to(self.path).as_posix()
            if name in old or (name not in known and time.time() - path.stat().st_mtime >= keep_s):
                path.unlink(missing_ok=True)
        if old:
            manifest = manifest.without(old)
            self.swap(manifest)
        return manifest

    def faults(self) -> list[tuple[str, str]]:
        """Files that are not what the manifest says, each with `missing`, `size`, `sha256` or `rows`."""
        found = [(file.path, self._fault(file)) for part in self.manifest().parts for file in part.files]
        return [(path, fault) for path, fault in found if fault]

    def drop(self) -> None:
        """Delete everything of the workspace."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _fault(self, file: LakeFile) -> str:
        path = self.path / file.path
        if not path.exists():
            return "missing"
        if path.stat().st_size != file.size:
            return "size"
        if _digest(path)[1] != file.sha256:
            return "sha256"
        return "" if pq.read_metadata(path).num_rows == file.rows else "rows"


class _Rest:
    """Batches that are still to be written; empty ones are passed over."""

    def __init__(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> None:
        self._batches = iter(batches)
        self.schema = schema

    def next(self) -> pa.Table | None:
        """About a row group of rows, or None at the end."""
        taken, rows = [], 0
        for batch in self._batches:
            if batch.num_rows:
                taken.append(batch)
                rows += batch.num_rows
            if rows >= ROW_GROUP:
                break
        return pa.Table.from_batches(taken).cast(self.schema) if taken else None


def _write(path: Path, rest: _Rest, first: pa.Table) -> int:
    """A file of at most `FILE_ROWS` rows or a row group more; how many it got."""
    rows = 0
    with path.open("wb") as file:
        with pq.ParquetWriter(file, rest.schema, compression="zstd") as out:
            table: pa.Table | None = first
            while table is not None:
                out.write_table(table, row_group_size=max(ROW_GROUP, table.num_rows))
                rows += table.num_rows
                table = rest.next() if rows < FILE_ROWS else None
        _kept(file.fileno())
    return rows


def _digest(path: Path) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            digest.update(chunk)
    return size, digest.hexdigest()


def _kept(descriptor: int) -> None:
    """On the disk, not only in the system's memory."""
    os.fsync(descriptor)


def _kept_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
