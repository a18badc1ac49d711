"""How accepted rows lie in the inbox: as they were sent, compressed. What reads them knows their kind from the batch."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import pyarrow as pa

from liuke.base.times import to_us
from liuke.connect.domain.activity import ACTIVITIES, ActivityIn
from liuke.connect.domain.wire import Form

_FORMS = {Form.ARRAY: b"A", Form.LINES: b"L"}
_CODEC = "zstd"
_SIZE = 4
"""Bytes that tell the size before compression; a body is far below 4 GB."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Accepted rows as JSON."""

    raw: bytes
    form: Form


def pack(kept: Kept) -> bytes:
    """As the inbox keeps it: a letter for the form, the size, the compressed rows."""
    pressed = bytes(pa.compress(kept.raw, codec=_CODEC, asbytes=True))
    return _FORMS[kept.form] + len(kept.raw).to_bytes(_SIZE, "little") + pressed


def unpack(body: bytes | memoryview) -> Kept:
    """What `pack` wrote. Raises ValueError for anything else."""
    found = bytes(body)
    form = next((form for form, letter in _FORMS.items() if found[:1] == letter), None)
    if form is None:
        raise ValueError(f"not a kept body: {found[:8]!r}")
    size = int.from_bytes(found[1 : 1 + _SIZE], "little")
    return Kept(bytes(pa.decompress(found[1 + _SIZE :], size, codec=_CODEC, asbytes=True)), form)


def activities_of(body: bytes | memoryview) -> list[ActivityIn]:
    """The activities of a kept body."""
    kept = unpack(body)
    return ACTIVITIES.decode(kept.raw, kept.form)


def as_rows(found: list[ActivityIn]) -> list[dict[str, object]]:
    """Activities by the names of `ALIGNED_ACTIVITY_SCHEMA`, source and known_us left out."""
    return [
        {
            "activity_id": row.activity_id.strip(),
            "customer_key": row.customer_key.strip(),
            "ts_us": to_us(row.ts),
            "kind": row.kind,
            "value": row.value,
            "channel": row.channel or None,
            "actor": row.actor or None,
            "attrs": msgspec.json.encode(row.attrs).decode() if row.attrs else "{}",
        }
        for row in found
    ]
