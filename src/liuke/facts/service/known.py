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
    taken_before = {each.index for each in read.rejected}
    places = [place for place in range(len(read.rows) + len(taken_before)) if place not in taken_before]
    parts = split(read.raw, read.form)
    is_kept = [row.customer_key not in refused and row.customer_key.strip() not in refused for row in read.rows]
    kept = [number for number, keep in enumerate(is_kept) if keep]
    strange = [(places[number], row.customer_key) for number, row in enumerate(read.rows) if not is_kept[number]]
    told = [Rejected(place, code, "customer_key", {} if code == ERASED else {"value": key}) for place, key in strange]
    raw = b"[" + b",".join(parts[number] for number in kept) + b"]"
    return Read([read.rows[number] for number in kept], sorted([*read.rejected, *told], key=lambda each: each.index), raw, Form.ARRAY)
