"""First half of `liuke restore`: checks a backup and lays its files into an empty data directory. Needs neither Django nor a database.

A mark lies in the directory from the first file to the end of the second half (`server.restored`, in a process of its own): whatever is
killed between leaves the mark, and nothing starts there (`base.backups.refuse_unfinished`).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from liuke.base.backups import (
    KEPT,
    SECRET_FILE,
    SQLITE_FILE,
    UNFINISHED,
    Manifest,
    backups_listed,
    damages,
    manifest_read,
    secret_check,
)
from liuke.base.errors import Conflict, Invalid
from liuke.base.sealed import unlock

SPARE = 64 << 20
MEBIBYTE = 1 << 20
SHOWN = 5
IGNORED = frozenset({"lost+found", "serve.lock"})
ERASURES = "erasures/tombstones.jsonl"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to restore, and where to."""

    backup: Path
    into: Path
    database_url: str = ""
    """An empty PostgreSQL database; needed for a backup of PostgreSQL, refused for one of SQLite."""
    passphrase: str = ""
    secret_file: Path | None = None
    without_secret: bool = False
    erasures: tuple[Path, ...] = ()
    """Lists of erased people (`accounts.service.tombstones`) that may know of more than the backup; those that are absent do not count."""


def restore(wanted: Wanted, *, compare: bool = False) -> Mapping[str, object]:
    """Restore; with `compare` also score again and compare. What was done, as `server.restored` tells it.

    Raises Invalid `backup_unreadable`, `backup_damaged`, `restore_secret`, `restore_passphrase`, `restore_wrong_secret`,
    `restore_database`; Conflict `backup_newer`, `restore_not_empty`, `restore_no_room`, `restore_failed`.
    """
    manifest = manifest_read(wanted.backup)
    _refuse_damage(wanted.backup, manifest)
    _refuse_other_database(manifest, wanted.database_url)
    _refuse_data(wanted.into, manifest.bytes)
    secret = secret_of(wanted, manifest)
    _begin(wanted.into)
    _lay_out(wanted, secret)
    _erasures_gather(wanted, manifest)
    told = _second_half(wanted, compare=compare)
    (wanted.into / UNFINISHED).unlink()
    return told


def secret_of(wanted: Wanted, manifest: Manifest) -> bytes | None:
    """The installation's secret, out of the file that was named or out of the backup; None where the asker goes without it."""
    if wanted.secret_file is not None:
        found = wanted.secret_file.read_bytes()
    elif wanted.passphrase and manifest.secret == "sealed":  # noqa: S105 - a state
        found = unlock((wanted.backup / SECRET_FILE).read_bytes(), passphrase=wanted.passphrase)
    elif wanted.without_secret:
        return None
    else:
        raise Invalid("restore_passphrase" if manifest.secret == "sealed" else "restore_secret")  # noqa: S105 - a state
    if secret_check(found) != manifest.secret_check:
        raise Invalid("restore_wrong_secret")
    return found


def _refuse_damage(backup: Path, manifest: Manifest) -> None:
    found = list(damages(backup, manifest))
    if found:
        raise Invalid("backup_damaged", count=len(found), files=", ".join(found[:SHOWN]))


def _refuse_other_database(manifest: Manifest, url: str) -> None:
    is_postgresql = url.startswith(("postgresql://", "postgres://"))
    if manifest.database == "postgresql" and not is_postgresql:
        raise Invalid("restore_database")
    if manifest.database == "sqlite" and is_postgresql:
        raise Invalid("restore_database_sqlite")


def _refuse_data(into: Path, needed: int) -> None:
    """Empty, absent, or left half-done by a restore before."""
    if into.exists() and not (into / UNFINISHED).exists() and any(path.name not in IGNORED for path in into.iterdir()):
        raise Conflict("restore_not_empty", folder=str(into))
    parent = next(path for path in [into, *into.parents] if path.exists())
    free = shutil.disk_usage(parent).free
    if free < needed + SPARE:
        raise Conflict("restore_no_room", folder=str(into), needed=(needed + SPARE) // MEBIBYTE, free=free // MEBIBYTE)


def _begin(into: Path) -> None:
    """The mark first, then away with what an earlier try left."""
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (into / UNFINISHED).open("w", encoding="utf-8") as mark:
        mark.write("liuke restore\n")
        mark.flush()
        os.fsync(mark.fileno())
    for path in into.iterdir():
        if path.is_dir() and path.name not in IGNORED:
            shutil.rmtree(path)
        elif path.is_file() and path.name not in {UNFINISHED, *IGNORED}:
            path.unlink()


def _lay_out(wanted: Wanted, secret: bytes | None) -> None:
    for source, target in _places(wanted.backup, wanted.into):
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    if secret is not None:
        with os.fdopen(os.open(wanted.into / "secret", os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as file:
            file.write(secret)


def _places(backup: Path, into: Path) -> Iterator[tuple[Path, Path]]:
    """What lies where in a backup, and where it belongs."""
    if (backup / SQLITE_FILE).exists():
        yield backup / SQLITE_FILE, into / "liuke.sqlite3"
    for name in ("warehouse", "uploads"):
        if (backup / name).exists():
            yield backup / name, into / name
    if (backup / KEPT).exists():
        for folder in sorted((backup / KEPT).iterdir()):
            yield folder, into / folder.name


def _erasures_gather(wanted: Wanted, manifest: Manifest) -> None:
    """Whoever was erased after the backup was made is known to later backups of the same installation, and to its own list."""
    siblings = [one.folder for one in backups_listed(wanted.backup.parent) if one.manifest.secret_check == manifest.secret_check]
    lists = [folder / KEPT / ERASURES for folder in [wanted.backup, *siblings]]
    lines = dict.fromkeys(line for path in [*lists, *wanted.erasures] if path.is_file() for line in path.read_text("utf-8").splitlines())
    if lines:
        target = wanted.into / ERASURES
        target.parent.mkdir(exist_ok=True)
        target.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _second_half(wanted: Wanted, *, compare: bool) -> Mapping[str, object]:
    """In a process of its own, because Django reads its directory and database once, when it starts."""
    own = {"LIUKE_DATA_DIR": str(wanted.into), "LIUKE_RESTORING": "1"}
    own |= {"LIUKE_DATABASE_URL": wanted.database_url} if wanted.database_url else {}
    given = {name: value for name, value in os.environ.items() if name not in {"LIUKE_DATABASE_URL", "LIUKE_SUPERVISED"}}
    command = [sys.executable, "-m", "liuke.server.restored", str(wanted.backup), "--compare" if compare else "--only"]
    done = subprocess.run(command, env=given | own, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own module
    if done.returncode:
        raise Conflict("restore_failed", detail=(done.stdout.strip().splitlines() or [f"exit code {done.returncode}"])[-1])
    told: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return told
