"""What pages send counts for customers who exist: a key that anybody can read in a browser makes no customers."""

from __future__ import annotations

from liuke.connect.domain.activity import ActivityIn
from liuke.connect.domain.wire import Form, Read, Rejected, split
from liuke.facts.store.models import Customer

CODE = "customer_unknown"
"""`rejects.customer_unknown`."""


def known_only(read: Read[ActivityIn], *, workspace_id: int) -> Read[ActivityIn]:
    """The rows of known customers; the others are rejected, each at its place in the body."""
    keys = {row.customer_key for row in read.rows}
    known = set(Customer.objects.filter(workspace_id=workspace_id, key__in=keys).values_list("key", flat=True))
    if keys <= known:
        return read
    taken_before = {each.index for each in read.rejected}
    places = [place for place in range(len(read.rows) + len(taken_before)) if place not in taken_before]
    parts = split(read.raw, read.form)
    kept = [number for number, row in enumerate(read.rows) if row.customer_key in known]
    strange = [(places[number], row.customer_key) for number, row in enumerate(read.rows) if row.customer_key not in known]
    rejected = [*read.rejected, *(Rejected(place, CODE, "customer_key", {"value": key}) for place, key in strange)]
    raw = b"[" + b",".join(parts[number] for number in kept) + b"]"
    return Read([read.rows[number] for number in kept], sorted(rejected, key=lambda each: each.index), raw, Form.ARRAY)
