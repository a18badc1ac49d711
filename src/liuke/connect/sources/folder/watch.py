"""Which files of a watched folder are ready: inside the allowed root, matching, and untouched for some seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatch
from pathlib import Path

from liuke.base.errors import Invalid

SETTLED = timedelta(seconds=10)
"""A file younger than this may still be written."""
MOST_FILES = 100
"""Files taken in one run; the others wait for the next."""
_UNFINISHED = (".part", ".tmp", ".crdownload", ".filepart")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import. `mark` says which state of it was seen."""

    path: Path
    sha256: str
    mark: str


def checked_folder(path: str, root: Path | None) -> Path:
    """The folder, symbolic links resolved. Raises Invalid where no root is set, or it lies outside, or is no folder."""
    if root is None:
        raise Invalid("watch_dir_unset")
    folder = (root / path).resolve()
    if not folder.is_relative_to(root.resolve()):
        raise Invalid("watch_outside", root=root, path=path)
    if not folder.is_dir():
        raise Invalid("watch_missing", path=path)
    return folder


def settled_files(folder: Path, pattern: str, root: Path, now: datetime) -> list[Path]:
    """Files of the folder (not below it) by name, complete since SETTLED; hidden, temporary and outside ones left out."""
    files = []
    for path in sorted(folder.iterdir()):
        name = path.name
        if name.startswith((".", "~$")) or name.endswith(_UNFINISHED) or not fnmatch(name, pattern):
            continue
        real = path.resolve()
        if real.is_file() and real.is_relative_to(root.resolve()) and now.timestamp() - real.stat().st_mtime >= SETTLED.total_seconds():
            files.append(path)
    return files


def new_files(files: list[Path], seen: Mapping[str, str]) -> list[Found]:
    """The files whose state is not the one in `seen` (name to mark), at most MOST_FILES."""
    found = []
    for path in files:
        status = path.stat()
        mark = f"{status.st_size}-{status.st_mtime_ns}"
        if seen.get(path.name) != mark:
            found.append(Found(path, _sha256(path), mark))
        if len(found) == MOST_FILES:
            break
    return found


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
