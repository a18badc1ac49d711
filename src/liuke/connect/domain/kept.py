"""How accepted rows lie in the inbox: one MessagePack list per batch, rows as lists without names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec


class KeptActivity(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One accepted activity. The fields are those of `align.domain.batch.ALIGNED_ACTIVITY_SCHEMA` without source and known_us."""

    activity_id: str
    customer_key: str
    ts_us: int
    kind: str
    value: float | None = None
    channel: str | None = None
    actor: str | None = None
    attrs: str = "{}"
    """A JSON object as text."""


FIELDS: tuple[str, ...] = KeptActivity.__struct_fields__
"""Names of a kept activity's values, in their order."""
_ENCODER = msgspec.msgpack.Encoder()
_ACTIVITIES = msgspec.msgpack.Decoder(list[KeptActivity])


def activities_pack(rows: Sequence[KeptActivity]) -> bytes:
    """The rows as an inbox row keeps them."""
    return _ENCODER.encode(rows)


def activities_unpack(body: bytes | memoryview) -> list[KeptActivity]:
    """What `activities_pack` wrote."""
    return _ACTIVITIES.decode(body)


def as_rows(kept: Iterable[KeptActivity]) -> list[dict[str, object]]:
    """The rows by name."""
    return [msgspec.structs.asdict(row) for row in kept]
