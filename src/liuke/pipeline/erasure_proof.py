"""The last step of an erasure: look for the person everywhere, in rows and in the bytes of files (DAT-18)."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path

from liuke.base.settings import Settings
from liuke.facts.domain.person import Identity, needles, spellings
from liuke.pipeline.erasure_mentions import mentions_left, only_theirs
from liuke.warehouse import Warehouse

ELSEWHERE = frozenset({"backups", "erasures", "run", "tmp"})
"""Folders that are not searched: backups are dealt with by tombstones when they are restored, the others hold no rows."""


def leftovers(*, settings: Settings, workspace_id: int, identity: Identity, warehouse: Warehouse) -> dict[str, object]:
    """Where the person is still found: `rows` by table, `stream` rows, `files` by name (relative to the data folder). All empty: gone.

    A name, number or address that somebody else in the installation has as well is not looked for: it would be theirs.
    """
    own = only_theirs(identity)
    return {
        "rows": mentions_left(workspace_id=workspace_id, identity=own),
        "stream": _stream(warehouse, workspace_id, identity),
        "files": sorted(_files(settings, needles(own))),
    }


def files_searched(settings: Settings) -> int:
    """How many files the search reads."""
    return sum(1 for _ in _paths(settings.data_dir))


def _stream(warehouse: Warehouse, workspace_id: int, identity: Identity) -> int:
    if not identity.is_customer:
        return 0
    sql = "SELECT (SELECT count(*) FROM activity WHERE customer_id = $c) + (SELECT count(*) FROM score WHERE customer_id = $c) AS n"
    return int(warehouse.query(workspace_id, sql, {"c": identity.customer_id})["n"][0].as_py())


def _files(settings: Settings, texts: tuple[str, ...]) -> Iterator[str]:
    looked = {spelling for text in texts for spelling in spellings(text) if len(spelling) >= 6}
    for path in _paths(settings.data_dir):
        if _holds(path, looked):
            yield path.relative_to(settings.data_dir).as_posix()


def _paths(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in ELSEWHERE and not path.is_symlink():
            yield from (each for each in sorted(path.rglob("*")) if each.is_file())
        elif path.is_file() and path.name != "secret":
            yield path


def _holds(path: Path, looked: set[bytes]) -> bool:
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return any(data.find(spelling) >= 0 for spelling in looked)
    except (ValueError, OSError):  # empty, or gone since it was listed
        return False
