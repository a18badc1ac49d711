"""Activities of the product itself, by the way of the API: a playbook's doings, a vendor's callbacks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

import msgspec

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.base.errors import Invalid
from liuke.connect.domain.activity import ALLOWED, ActivityIn, fault_of
from liuke.connect.domain.kept import Kept, pack
from liuke.connect.domain.wire import Form, counted
from liuke.connect.service.accepting import Sending, rows_accept
from liuke.connect.store.models import Batch

_FIELD = re.compile(r"`\$?\.?(\w+)`$")
_JSON = msgspec.json.Encoder(order="deterministic")


def batch_ingest(*, actor: Actor, source: str, rows: Sequence[Mapping[str, object]]) -> Batch:
    """Accept activities: activity_id, customer_key, ts (aware datetime or ISO text with offset), kind, value, channel, actor, attrs.

    All or nothing, and idempotent: the same rows again from the same source answer with the batch that took them first; a row
    with a known (source, activity_id) corrects the earlier one. Raises Invalid naming the first wrong row and field, TooLarge,
    Forbidden without `import`.
    """
    actor.require(Permission.IMPORT)
    counted(len(rows))
    raw = _JSON.encode([_row(number, row) for number, row in enumerate(rows, 1)])
    digest = hashlib.sha256(raw).hexdigest()
    sending = Sending("activities", source, pack(Kept(raw, Form.ARRAY)), digest, len(rows), key=f"rows:{digest}")
    return rows_accept(actor=actor, sending=sending)[0]


def _row(number: int, row: Mapping[str, object]) -> ActivityIn:
    """A row of the right type and values. Raises Invalid `ingest_row`."""
    given = {name: value for name, value in row.items() if value is not None}
    try:
        typed = msgspec.convert(given, ActivityIn)
        part = msgspec.json.encode(typed)
    except (msgspec.ValidationError, TypeError) as fault:
        found = _FIELD.search(str(fault))
        raise _wrong(number, found[1] if found else "", row) from fault
    if wrong := fault_of(typed, part):
        raise _wrong(number, wrong[1] or wrong[0], row)
    return typed


def _wrong(number: int, name: str, row: Mapping[str, object]) -> Invalid:
    return Invalid("ingest_row", row=number, field=name, value=str(row.get(name, ""))[:80], allowed=ALLOWED.get(name, ", ".join(ALLOWED)))
