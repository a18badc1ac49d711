"""What counts as a whole backup, and what does not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liuke.base.backups import (
    FORMAT,
    MANIFEST,
    UNFINISHED,
    BackedFile,
    Manifest,
    Reason,
    backups_listed,
    damages,
    manifest_read,
    manifest_write,
    refuse_unfinished,
    secret_check,
    sha256_of,
)
from liuke.base.errors import Conflict, Invalid
from liuke.base.sealed import lock, unlock

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MANIFEST_OF_NONE = Manifest("1.0", AT, Reason.NIGHTLY, "sqlite", {"jobs": ["0001_initial"]}, {"jobs_job": 3})


def _backup(root: Path, name: str, *, at: datetime = AT, content: bytes = b"rows") -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "app.sqlite3").write_bytes(content)
    file = BackedFile("app.sqlite3", len(content), sha256_of(folder / "app.sqlite3"))
    manifest_write(folder, replace(MANIFEST_OF_NONE, made_at=at, files=[file]))
    return folder


def test_a_manifest_reads_as_it_was_written(tmp_path: Path) -> None:
    figures = {"7": {"version": 2, "activity": 10, "score": 4}}
    written = replace(MANIFEST_OF_NONE, warehouse=figures, files=[BackedFile("a/b", 3, "ff")], secret="sealed", secret_check="0a")
    manifest_write(tmp_path, written)
    assert manifest_read(tmp_path) == written
    assert written.bytes == 3


def test_the_newest_backup_comes_first_and_halves_are_none(tmp_path: Path) -> None:
    _backup(tmp_path, "liuke-1", at=AT)
    _backup(tmp_path, "liuke-2", at=AT + timedelta(days=1))
    _backup(tmp_path, ".liuke-3", at=AT + timedelta(days=2))
    (tmp_path / "liuke-4").mkdir()
    (tmp_path / "liuke-old.sqlite3").write_bytes(b"x")
    (_backup(tmp_path, "liuke-5") / MANIFEST).write_text('{"format": 1, "ver', "utf-8")
    assert [one.name for one in backups_listed(tmp_path)] == ["liuke-2", "liuke-1"]
    assert backups_listed(tmp_path / "nowhere") == []


@pytest.mark.parametrize("harm", ["gone", "longer", "flipped", "shorter"])
def test_every_harm_to_a_file_is_found(tmp_path: Path, harm: str) -> None:
    folder = _backup(tmp_path, "liuke-1")
    manifest, file = manifest_read(folder), folder / "app.sqlite3"
    assert list(damages(folder, manifest)) == []
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes({"longer": b"rows.", "flipped": b"rowz", "shorter": b"row"}[harm])
    assert list(damages(folder, manifest)) == ["app.sqlite3"]


def test_a_manifest_of_a_newer_release_says_so_instead_of_being_misread(tmp_path: Path) -> None:
    folder = _backup(tmp_path, "liuke-1")
    told = json.loads((folder / MANIFEST).read_text("utf-8"))
    (folder / MANIFEST).write_text(json.dumps(told | {"format": FORMAT + 1, "unheard": True}), "utf-8")
    with pytest.raises(Conflict, match="backup_newer"):
        manifest_read(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": 1, "files": [{}]}'])
def test_what_is_no_manifest_is_called_unreadable(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, "utf-8")
    with pytest.raises(Invalid, match="backup_unreadable"):
        manifest_read(tmp_path)


def test_a_folder_without_a_manifest_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="backup_unreadable"):
        manifest_read(tmp_path)


def test_the_check_of_a_secret_tells_two_apart_and_shows_neither() -> None:
    one, other = b"\1" * 32, b"\2" * 32
    assert secret_check(one) == secret_check(one)
    assert secret_check(one) != secret_check(other)
    assert one.hex()[:8] not in secret_check(one)


def test_a_passphrase_opens_what_it_locked_and_nothing_else_does() -> None:
    secret = bytes(range(32))
    locked = lock(secret, passphrase="four words are enough")
    assert unlock(locked, passphrase="four words are enough") == secret
    assert secret not in locked
    assert lock(secret, passphrase="four words are enough") != locked
    for wrong, given in ((locked, "four words are enoug"), (locked[:-1], "four words are enough"), (b"", "four words are enough")):
        with pytest.raises(Invalid, match="passphrase_wrong"):
            unlock(wrong, passphrase=given)


def test_nothing_starts_where_a_restore_was_interrupted(tmp_path: Path) -> None:
    refuse_unfinished(tmp_path)
    (tmp_path / UNFINISHED).touch()
    with pytest.raises(Conflict, match="restore_unfinished"):
        refuse_unfinished(tmp_path)
