"""`liuke backup`: the application database first, then waiting uploads and kept files, then each workspace's DuckDB file.

That order matters: what the application database calls done was in the warehouse before, so a warehouse copied later holds it. What the
later copy holds too much (rows accepted meanwhile) is cut off by the restore. Everything is written into a folder with a leading dot,
synced and renamed: a backup that was killed is never taken for one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from liuke.base.backups import (
    KEPT,
    PREFIX,
    SECRET_FILE,
    BackedFile,
    Manifest,
    Reason,
    backups_listed,
    manifest_write,
    secret_check,
    sha256_of,
)
from liuke.base.errors import Conflict
from liuke.base.sealed import lock
from liuke.base.settings import Settings
from liuke.jobs.domain.contract import JobContext
from liuke.pipeline.keeping.snapshot import database_bytes, snapshot_take
from liuke.warehouse.copies import copy_figures, files_in

OWN_PLACES = frozenset({"warehouse", "uploads", "run", "backups", "lake", "tmp", "erasures", "exports"})
"""Folders of the data directory that are copied in their own way, can be made again, or must not be in a backup: tombstones, which
a restore replays, and copies of persons' data. All others are copied as they are."""
SPARE = 64 << 20
"""Bytes that stay free beside a backup."""
MEBIBYTE = 1 << 20


class Copies(Protocol):
    """What is asked of a warehouse here."""

    def backup(self, workspace_id: int, path: Path) -> None:
        """Write a consistent copy of a workspace's file to `path`."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup, and those that had to go for it."""

    folder: Path
    manifest: Manifest
    removed: tuple[str, ...]


def backup_make(
    *, settings: Settings, warehouse: Copies, context: JobContext, now: datetime, reason: Reason, to: Path | None = None, keep: int = 7
) -> Made:
    """Back the installation up into `to` (`Settings.backup_dir`) while it runs; of this reason's backups the newest `keep` stay.

    Raises Conflict `backup_running` where another one is being made, `backup_no_room` before anything is written.
    """
    root = (to or settings.backup_dir).resolve()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(root):
        _forget_halves(root)
        _refuse_full(settings, root)
        name = f"{PREFIX}{now:%Y%m%d-%H%M%S-%f}-{reason.value}"
        part = root / f".{name}"
        part.mkdir(mode=0o700)
        manifest = _write(_Making(settings, warehouse, part, context), now, reason)
        _sync(part)
        part.rename(root / name)
        _sync_folder(root)
        return Made(root / name, manifest, _thin(root, reason, keep))


@dataclass(frozen=True, slots=True)
class _Making:
    """A backup under way, in the folder `part`."""

    settings: Settings
    warehouse: Copies
    part: Path
    context: JobContext

    def uploads(self, waiting: Collection[str]) -> None:
        """Uploads that wait. One that is imported and swept meanwhile is in the warehouse, which is copied later."""
        (self.part / "uploads").mkdir()
        for name in waiting:
            source = self.settings.uploads_dir / name
            if source.is_file():
                shutil.copyfile(source, self.part / "uploads" / name)

    def kept(self) -> None:
        """What people gave to keep: photos of visits, attachments. Files are written once and never changed."""
        skipped = {self.settings.backup_dir.resolve(), self.part.parent}
        for folder in sorted(self.settings.data_dir.iterdir()):
            own = folder.name in OWN_PLACES or folder.name.startswith(".") or folder.resolve() in skipped
            if folder.is_dir() and not own:
                shutil.copytree(folder, self.part / KEPT / folder.name)

    def files(self) -> Mapping[str, Mapping[str, int]]:
        """Each workspace's DuckDB file; what the copies hold."""
        found = files_in(self.settings.warehouse_dir)
        figures: dict[str, Mapping[str, int]] = {}
        for number, workspace_id in enumerate(found):
            self.context.progress(0.25 + 0.55 * number / len(found), "stages.backup_warehouse", number=number + 1, of=len(found))
            target = self.part / "warehouse" / f"{workspace_id}.duckdb"
            self.warehouse.backup(workspace_id, target)
            figures[str(workspace_id)] = copy_figures(target)
        return figures

    def secret(self) -> bytes:
        """The installation's secret; written behind the passphrase where there is one, else left out."""
        secret = (self.settings.data_dir / "secret").read_bytes()
        if self.settings.backup_passphrase:
            (self.part / SECRET_FILE).write_bytes(lock(secret, passphrase=self.settings.backup_passphrase))
        return secret

    def hashed(self) -> Iterator[BackedFile]:
        """Every file that was written."""
        paths = sorted(path for path in self.part.rglob("*") if path.is_file())
        for number, path in enumerate(paths):
            self.context.progress(0.8 + 0.18 * number / len(paths), "stages.backup_sums")
            yield BackedFile(path.relative_to(self.part).as_posix(), path.stat().st_size, sha256_of(path))


def _write(making: _Making, now: datetime, reason: Reason) -> Manifest:
    making.context.progress(0.02, "stages.backup_database")
    taken = snapshot_take(making.part)
    making.context.progress(0.2, "stages.backup_files")
    making.uploads(taken.waiting)
    making.kept()
    figures, secret = making.files(), making.secret()
    manifest = Manifest(
        version=version("liuke"),
        made_at=now,
        reason=reason,
        database=taken.database,
        migrations=taken.migrations,
        tables=taken.tables,
        columns=taken.columns,
        warehouse=figures,
        files=list(making.hashed()),
        secret="sealed" if making.settings.backup_passphrase else "left_out",
        secret_check=secret_check(secret),
    )
    manifest_write(making.part, manifest)
    return manifest


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One backup at a time writes into a folder; the lock goes with the process."""
    with (root / ".lock").open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise Conflict("backup_running", folder=str(root)) from busy
        yield


def _forget_halves(root: Path) -> None:
    """What killed backups, and killed removals, left behind."""
    for path in root.glob(f".{PREFIX}*"):
        shutil.rmtree(path, ignore_errors=True)


def _refuse_full(settings: Settings, root: Path) -> None:
    files = [path.stat().st_size for path in files_in(settings.warehouse_dir).values()]
    needed = database_bytes() + sum(files) + SPARE
    _refuse_without(root, needed)
    if files:
        _refuse_without(settings.warehouse_dir, max(files) + SPARE)  # DuckDB writes its copy beside the original


def _refuse_without(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Conflict("backup_no_room", folder=str(folder), needed=needed // MEBIBYTE, free=free // MEBIBYTE)


def _sync(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir():
            _sync_folder(path)
        else:
            path.chmod(0o600)
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _thin(root: Path, reason: Reason, keep: int) -> tuple[str, ...]:
    """Remove this reason's oldest backups; each loses its name first, so that one half removed is none."""
    same = [one for one in backups_listed(root) if one.manifest.reason is reason]
    gone = same[max(keep, 1) :]
    for one in gone:
        hidden = root / f".{one.name}"
        one.folder.rename(hidden)
        shutil.rmtree(hidden, ignore_errors=True)
    return tuple(one.name for one in gone)
