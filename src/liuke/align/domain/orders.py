"""Order lines to activities: one `order.line` per line, one `order.placed` or `order.cancelled` per order id."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from liuke.align.domain.activities import activity_table, prefixed
from liuke.align.domain.ids import Occurrences, row_ids

ORDER_LINES = pa.schema(
    [
        pa.field("order_id", pa.string(), nullable=False),
        pa.field("line_id", pa.string()),
        pa.field("customer_key", pa.string(), nullable=False),
        pa.field("ts_us", pa.int64(), nullable=False),
        pa.field("sku", pa.string()),
        pa.field("description", pa.string()),
        pa.field("quantity", pa.float64()),
        pa.field("price", pa.float64()),
        pa.field("amount", pa.float64(), nullable=False),
        pa.field("cancelled", pa.bool_(), nullable=False),
        pa.field("in_stock", pa.bool_()),
        pa.field("late_days", pa.float64()),
    ]
)
"""Clean lines. `amount`: of the line, negative for returns. `cancelled`: the file says so (status). `late_days`: delivery
after the promised day, negative = early."""


def line_activities(lines: pa.Table, source: str, occurrences: Occurrences) -> pa.Table:
    """`order.line` rows of a chunk in ORDER_LINES. Identity: the given line id, else the content that never changes later
    (order, customer, time, article, quantity, price, amount) with its occurrence number."""
    content = [
        lines[name].combine_chunks() for name in ("order_id", "customer_key", "ts_us", "sku", "description", "quantity", "price", "amount")
    ]
    ids = row_ids(content, occurrences)
    given = lines["line_id"].combine_chunks()
    named = pc.coalesce(prefixed("line", pc.binary_join_element_wise(lines["order_id"].combine_chunks(), given, "/")), ids)
    attrs = {name: lines[name].combine_chunks() for name in ("order_id", "sku", "description", "quantity", "price")}
    return activity_table(
        source=source,
        activity_id=named,
        customer_key=lines["customer_key"].combine_chunks(),
        ts_us=lines["ts_us"].combine_chunks(),
        kind="order.line",
        value=lines["amount"].combine_chunks(),
        attrs=attrs,
    )


class OrderTotals:
    """Sums lines to orders across the chunks of a file; orders may be spread over it. Memory: one row per order."""

    def __init__(self) -> None:
        self._parts: list[pa.Table] = []
        self._rows = 0
        self._compacted = 0

    def add(self, lines: pa.Table) -> None:
        """Takes a chunk in ORDER_LINES."""
        numbered = lines.append_column("lines", pa.repeat(pa.scalar(1, pa.int64()), lines.num_rows))
        part = _totals(numbered)
        self._parts.append(part)
        self._rows += part.num_rows
        if self._rows > 2 * self._compacted + 500_000:
            self._compact()

    def _compact(self) -> None:
        if self._parts:
            self._parts = [_totals(pa.concat_tables(self._parts))]
            self._rows = self._compacted = self._parts[0].num_rows

    def finish(self, source: str) -> pa.Table:
        """The orders. Cancelled: every line says so, or the lines sum to less than nothing; its value is positive then.

        `ts` is the first line's; the customer is the alphabetically first, should an order name several.
        """
        self._compact()
        orders = self._parts[0] if self._parts else _totals(_numbered_empty())
        column = {name: orders[name].combine_chunks() for name in orders.column_names}
        amount = pc.round(column["amount"], 4)
        cancelled = pc.or_(column["cancelled"], pc.less(amount, 0))
        return activity_table(
            source=source,
            activity_id=prefixed("order", column["order_id"]),
            customer_key=column["customer_key"],
            ts_us=column["ts_us"],
            kind=pc.if_else(cancelled, "order.cancelled", "order.placed"),
            value=pc.if_else(cancelled, pc.abs(amount), amount),
            attrs={
                "order_id": column["order_id"],
                "lines": column["lines"],
                "quantity": column["quantity"],
                "short_of_stock": column["short"],
                "late_days": column["late_days"],
            },
        )


def _numbered_empty() -> pa.Table:
    return ORDER_LINES.empty_table().append_column("lines", pa.array([], pa.int64()))


def _totals(lines: pa.Table) -> pa.Table:
    """Lines, or totals of earlier chunks, to totals per order."""
    if "short" not in lines.column_names:
        lines = lines.append_column("short", pc.invert(lines["in_stock"]))
    grouped = lines.group_by("order_id", use_threads=False).aggregate(
        [
            ("customer_key", "min"),
            ("ts_us", "min"),
            ("amount", "sum"),
            ("quantity", "sum"),
            ("lines", "sum"),
            ("cancelled", "all"),
            ("short", "any"),
            ("late_days", "max"),
        ]
    )
    return grouped.rename_columns(["order_id", "customer_key", "ts_us", "amount", "quantity", "lines", "cancelled", "short", "late_days"])
