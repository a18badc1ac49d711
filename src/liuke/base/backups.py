"""Backups as they lie on disk: one folder each, whole exactly when it bears its final name and its manifest.

A backup is written into a folder whose name begins with a dot and renamed at the end; whatever was killed half-way keeps the dot.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from liuke.base.errors import Conflict, Invalid

MANIFEST = "manifest.json"
SECRET_FILE = "secret.sealed"  # noqa: S105 - a file's name
SQLITE_FILE = "app.sqlite3"
TABLES_FOLDER = "app"
"""One compressed COPY stream per table of a PostgreSQL database."""
KEPT = "kept"
"""Folders of the data directory that are copied as they are."""
FORMAT = 1
PREFIX = "liuke-"
JOB = "backup"
"""Kind of the job that makes one."""
UNFINISHED = "restore-unfinished"
"""A file of this name in a data directory: a restore into it has not ended, nothing may start there."""
_BLOCK = 1 << 20


class Reason(StrEnum):
    """Why a backup was made; each kind is kept and thinned by itself."""

    NIGHTLY = "nightly"
    MANUAL = "manual"
    UPGRADE = "upgrade"


@dataclass(frozen=True, slots=True)
class BackedFile:
    """One file of a backup; `path` is below its folder, with forward slashes."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, written last."""

    version: str
    """Of the program that made it."""
    made_at: datetime
    """The moment of the application database: what was accepted later is not in it."""
    reason: Reason
    database: str
    """`sqlite` (one file) or `postgresql` (one compressed COPY stream per table)."""
    migrations: Mapping[str, Sequence[str]]
    """Applied migrations by app: the shape of the application database."""
    tables: Mapping[str, int]
    """Rows by table of the application database."""
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By table, the columns of its COPY stream; empty for SQLite."""
    warehouse: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By workspace: `version` of the file, rows of `activity` and `score`."""
    files: Sequence[BackedFile] = ()
    secret: str = "left_out"  # noqa: S105 - a state, no password
    """`left_out` or `sealed`."""
    secret_check: str = ""
    """Tells whether a secret is the right one, and nothing about it."""
    format: int = FORMAT

    @property
    def bytes(self) -> int:
        """Size of all files."""
        return sum(file.bytes for file in self.files)

    def to_plain(self) -> dict[str, object]:
        """As JSON data."""
        return asdict(self) | {"made_at": self.made_at.isoformat(), "reason": self.reason.value}


@dataclass(frozen=True, slots=True)
class Listed:
    """A backup in a folder of backups."""

    name: str
    folder: Path
    manifest: Manifest


def manifest_read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises Invalid("backup_unreadable") where there is no whole one, Conflict("backup_newer")."""
    try:
        told = json.loads((folder / MANIFEST).read_text("utf-8"))
        if int(told["format"]) > FORMAT:
            raise Conflict("backup_newer", folder=str(folder), version=told["version"])
        files = [BackedFile(str(file["path"]), int(file["bytes"]), str(file["sha256"])) for file in told.pop("files")]
        return Manifest(
            **told | {"made_at": datetime.fromisoformat(told["made_at"]), "reason": Reason(told["reason"]), "files": files},
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Invalid("backup_unreadable", folder=str(folder), detail=str(fault)) from fault


def manifest_write(folder: Path, manifest: Manifest) -> None:
    """The last file of a backup."""
    (folder / MANIFEST).write_text(json.dumps(manifest.to_plain(), ensure_ascii=False, indent=1), "utf-8")


def backups_listed(folder: Path) -> list[Listed]:
    """Whole backups in a folder, newest first. What cannot be read is left out."""
    found = [Listed(path.name, path, manifest) for path in folder.glob(f"{PREFIX}*") if path.is_dir() and (manifest := _readable(path))]
    return sorted(found, key=lambda one: one.manifest.made_at, reverse=True)


def _readable(folder: Path) -> Manifest | None:
    try:
        return manifest_read(folder)
    except (Invalid, Conflict):
        return None


def sha256_of(path: Path) -> str:
    """The hash of a file's content, in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def damages(folder: Path, manifest: Manifest) -> Iterator[str]:
    """The files that are missing, shorter, longer or changed, by path."""
    for file in manifest.files:
        path = folder / file.path
        if not path.is_file() or path.stat().st_size != file.bytes or sha256_of(path) != file.sha256:
            yield file.path


def secret_check(secret: bytes) -> str:
    """What a manifest keeps of the installation's secret. 32 random bytes cannot be guessed from it."""
    return hashlib.sha256(b"liuke backup of " + secret).hexdigest()[:16]


def refuse_unfinished(data_dir: Path) -> None:
    """Raises Conflict("restore_unfinished") where a restore into this data directory was interrupted."""
    if (data_dir / UNFINISHED).exists():
        raise Conflict("restore_unfinished", folder=str(data_dir))
