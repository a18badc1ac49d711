"""What pages send counts for customers who exist: a key that anybody can read in a browser makes no customers."""

from __future__ import annotations

from collections.abc import Collection

from liuke.accounts.service.tombstones import refusals_of
from liuke.align.domain.erased import keys_refused
from liuke.connect.domain.activity import ActivityIn
from liuke.connect.domain.wire import Form, Read, Rejected, split
from liuke.facts.store.models import Customer

CODE = "customer_unknown"
"""`rejects.customer_unknown`."""


ERASED = "erased"
"""`rejects.erased`."""


def known_only(read: Read[ActivityIn], *, workspace_id: int) -> Read[ActivityIn]:
    """The rows of known customers; the others are rejected, each at its place in the body."""
    keys = {row.customer_key for row in read.rows}
    known = set(Customer.objects.filter(workspace_id=workspace_id, key__in=keys).values_list("key", flat=True))
    return _without(read, keys - known, CODE)


def without_erased(read: Read[ActivityIn], *, workspace_id: int) -> Read[ActivityIn]:
    """The rows without those of customers who were erased (DAT-18); what is told of them does not repeat their number."""
    refusals = refusals_of(workspace_id)
    if not refusals:
        return read
    return _without(read, keys_refused(list({row.customer_key.strip() for row in read.rows}), refusals), ERASED)


def _without(read: Read[ActivityIn], refused: Collection[str], code: str) -> Read[ActivityIn]:
    if not refused:
        return read
    parts, places = split(read.raw, read.form), _places(read)
    kept: list[int] = []
    told: list[Rejected] = []
    for number, row in enumerate(read.rows):
        if row.customer_key in refused or row.customer_key.strip() in refused:
            told.append(Rejected(places[number], code, "customer_key", {} if code == ERASED else {"value": row.customer_key}))
        else:
            kept.append(number)
    raw = b"[" + b",".join(parts[number] for number in kept) + b"]"
    return Read([read.rows[number] for number in kept], sorted([*read.rejected, *told], key=lambda each: each.index), raw, Form.ARRAY)


def _places(read: Read[ActivityIn]) -> list[int]:
    """Where in the body each row stood: the rejected ones took places too."""
    taken = {each.index for each in read.rejected}
    return [place for place in range(len(read.rows) + len(taken)) if place not in taken]
