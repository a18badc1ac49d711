"""Bodies of requests: how they are laid out, and unpacked within bounds."""

from __future__ import annotations

import zlib

from liuke.base.errors import Invalid, LiukeError, TooLarge
from liuke.connect.domain.limits import LIMITS, MEBIBYTE
from liuke.connect.domain.wire import Form, Malformed

_FORMS = {
    "application/json": Form.ARRAY,
    "application/x-ndjson": Form.LINES,
    "application/ndjson": Form.LINES,
    "application/jsonl": Form.LINES,
    "application/json-seq": Form.LINES,
}
_GZIP = 16 + zlib.MAX_WBITS
LONGEST_KEY = 100


class NotSupported(LiukeError):
    """A form or an encoding that is not read."""

    status = 415


def form_of(content_type: str) -> Form:
    """How a body is laid out, by its Content-Type. Raises NotSupported `ingest_form`."""
    form = _FORMS.get(content_type.partition(";")[0].strip().lower())
    if form is None:
        raise NotSupported("ingest_form", got=content_type[:80])
    return form


def unpacked(body: bytes, encoding: str, limit: int = LIMITS.ingest_bytes) -> bytes:
    """The body without its Content-Encoding, never more than `limit` bytes in memory.

    Raises NotSupported `ingest_encoding`, Malformed `ingest_gzip` (damaged or cut off), TooLarge `ingest_too_large`.
    """
    named = encoding.strip().lower()
    if named not in {"", "identity", "gzip", "x-gzip"}:
        raise NotSupported("ingest_encoding", got=encoding[:80])
    found = _gunzip(body, limit) if named.endswith("gzip") else body
    if len(found) > limit:
        raise TooLarge("ingest_too_large", limit=limit // MEBIBYTE)
    return found


def _gunzip(body: bytes, limit: int) -> bytes:
    """All members, one after the other; a byte over the limit is enough to know."""
    parts: list[bytes] = []
    room, rest = limit + 1, body
    while rest and room > 0:
        member = zlib.decompressobj(_GZIP)
        try:
            part = member.decompress(rest, room)
        except zlib.error as fault:
            raise Malformed("ingest_gzip") from fault
        parts.append(part)
        room -= len(part)
        if not member.eof and room > 0:
            raise Malformed("ingest_gzip")
        rest = member.unused_data
    return b"".join(parts)


def request_key(given: str | None) -> str | None:
    """The sender's `Idempotency-Key`. Raises Invalid `ingest_key`."""
    if given is None:
        return None
    if not 0 < len(given) <= LONGEST_KEY or not given.isprintable():
        raise Invalid("ingest_key")
    return f"key:{given}"
