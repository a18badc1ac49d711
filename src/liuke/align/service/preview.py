"""The first rows of a file as they would arrive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from liuke.align.domain.attributes import EXTRA
from liuke.align.domain.clean import clean_chunk
from liuke.align.domain.entities import FieldType
from liuke.align.domain.kinds import VOCABULARY, canonical_kinds
from liuke.align.domain.mapping import ColumnMapping, Plan, plan_import
from liuke.align.service.files import ImportFacts
from liuke.align.service.rejects import reason
from liuke.connect.domain.detected import Detected
from liuke.connect.sources.files.rows import read_chunks

PREVIEW_ROWS = 50
PREVIEW_CHECKED = 1_000


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as they would arrive, as text in the order of `fields`; how many were checked and what was rejected."""

    fields: Sequence[str]
    rows: Sequence[Sequence[str]]
    rejects: Sequence[tuple[int, str, Sequence[str]]]
    checked: int
    match_rate: float
    own_kinds: Sequence[str] = ()
    """Kinds of activity in these rows that the vocabulary does not know: kept as they are."""


def preview_file(path: Path, *, detected: Detected, mapping: ColumnMapping, facts: ImportFacts) -> Preview:
    """Checks the first thousand rows and shows fifty as they would arrive, times local to the workspace."""
    plan = plan_import(mapping, detected.columns, facts.zone)
    names = [use.field.name for use in plan.uses] + [EXTRA + header for header, _ in plan.kept]
    fields = [name.removeprefix(EXTRA) for name in names]
    chunk = next(read_chunks(path, detected, size=PREVIEW_CHECKED), None)
    if chunk is None:
        return Preview(fields, [], [], 0, plan.placed)
    clean = clean_chunk(chunk, plan)
    return Preview(
        fields=fields,
        rows=_texts(clean.rows.select(names).slice(0, PREVIEW_ROWS), plan, facts.zone),
        rejects=[(each.line, reason(each, plan.entity.name, facts.language), each.cells) for each in clean.rejects[:PREVIEW_ROWS]],
        checked=len(chunk) + len(chunk.broken),
        match_rate=plan.placed * clean.readable,
        own_kinds=_own_kinds(clean.rows),
    )


def _own_kinds(rows: pa.Table) -> list[str]:
    if "kind" not in rows.column_names:
        return []
    kinds = canonical_kinds(rows["kind"].combine_chunks())
    return sorted(set(kinds.unique().drop_null().to_pylist()) - VOCABULARY)


def _texts(rows: pa.Table, plan: Plan, zone: str) -> list[list[str]]:
    columns = [pc.fill_null(_shown(rows[name].combine_chunks(), name, plan, zone), "").to_pylist() for name in rows.column_names]
    return [list(row) for row in zip(*columns, strict=True)]


def _shown(values: pa.Array, name: str, plan: Plan, zone: str) -> pa.Array:
    found = plan.entity.field(name)
    if found and found.type is FieldType.DATETIME:
        return pc.strftime(pc.cast(values, pa.timestamp("us", "UTC")).cast(pa.timestamp("s", zone), safe=False), "%Y-%m-%d %H:%M:%S")
    return pc.cast(values, pa.string())
