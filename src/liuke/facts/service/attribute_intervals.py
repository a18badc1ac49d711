"""Attributes with their validity as one table, for readers that are not ours (the lake): what `attributes_at` goes by, for every moment."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyarrow as pa

from liuke.accounts.store.models import Workspace
from liuke.base.times import to_us
from liuke.facts.store.models import AttributeVersion, Customer
from liuke.facts.store.versions import OWNER

INTERVALS = pa.schema(
    [
        pa.field("customer_id", pa.int64(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("value", pa.string()),
        pa.field("valid_from_us", pa.int64()),
        pa.field("valid_to_us", pa.int64()),
    ]
)
"""`value` is JSON text. `[valid_from_us, valid_to_us)`: UTC microseconds; without a start, today's value that no interval tells of."""
CUSTOMERS = pa.schema(
    [
        pa.field("customer_id", pa.int64(), nullable=False),
        pa.field("status", pa.string(), nullable=False),
        pa.field("owner", pa.int64()),
        pa.field("registered_us", pa.int64()),
    ]
)
"""No names, numbers or contacts: the lake is read by more machines than the application."""
CHUNK = 5_000
_Interval = tuple[int, str, str | None, int | None, int | None]


def attribute_intervals(workspace: Workspace) -> pa.Table:
    """Every attribute and owner of the workspace's customers, by customer, name and start."""
    rows = sorted((*_intervals(workspace), *_today(workspace)), key=lambda row: (row[0], row[1], row[3] or 0))
    columns: list[list[object]] = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in INTERVALS]
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, INTERVALS, strict=True)], schema=INTERVALS)


def customer_heads(workspace: Workspace) -> pa.Table:
    """The workspace's customers by rising id, as the lake may know them."""
    found = Customer.objects.filter(workspace=workspace).order_by("pk")
    rows = list(found.values_list("pk", "status", "owner_id", "registered_at").iterator(CHUNK))
    registered = [None if row[3] is None else to_us(row[3]) for row in rows]
    columns: list[list[object]] = [[row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows], [*registered]]
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, CUSTOMERS, strict=True)], schema=CUSTOMERS)


def _intervals(workspace: Workspace) -> Iterator[_Interval]:
    found = AttributeVersion.objects.filter(customer__workspace=workspace)
    for customer, name, value, start, end in found.values_list("customer_id", "name", "value", "valid_from", "valid_to").iterator(CHUNK):
        yield customer, name, _text(value), to_us(start), None if end is None else to_us(end)


def _today(workspace: Workspace) -> Iterator[_Interval]:
    """Values of today that no interval tells of."""
    told = set(AttributeVersion.objects.filter(customer__workspace=workspace).values_list("customer_id", "name").distinct())
    found = Customer.objects.filter(workspace=workspace)
    for customer, attributes, owner in found.values_list("pk", "attributes", "owner_id").iterator(CHUNK):
        for name, value in {**attributes, OWNER: owner}.items():
            if value not in (None, "") and (customer, name) not in told:
                yield customer, name, _text(value), None, None


def _text(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
