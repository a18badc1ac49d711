"""A mapping checked against a file."""

from __future__ import annotations

import pytest

from liuke.align.domain.mapping import REJECT_HEADERS, ColumnMapping, mapping_from_data, plan_import
from liuke.base.errors import Invalid
from liuke.base.words import LANGUAGES, render
from liuke.connect.domain.detected import Column

COLUMNS = [
    Column("no", 0, ("1",)),
    Column("who", 1, ("a",)),
    Column("when", 2, ("2011-09-01",)),
    Column("sum", 3, ("5",)),
    Column("x", 4, ("y",)),
]
WHOLE = {"no": "order_id", "who": "customer_key", "when": "ordered_at", "sum": "amount"}


def fault(columns: dict[str, str]) -> Invalid:
    with pytest.raises(Invalid) as caught:
        plan_import(ColumnMapping("orders", columns), COLUMNS, "UTC")
    return caught.value


def test_missing_fields_are_named_all_at_once_with_the_headers_that_would_do() -> None:
    error = fault({"no": "order_id"})
    assert error.code == "mapping_missing"
    assert error.params["fields"] == "customer_key, ordered_at, amount"
    assert "客户编号" in str(error.params["accepted"])


def test_an_amount_may_be_quantity_and_price() -> None:
    plan_import(ColumnMapping("orders", {**WHOLE, "sum": "quantity", "x": "price"}), COLUMNS, "UTC")


def test_unknown_columns_fields_and_double_use_are_told() -> None:
    assert fault({**WHOLE, "gone": "sku"}).code == "mapping_unknown_columns"
    assert fault({**WHOLE, "x": "colour"}).code == "mapping_unknown_fields"
    assert fault({**WHOLE, "x": "amount"}).code == "mapping_twice"


def test_the_rest_is_kept_only_where_wanted() -> None:
    assert plan_import(ColumnMapping("orders", WHOLE), COLUMNS, "UTC").kept == [("x", 4)]
    bare = plan_import(ColumnMapping("orders", WHOLE, keep_rest=False), COLUMNS, "UTC")
    assert (bare.kept, bare.placed, bare.has_lines) == ([], 0.8, False)


def test_plain_data_reads_back() -> None:
    mapping = mapping_from_data({"entity": "orders", "columns": WHOLE, "date_order": "dmy", "sheet": None, "keep_rest": False})
    assert mapping_from_data(mapping.to_data()) == mapping


@pytest.mark.parametrize(
    "data",
    [
        {"entity": "cars"},
        {"entity": "orders", "date_order": "xyz"},
        {"entity": "orders", "encoding": "ebcdic"},
        {"entity": "orders", "columns": [1]},
    ],
)
def test_a_mapping_that_makes_no_sense_says_what_is_allowed(data: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        mapping_from_data(data)


def test_a_file_of_orders_may_lack_their_numbers_and_then_holds_lines() -> None:
    bare = {target: name for name, target in (("customer_key", "who"), ("ordered_at", "when"), ("amount", "sum"))}
    assert plan_import(ColumnMapping("orders", bare), COLUMNS, "UTC").has_lines


def test_our_own_columns_of_rejects_are_known_in_every_language() -> None:
    assert {render(key, {}, language=language) for key in ("rejects.line", "rejects.reason") for language in LANGUAGES} == REJECT_HEADERS
