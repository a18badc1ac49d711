"""Rows of entities by API: JSON objects with our field names, checked at once as a file's rows are, applied by the same import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from liuke.align.domain.clean import clean_chunk
from liuke.align.domain.entities import ENTITIES
from liuke.align.domain.mapping import ColumnMapping, plan_import
from liuke.base.errors import TooLarge
from liuke.connect.domain.chunk import Chunk
from liuke.connect.domain.detected import Column, Detected, Format
from liuke.connect.domain.layout import SAMPLES
from liuke.connect.domain.limits import LIMITS
from liuke.connect.domain.wire import Form, Rejected, split

BY_API = tuple(name for name in ENTITIES if name != "activities")
"""Entities whose rows come by API as they would by file; activities have the live path."""
_OBJECT = msgspec.json.Decoder(dict[str, Any])
_NUL = "\0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows laid out in columns of text, as the import takes them."""

    detected: Detected
    chunk: Chunk


@dataclass(frozen=True, slots=True)
class Checked:
    """What of a request is taken: its accepted rows as a JSON list, how many, and the others with their reasons."""

    raw: bytes
    accepted: int
    rejected: Sequence[Rejected]


def rows_check(*, entity: str, body: bytes, form: Form, source: str, zone: str) -> Checked:
    """Every row of a request accepted or rejected.

    Raises Malformed, Invalid `mapping_missing` where no row has a required field, TooLarge, as `connect.domain.wire.split`.
    """
    parts = split(body, form)
    read = {index: _object(part) for index, part in enumerate(parts)}
    rejected = [Rejected(index, *found) for index, found in read.items() if isinstance(found, tuple)]
    rows = {index: found for index, found in read.items() if isinstance(found, dict)}
    if rows:
        rejected += _import_rejects(rows, entity, source, zone)
    wrong = {each.index for each in rejected}
    taken = [part for index, part in enumerate(parts) if index not in wrong]
    return Checked(b"[" + b",".join(taken) + b"]", len(taken), sorted(rejected, key=lambda each: each.index))


def sheet_of(raw: bytes) -> Sheet:
    """Accepted rows as `rows_check` gave them."""
    return _sheet(dict(enumerate(msgspec.json.decode(raw, type=list[dict[str, Any]]))))


def mapping_of(entity: str, detected: Detected, source: str) -> ColumnMapping:
    """Names are ours already: what is no field is kept as an extra attribute. The source is the system that gave the numbers."""
    fields = {name: name for name in detected.names if ENTITIES[entity].field(name)}
    return ColumnMapping(entity=entity, columns=fields, system=source)


def _object(part: bytes) -> dict[str, Any] | tuple[str, str, Mapping[str, object]]:
    """A row, or what is wrong with it."""
    try:
        row = _OBJECT.decode(part)
    except msgspec.ValidationError:
        return "not_object", "", {"value": part[:80].decode(errors="replace")}
    except (msgspec.DecodeError, UnicodeDecodeError):
        return "not_json", "", {"value": part[:80].decode(errors="replace")}
    except RecursionError:
        return "too_deep", "", {}
    for name, value in row.items():
        text = cell_of(value)
        if _NUL in text or _NUL in name:
            return "nul", "", {}
        if len(text) > LIMITS.cell_characters:
            return "too_long", name[:80], {"limit": LIMITS.cell_characters}
    return row


def _import_rejects(rows: Mapping[int, Mapping[str, object]], entity: str, source: str, zone: str) -> list[Rejected]:
    """The rows that the import would leave out."""
    sheet = _sheet(rows)
    plan = plan_import(mapping_of(entity, sheet.detected, source), sheet.detected.columns, zone)
    found = clean_chunk(sheet.chunk, plan).rejects
    return [Rejected(each.line, each.code, str(each.params.get("field", "")), each.params) for each in found]


def _sheet(rows: Mapping[int, Mapping[str, object]]) -> Sheet:
    names = _names(rows)
    cells = [[cell_of(row.get(name)) for row in rows.values()] for name in names]
    columns = tuple(
        Column(name, place, tuple(text for text in texts if text)[:SAMPLES])
        for place, (name, texts) in enumerate(zip(names, cells, strict=True))
    )
    chunk = Chunk(np.array(list(rows), np.int64), [pa.array(texts, pa.string()) for texts in cells])
    return Sheet(Detected(Format.CSV, columns, 0, len(rows)), chunk)


def _names(rows: Mapping[int, Mapping[str, object]]) -> list[str]:
    """Every name of any row but blank ones, in the order in which they come."""
    names = list(dict.fromkeys(name for row in rows.values() for name in row if name.strip()))
    if len(names) > LIMITS.columns:
        raise TooLarge("ingest_columns", columns=len(names), limit=LIMITS.columns)
    return names


def cell_of(value: object) -> str:
    """A JSON value as a cell of text: nothing for null, objects and lists as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".") if "e" in repr(value) else repr(value)
    return msgspec.json.encode(value).decode()
