"""One activity by API: its fields, and what its type cannot say of them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from liuke.connect.domain.limits import LIMITS
from liuke.connect.domain.wire import Fault, Form, Read, Wire

KIND = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
"""How kinds of activities are written."""
TRACKED = frozenset({"page.viewed", "feature.used", "login", "session.ended", "search.failed", "cart.abandoned", "info.viewed"})
"""Kinds that a key of pages may send, beside own kinds that start with `web.`: what a page sees, never money or contracts."""
YEARS = range(1970, 2201)
"""Years that can be reckoned with."""
_OWN = "web."
_NUL = b"\\u0000"


class ActivityIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An activity as it is sent. `customer_key` is the customer's number in the sender's system; `ts` has an offset."""

    activity_id: Annotated[str, Meta(min_length=1, max_length=120)]
    customer_key: Annotated[str, Meta(min_length=1, max_length=80)]
    ts: Annotated[datetime, Meta(tz=True)]
    kind: Annotated[str, Meta(max_length=60)]
    value: float | None = None
    channel: Annotated[str, Meta(max_length=40)] | None = None
    actor: Annotated[str, Meta(max_length=80)] | None = None
    attrs: dict[str, Any] | None = None


ALLOWED: Mapping[str, str] = {
    "activity_id": "1–120",
    "customer_key": "1–80",
    "ts": "2026-09-10T08:30:00+08:00",
    "kind": "order.placed, page.viewed, …",
    "value": "12.5",
    "channel": "≤ 40",
    "actor": "≤ 80",
    "attrs": "{…}",
}
"""What each field takes, for the reason of a rejected row."""


def fault_of(row: ActivityIn, part: bytes) -> Fault | None:
    """What is wrong with a row of the right type."""
    for name, text in (("activity_id", row.activity_id), ("customer_key", row.customer_key)):
        if not text.strip():
            return "missing", name, {}
    if wrong := _value_fault(row):
        name, value = wrong
        return "not_allowed", name, {"value": value, "allowed": ALLOWED[name]}
    if _NUL in part:
        return "nul", "", {}
    if row.attrs and len(msgspec.json.encode(row.attrs)) > LIMITS.cell_characters:
        return "too_long", "attrs", {"limit": LIMITS.cell_characters}
    return None


def _value_fault(row: ActivityIn) -> tuple[str, str] | None:
    """The first field with a value that cannot be, and that value."""
    if not KIND.fullmatch(row.kind):
        return "kind", row.kind
    if row.ts.year not in YEARS:
        return "ts", row.ts.isoformat()
    if row.value is not None and not math.isfinite(row.value):  # never in JSON, but the product's own rows are not JSON
        return "value", str(row.value)
    return None


def all_sound(rows: Sequence[ActivityIn], body: bytes) -> bool:
    """Whether surely no row has a fault, at a fraction of the cost of asking each.

    A row longer than the limit stands between two of the names that every row has, or has one of them in its middle.
    """
    if max(map(len, body.split(b'"activity_id"'))) > LIMITS.cell_characters // 2 or _NUL in body:
        return False
    if not all(map(KIND.fullmatch, {row.kind for row in rows})) or not all(year in YEARS for year in {row.ts.year for row in rows}):
        return False
    return all(row.activity_id.strip() and row.customer_key.strip() for row in rows)


def page_fault_of(row: ActivityIn, part: bytes) -> Fault | None:
    """As `fault_of`, for a key of pages."""
    return fault_of(row, part) or (None if is_tracked(row.kind) else ("kind_not_tracked", "kind", {"value": row.kind}))


def all_tracked(rows: Sequence[ActivityIn], body: bytes) -> bool:
    """As `all_sound`, for a key of pages."""
    return all_sound(rows, body) and all(map(is_tracked, {row.kind for row in rows}))


def is_tracked(kind: str) -> bool:
    """Whether a key of pages may send this kind."""
    return kind in TRACKED or kind.startswith(_OWN)


ACTIVITIES: Wire[ActivityIn] = Wire(ActivityIn, ALLOWED, fault_of)
_PAGES: Wire[ActivityIn] = Wire(ActivityIn, ALLOWED, page_fault_of)


def activities_read(body: bytes, form: Form, *, pages: bool = False) -> Read[ActivityIn]:
    """The rows of a body, each accepted or rejected; `pages`: by a key of pages. Raises as `Wire.read`."""
    return _PAGES.read(body, form, all_tracked) if pages else ACTIVITIES.read(body, form, all_sound)
