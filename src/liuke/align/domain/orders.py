"""Order rows to activities: one `order.line` per line; orders that come without lines are `order.placed` directly.

The totals of orders with lines are not made here: the warehouse computes `order:<order id>` from all stored lines of an order,
so that lines arriving in several files still make one true order.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liuke.align.domain.activities import activity_table, prefixed
from liuke.align.domain.events import Alignment, attrs_of, column
from liuke.align.domain.ids import row_ids
from liuke.align.domain.moments import days_between

IDENTITY = ("order_id", "customer_key", "ordered_at", "sku", "description", "quantity", "price", "amount")
"""What a line without an id is known by: the content that does not change later (no status, no delivery)."""
TAKEN_BACK = "entry.taken_back"
"""The kind that stands in the place of a row that no longer counts; orders that have no line left have no total either."""
LINE_FIELDS = frozenset({"line_id", "sku", "description", "quantity", "price"})
"""Any of these mapped makes the rows of an order file lines."""


def amounts(rows: pa.Table) -> pa.Array:
    """The amount of each row, negative for returns: as given, else quantity times price."""
    product = pc.multiply(column(rows, "quantity"), column(rows, "price"))
    amount = pc.coalesce(column(rows, "amount"), product).to_numpy(zero_copy_only=False)
    return pa.array(np.round(amount, 4), pa.float64(), from_pandas=True)


def _numbered(rows: pa.Table) -> pa.Table:
    """Rows of a file without order numbers: what a customer bought at one moment is one order, `<customer>@<microseconds>`."""
    moment = pc.binary_join_element_wise(column(rows, "customer_key"), pc.cast(column(rows, "ordered_at"), pa.string()), "@")
    place = rows.schema.get_field_index("order_id")
    return rows.set_column(place, "order_id", pc.coalesce(column(rows, "order_id"), moment))


def _details(rows: pa.Table) -> pa.Table:
    """Rows with `cancelled`, `in_stock` and `late_days` as the warehouse reads them; null where the file does not say."""
    cancelled = pc.equal(column(rows, "status"), "cancelled")
    details = {
        "cancelled": pc.if_else(cancelled, True, None),
        "late_days": days_between(column(rows, "delivered_on"), column(rows, "promised_on")),
    }
    for name, values in details.items():
        rows = rows.append_column(name, pc.cast(values, pa.bool_() if name == "cancelled" else pa.float64()))
    return rows


def _withdrawn(rows: pa.Table) -> pa.Array:
    """Rows of what no longer counts: un-audited or deleted where they come from."""
    return pc.fill_null(pc.equal(column(rows, "status"), "withdrawn"), False)


def line_rows(rows: pa.Table, how: Alignment) -> list[pa.Table]:
    """`order.line` [amount] for clean rows of `entities.ORDERS` that are lines; TAKEN_BACK for withdrawn ones."""
    rows = _details(_numbered(rows))
    content = [amounts(rows) if name == "amount" else column(rows, name) for name in IDENTITY]
    given = pc.binary_join_element_wise(column(rows, "order_id"), column(rows, "line_id"), "/")
    ids = prefixed("line", given) if given.null_count == 0 else pc.coalesce(prefixed("line", given), row_ids(content, how.occurrences))
    names = ("order_id", "sku", "description", "quantity", "price", "cancelled", "in_stock", "late_days")
    return [
        activity_table(
            source=how.source,
            activity_id=ids,
            customer_key=column(rows, "customer_key"),
            ts_us=column(rows, "ordered_at"),
            kind=pc.if_else(_withdrawn(rows), TAKEN_BACK, "order.line"),
            value=content[-1],
            channel=column(rows, "channel"),
            actor=column(rows, "actor"),
            attrs=attrs_of(rows, names, how),
        )
    ]


def order_rows(rows: pa.Table, how: Alignment) -> list[pa.Table]:
    """`order.placed` or `order.cancelled` [amount, positive] for clean rows that are whole orders."""
    rows = _details(rows)
    rows = rows.append_column("short_of_stock", pc.invert(column(rows, "in_stock")))
    amount = amounts(rows)
    cancelled = pc.or_(pc.fill_null(column(rows, "cancelled"), False), pc.less(amount, 0))
    return [
        activity_table(
            source=how.source,
            activity_id=prefixed("order", column(rows, "order_id")),
            customer_key=column(rows, "customer_key"),
            ts_us=column(rows, "ordered_at"),
            kind=pc.if_else(_withdrawn(rows), TAKEN_BACK, pc.if_else(cancelled, "order.cancelled", "order.placed")),
            value=pc.if_else(cancelled, pc.abs(amount), amount),
            channel=column(rows, "channel"),
            actor=column(rows, "actor"),
            attrs=attrs_of(rows, ("order_id", "short_of_stock", "late_days"), how),
        )
    ]
