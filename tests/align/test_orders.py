"""Lines to orders."""

from __future__ import annotations

import json

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from liuke.align.domain.batch import ALIGNED_ACTIVITY_SCHEMA
from liuke.align.domain.ids import Occurrences
from liuke.align.domain.orders import ORDER_LINES, OrderTotals, line_activities


def lines(*rows: dict[str, object]) -> pa.Table:
    blank = {"customer_key": "c", "ts_us": 5, "sku": "s", "quantity": 1.0, "price": None, "amount": 1.0, "cancelled": False}
    return pa.Table.from_pylist([{**blank, **row} for row in rows], schema=ORDER_LINES)


def orders(*chunks: pa.Table) -> list[dict[str, object]]:
    totals = OrderTotals()
    for chunk in chunks:
        totals.add(chunk)
    return [{**row, "attrs": json.loads(row["attrs"])} for row in totals.finish("shop").to_pylist()]


def test_lines_of_an_order_sum_to_one_order_placed_at_the_first_line() -> None:
    (order,) = orders(lines({"order_id": "7", "amount": 2.5, "ts_us": 9}, {"order_id": "7", "amount": 4.0, "ts_us": 3}))
    assert (order["activity_id"], order["kind"], order["value"], order["ts_us"]) == ("order:7", "order.placed", 6.5, 3)
    assert order["attrs"] == {"order_id": "7", "lines": 2, "quantity": 2}


def test_an_order_below_nothing_is_a_cancellation_with_a_positive_value() -> None:
    (order,) = orders(lines({"order_id": "C1", "amount": -8.0, "quantity": -2.0}))
    assert (order["kind"], order["value"]) == ("order.cancelled", 8.0)


def test_an_order_is_cancelled_only_if_all_its_lines_are() -> None:
    kinds = {
        order["attrs"]["order_id"]: order["kind"]  # type: ignore[index]
        for order in orders(
            lines(
                {"order_id": "1", "cancelled": True},
                {"order_id": "1", "cancelled": True},
                {"order_id": "2", "cancelled": True},
                {"order_id": "2"},
            )
        )
    }
    assert kinds == {"1": "order.cancelled", "2": "order.placed"}


def test_DAT_08_shortage_and_lateness_of_a_line_mark_the_order() -> None:
    (order,) = orders(lines({"order_id": "1", "in_stock": True, "late_days": 0.0}, {"order_id": "1", "in_stock": False, "late_days": 3.0}))
    assert order["attrs"] == {"order_id": "1", "lines": 2, "quantity": 2, "short_of_stock": True, "late_days": 3}


@given(st.lists(st.tuples(st.sampled_from("1234"), st.integers(-5, 9)), min_size=1, max_size=30), st.integers(1, 6))
def test_orders_spread_over_chunks_sum_the_same(rows: list[tuple[str, int]], size: int) -> None:
    made = [{"order_id": order, "amount": float(amount)} for order, amount in rows]
    parts = [lines(*made[start : start + size]) for start in range(0, len(made), size)]

    def key(order: dict[str, object]) -> object:
        return order["activity_id"]

    assert sorted(orders(*parts), key=key) == sorted(orders(lines(*made)), key=key)


def test_no_lines_make_no_orders() -> None:
    assert orders() == []


def test_a_given_line_id_is_the_identity_of_the_line() -> None:
    table = line_activities(lines({"order_id": "7", "line_id": "2"}, {"order_id": "7"}), "shop", Occurrences())
    given_id, hashed = table["activity_id"].to_pylist()
    assert given_id == "line:7/2"
    assert len(hashed.split("-")[0]) == 24
    assert table.schema == ALIGNED_ACTIVITY_SCHEMA


def test_a_later_status_does_not_change_the_identity_of_a_line() -> None:
    before = line_activities(lines({"order_id": "7"}), "shop", Occurrences())
    after = line_activities(lines({"order_id": "7", "cancelled": True}), "shop", Occurrences())
    assert before["activity_id"] == after["activity_id"]
