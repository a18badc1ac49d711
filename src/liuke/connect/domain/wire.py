"""Rows as they come over the wire: typed by msgspec in one go, and row by row only where something is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import GenericAlias
from typing import Generic, TypeVar

import msgspec

from liuke.base.errors import Invalid, LiukeError, TooLarge
from liuke.connect.domain.limits import LIMITS

Row = TypeVar("Row", bound=msgspec.Struct)
_RAW = msgspec.json.Decoder(list[msgspec.Raw])
_FIELD = re.compile(r"at `\$\.(\w+)")
_LACKING = re.compile(r"missing required field `(\w+)`")
_UNKNOWN = re.compile(r"contains unknown field `(.*)`", re.DOTALL)


class Form(StrEnum):
    """How a body is laid out: one JSON list, or an object a line."""

    ARRAY = "array"
    LINES = "lines"


class Malformed(LiukeError):
    """The body as a whole cannot be read."""

    status = 400


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not taken: its place in the body (from 0), a message `rejects.<code>`, and the field if one is at fault."""

    index: int
    code: str
    where: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    def to_data(self) -> dict[str, object]:
        """Plain data, as the inbox row keeps it."""
        return {"index": self.index, "code": self.code, "field": self.where, "params": dict(self.params)}


@dataclass(frozen=True, slots=True)
class Read(Generic[Row]):
    """What a body holds. `raw`: the accepted rows as JSON in `form`, which is the body itself where nothing was rejected."""

    rows: Sequence[Row]
    rejected: Sequence[Rejected]
    raw: bytes
    form: Form


Fault = tuple[str, str, Mapping[str, object]]
"""Code, field and parameters of what is wrong with a row."""


class Wire(Generic[Row]):
    """Reads bodies of one kind of row. `check`: what the type cannot say of a row, None where it is sound."""

    def __init__(self, row: type[Row], allowed: Mapping[str, str], check: Callable[[Row, bytes], Fault | None]) -> None:
        self._rows: msgspec.json.Decoder[list[Row]] = msgspec.json.Decoder(GenericAlias(list, (row,)))
        self._row: msgspec.json.Decoder[Row] = msgspec.json.Decoder(row)
        self._allowed, self._check = allowed, check

    def decode(self, raw: bytes, form: Form) -> list[Row]:
        """All rows, each of the type. Raises msgspec.MsgspecError (RecursionError, UnicodeDecodeError) at the first that is not."""
        return self._row.decode_lines(raw) if form is Form.LINES else self._rows.decode(raw)

    def read(self, body: bytes, form: Form, sound: Callable[[Sequence[Row], bytes], bool]) -> Read[Row]:
        """Every row accepted or rejected. `sound`: whether all rows of the right type are surely right; else each is checked.

        Raises Malformed `ingest_not_json` for a body that is no list, Invalid `ingest_empty`, TooLarge `ingest_too_many`.
        """
        try:
            rows = self.decode(body, form)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            return self._one_by_one(body, form)
        counted(len(rows))
        return Read(rows, (), body, form) if sound(rows, body) else self._one_by_one(body, form)

    def _one_by_one(self, body: bytes, form: Form) -> Read[Row]:
        parts = split(body, form)
        rows, rejected, taken = [], [], []
        for index, part in enumerate(parts):
            found = self._read_one(part)
            if isinstance(found, tuple):
                rejected.append(Rejected(index, *found))
            else:
                rows.append(found)
                taken.append(part)
        return Read(rows, rejected, b"[" + b",".join(taken) + b"]", Form.ARRAY)

    def _read_one(self, part: bytes) -> Row | Fault:
        try:
            row = self._row.decode(part)
        except msgspec.ValidationError as fault:
            return self._told(str(fault), part)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return "not_json", "", {"value": part[:80].decode(errors="replace")}
        except RecursionError:
            return "too_deep", "", {}
        return self._check(row, part) or row

    def _told(self, text: str, part: bytes) -> Fault:
        """A fault of the type, by its field."""
        if lacking := _LACKING.search(text):
            return "missing", lacking[1], {}
        if unknown := _UNKNOWN.search(text):
            return "unknown_field", unknown[1][:80], {"allowed": ", ".join(self._allowed)}
        if found := _FIELD.search(text):
            return "not_allowed", found[1], {"value": value_of(part, found[1]), "allowed": self._allowed.get(found[1], "")}
        return "not_object", "", {"value": part[:80].decode(errors="replace")}


def split(body: bytes, form: Form) -> list[bytes]:
    """The rows of a body, each as its JSON. Raises as `Wire.read`."""
    if form is Form.LINES:
        parts = [line for line in body.split(b"\n") if line.strip()]
    else:
        try:
            parts = [bytes(part) for part in _RAW.decode(body)]
        except (msgspec.MsgspecError, RecursionError) as fault:
            raise Malformed("ingest_not_json", fault=str(fault)[:120]) from fault
    counted(len(parts))
    return parts


def counted(rows: int) -> None:
    """Raises Invalid `ingest_empty`, TooLarge `ingest_too_many`."""
    if not rows:
        raise Invalid("ingest_empty")
    if rows > LIMITS.ingest_rows:
        raise TooLarge("ingest_too_many", rows=rows, limit=LIMITS.ingest_rows)


def value_of(part: bytes, name: str) -> str:
    """The value of a field as it was sent, shortened."""
    found = msgspec.json.decode(part, type=dict[str, msgspec.Raw]).get(name)
    text = b"" if found is None else bytes(found)
    return text[:80].decode(errors="replace").strip('"')
