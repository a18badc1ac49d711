"""How a source's row changes what is known: blank fields keep it. Counted row by row, so the cut into batches does not matter."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows that were new, changed what was known, or said the same again."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.new + other.new, self.changed + other.changed, self.same + other.same)


@dataclass(frozen=True, slots=True)
class Merged(Generic[Key]):
    """The outcome of merging rows: `created` and `changed` hold the full fields to store, by key."""

    counts: Counts
    created: Mapping[Key, Fields] = field(default_factory=dict)
    changed: Mapping[Key, Fields] = field(default_factory=dict)


def merge(
    known: Mapping[Key, Fields],
    rows: Iterable[tuple[Key, Fields]],
    *,
    complete: Callable[[Key, Fields], Fields] = lambda _, fields: fields,
    newest_by: str = "",
) -> Merged[Key]:
    """Apply `rows` in order to `known`. A later row of one key sees what the earlier one left.

    `complete` fills what a new thing must have. A row whose field `newest_by` is older than the known one says nothing new:
    an old file read again does not turn a deal back.
    """
    created: dict[Key, Fields] = {}
    changed: dict[Key, Fields] = {}
    new = differing = same = 0
    for key, row in rows:
        before = created.get(key) or changed.get(key) or known.get(key)
        if before is None:
            created[key] = complete(key, {name: _cleaned(value) for name, value in row.items()})
            new += 1
            continue
        after = (
            before
            if _is_older(row, before, newest_by)
            else {**before, **{name: merged_value(before.get(name), value) for name, value in row.items()}}
        )
        if after == before:
            same += 1
            continue
        differing += 1
        (created if key in created else changed)[key] = after
    return Merged(Counts(new, differing, same), created, changed)


def _is_older(row: Fields, before: Fields, newest_by: str) -> bool:
    told, known = row.get(newest_by), before.get(newest_by)
    return isinstance(told, datetime) and isinstance(known, datetime) and told < known


def is_blank(value: object) -> bool:
    """Whether a field says nothing: null, the empty text, or a flag that is not set. Zero says something."""
    return value is None or value == "" or value is False


def merged_value(old: object, new: object) -> object:
    """`new` over `old`: blanks keep, mappings merge field by field, lists grow by what they lack."""
    if isinstance(new, Mapping):
        return {**(old if isinstance(old, Mapping) else {}), **_cleaned_mapping(new)}
    if isinstance(new, Sequence) and not isinstance(new, str):
        kept = list(old) if isinstance(old, Sequence) and not isinstance(old, str) else []
        return kept + [item for item in new if item not in kept]
    return old if is_blank(new) else new


def _cleaned(value: object) -> object:
    if isinstance(value, Mapping):
        return _cleaned_mapping(value)
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value


def _cleaned_mapping(value: Mapping[str, object]) -> dict[str, object]:
    return {name: item for name, item in value.items() if item is not None and item != ""}
