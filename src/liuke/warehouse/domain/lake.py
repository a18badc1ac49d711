"""The lake's manifest: which Parquet files hold a workspace's rows right now, and what they held when they were written.

Files are never overwritten: a partition that changed gets new ones, the manifest names them, and the old ones are `dropped`,
to be deleted when no reader of the manifest before can still be at them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from liuke.base.errors import Conflict

FORMAT = 1
"""Of the manifest; a file with another number was written by another release."""
MANIFEST = "manifest.json"
ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class LakeFile:
    """One Parquet file; `path` is relative to the workspace's folder, `sha256` of its bytes."""

    path: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LakePart:
    """A partition of a table: `name` is its month (`month=2026-03`) or `all`; `print` tells whether the stored rows changed since."""

    table: str
    name: str
    print: str
    files: tuple[LakeFile, ...]

    @property
    def rows(self) -> int:
        """Rows in all its files."""
        return sum(file.rows for file in self.files)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that no partition names any more, and since when (UTC microseconds)."""

    path: str
    at_us: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that a workspace's folder holds. `generation` grows with every export that changed something."""

    workspace_id: int
    generation: int = 0
    written_us: int = 0
    parts: tuple[LakePart, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    def of(self, table: str) -> dict[str, LakePart]:
        """The partitions of a table by name."""
        return {part.name: part for part in self.parts if part.table == table}

    def files(self, table: str) -> tuple[LakeFile, ...]:
        """The files of a table, oldest partition first."""
        return tuple(file for _, part in sorted(self.of(table).items()) for file in part.files)

    def rows(self, table: str) -> int:
        """Rows of a table."""
        return sum(part.rows for part in self.of(table).values())

    def paths(self) -> set[str]:
        """Every file that counts."""
        return {file.path for part in self.parts for file in part.files}

    def dropped_by(self, at_us: int) -> set[str]:
        """Files that nothing has named since that moment or longer."""
        return {one.path for one in self.dropped if one.at_us <= at_us}

    def without(self, paths: Collection[str]) -> Manifest:
        """The same, forgetting dropped files."""
        return replace(self, dropped=tuple(one for one in self.dropped if one.path not in paths))


@dataclass(frozen=True, slots=True)
class Cut:
    """A partition of the stream as the warehouse has it: the month `year`-`month` (UTC) and the print of its rows."""

    year: int
    month: int
    rows: int
    print: str

    @property
    def name(self) -> str:
        """As the lake calls it."""
        return f"month={self.year:04d}-{self.month:02d}"

    @property
    def span(self) -> tuple[date, date]:
        """First day, and the first day after."""
        after = date(self.year + 1, 1, 1) if self.month == 12 else date(self.year, self.month + 1, 1)
        return date(self.year, self.month, 1), after


def changed(manifest: Manifest, cuts: Sequence[Cut]) -> list[Cut]:
    """The months that must be written again, oldest first."""
    known = manifest.of(ACTIVITY)
    return sorted((cut for cut in cuts if cut.name not in known or known[cut.name].print != cut.print), key=lambda cut: cut.name)


def renewed(manifest: Manifest, table: str, fresh: Sequence[LakePart], names: Sequence[str], now_us: int) -> Manifest:
    """The manifest with `fresh` partitions in place of theirs and without those of `table` that `names` lacks."""
    replaced = {part.name: part for part in fresh}
    kept = tuple(part for part in manifest.parts if part.table != table or (part.name in names and part.name not in replaced))
    parts = tuple(sorted((*kept, *fresh), key=lambda part: (part.table, part.name)))
    still = {file.path for part in parts for file in part.files}
    gone = tuple(Dropped(path, now_us) for path in sorted(manifest.paths() - still))
    if parts == manifest.parts:
        return manifest
    return Manifest(manifest.workspace_id, manifest.generation + 1, now_us, parts, (*manifest.dropped, *gone))


def to_text(manifest: Manifest) -> str:
    """As the file holds it."""
    return json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1)


def from_text(text: str) -> Manifest:
    """What `to_text` wrote. Raises Conflict("lake_unreadable") for anything else."""
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise Conflict("lake_unreadable", detail=f"format {told['format']}")
        return Manifest(
            workspace_id=int(told["workspace_id"]),
            generation=int(told["generation"]),
            written_us=int(told["written_us"]),
            parts=tuple(_part(one) for one in told["parts"]),
            dropped=tuple(Dropped(str(one["path"]), int(one["at_us"])) for one in told["dropped"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Conflict("lake_unreadable", detail=type(error).__name__) from error


def _part(told: Mapping[str, object]) -> LakePart:
    files = told["files"]
    if not isinstance(files, list):
        raise TypeError("files")
    each = tuple(LakeFile(str(one["path"]), int(one["rows"]), int(one["size"]), str(one["sha256"])) for one in files)
    return LakePart(str(told["table"]), str(told["name"]), str(told["print"]), each)
