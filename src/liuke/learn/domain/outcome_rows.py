"""Outcomes by API (OUT-01): one row of a request, and what its type cannot say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from liuke.base.errors import Invalid
from liuke.connect.domain.wire import Fault, Form, Read, Wire
from liuke.learn.domain.outcomes import Cause, OutcomeKind, check


class OutcomeIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What became of a customer. `outcome_id`: the sender's number of it; the same one again changes nothing."""

    outcome_id: Annotated[str, Meta(min_length=1, max_length=120)]
    customer_key: Annotated[str, Meta(min_length=1, max_length=80)]
    kind: str
    occurred_on: date
    cause: str = ""
    competitor: Annotated[str, Meta(max_length=80)] = ""
    note: Annotated[str, Meta(max_length=400)] = ""


ALLOWED: Mapping[str, str] = {
    "outcome_id": "1–120",
    "customer_key": "1–80",
    "kind": ", ".join(OutcomeKind),
    "occurred_on": "2026-09-10",
    "cause": ", ".join(Cause),
    "competitor": "≤ 80",
    "note": "≤ 400",
}


def fault_of(row: OutcomeIn, today: date) -> Fault | None:
    """What is wrong with a row of the right type; the customer is looked up elsewhere."""
    for name, text in (("outcome_id", row.outcome_id), ("customer_key", row.customer_key)):
        if not text.strip():
            return "missing", name, {}
    if any("\0" in text for text in (row.outcome_id, row.customer_key, row.competitor, row.note)):
        return "nul", "", {}
    try:
        check(kind=row.kind, occurred_on=row.occurred_on, cause=row.cause, today=today)
    except Invalid as fault:
        return fault.code, {"outcome_kind": "kind", "outcome_date": "occurred_on"}.get(fault.code, "cause"), fault.params
    return None


def outcomes_read(body: bytes, form: Form, *, today: date) -> Read[OutcomeIn]:
    """The rows of a body, each accepted or rejected. Raises as `Wire.read`."""
    wire: Wire[OutcomeIn] = Wire(OutcomeIn, ALLOWED, lambda row, _part: fault_of(row, today))
    return wire.read(body, form, lambda rows, _body: not any(fault_of(row, today) for row in rows))


def outcomes_decode(raw: bytes) -> Sequence[OutcomeIn]:
    """Accepted rows as they were kept."""
    return msgspec.json.decode(raw, type=list[OutcomeIn])
