"""Order rows to activities."""

from __future__ import annotations

import json

import pyarrow as pa

from liuke.align.domain.batch import ALIGNED_ACTIVITY_SCHEMA
from liuke.align.domain.entities import ORDERS
from liuke.align.domain.events import Alignment
from liuke.align.domain.orders import line_rows, order_rows


def rows(*given: dict[str, object]) -> pa.Table:
    blank = {"order_id": "7", "customer_key": "c", "ordered_at": 5}
    return pa.Table.from_pylist([{**blank, **row} for row in given], schema=ORDERS.schema)


def how() -> Alignment:
    return Alignment(source="shop", zone="UTC", now_us=10**15)


def lines(*given: dict[str, object]) -> list[dict[str, object]]:
    (table,) = line_rows(rows(*given), how())
    assert table.schema == ALIGNED_ACTIVITY_SCHEMA
    return [{**row, "attrs": json.loads(row["attrs"])} for row in table.to_pylist()]


def orders(*given: dict[str, object]) -> list[dict[str, object]]:
    (table,) = order_rows(rows(*given), how())
    return [{**row, "attrs": json.loads(row["attrs"])} for row in table.to_pylist()]


def test_the_amount_of_a_line_is_quantity_times_price_unless_given() -> None:
    first, second = lines({"quantity": 3.0, "price": 1.3}, {"quantity": 3.0, "price": 1.3, "amount": 3.5})
    assert (first["value"], second["value"]) == (3.9, 3.5)
    assert first["attrs"] == {"order_id": "7", "quantity": 3, "price": 1.3}


def test_identical_lines_of_a_file_are_kept_apart() -> None:
    first, second = lines({"sku": "a", "amount": 1.0}, {"sku": "a", "amount": 1.0})
    assert first["activity_id"] != second["activity_id"]


def test_a_given_line_id_is_the_identity_of_the_line() -> None:
    given, hashed = lines({"line_id": "2", "amount": 1.0}, {"amount": 1.0})
    assert given["activity_id"] == "line:7/2"
    assert len(str(hashed["activity_id"]).split("-")[0]) == 24


def test_a_later_status_or_delivery_does_not_change_the_identity_of_a_line() -> None:
    (before,) = lines({"amount": 1.0})
    (after,) = lines({"amount": 1.0, "status": "cancelled", "in_stock": False})
    assert before["activity_id"] == after["activity_id"]
    assert after["attrs"] == {"order_id": "7", "cancelled": True, "in_stock": False}


def test_DAT_08_a_line_delivered_after_the_promised_day_says_how_late() -> None:
    from datetime import date

    (line,) = lines({"amount": 1.0, "promised_on": date(2011, 9, 1), "delivered_on": date(2011, 9, 4)})
    assert line["attrs"] == {"order_id": "7", "late_days": 3}


def test_an_order_without_lines_is_placed_directly() -> None:
    (order,) = orders({"amount": 8.0})
    assert (order["activity_id"], order["kind"], order["value"]) == ("order:7", "order.placed", 8.0)


def test_a_cancelled_or_negative_order_is_a_cancellation_with_a_positive_value() -> None:
    first, second = orders({"amount": -8.0}, {"order_id": "8", "amount": 5.0, "status": "cancelled"})
    assert [(order["kind"], order["value"]) for order in (first, second)] == [("order.cancelled", 8.0), ("order.cancelled", 5.0)]


def test_kept_columns_travel_with_the_line() -> None:
    table = rows({"amount": 1.0}).append_column("attr:仓库", pa.array(["北京"]))
    (made,) = line_rows(table, how())
    assert json.loads(made["attrs"][0].as_py()) == {"仓库": "北京", "order_id": "7"}


def test_without_order_numbers_one_moment_of_a_customer_is_one_order() -> None:
    first, second = lines({"order_id": None, "amount": 1.0}, {"order_id": None, "amount": 2.0})
    assert first["attrs"] == second["attrs"] == {"order_id": "c@5"}
    assert first["activity_id"] != second["activity_id"]
