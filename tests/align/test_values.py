"""Cells to values, fault by fault."""

from __future__ import annotations

import pyarrow as pa
import pytest

from liuke.align.domain.entities import ENTITIES, MESSAGES, ORDERS, SURVEYS, Field, FieldType
from liuke.align.domain.values import Reading, chosen, read_values

READING = Reading("UTC")


def read(kind: FieldType, *cells: str, **settings: object) -> tuple[list[object], list[str]]:
    values, faults = read_values(pa.array(cells, pa.string()), Field("f", kind, "f", **settings), READING)  # type: ignore[arg-type]
    return values.to_pylist(), [fault.code for fault in faults if any(fault.rows.to_pylist())]


def test_a_number_as_key_loses_the_decimals_of_a_spreadsheet() -> None:
    assert read(FieldType.KEY, "13085.0", '="00123"', "'0042", " A-1 ") == (["13085", "00123", "0042", "A-1"], [])


def test_words_for_nothing_are_nothing() -> None:
    assert read(FieldType.NUMBER, "", "NULL", "N/A", "-", "无") == ([None] * 5, [])
    assert read(FieldType.TEXT, "-", "null") == (["-", None], [])


def test_a_required_cell_that_is_blank_is_a_fault() -> None:
    assert read(FieldType.KEY, "a", "  ", required=True)[1] == ["missing"]


def test_a_text_over_its_limit_is_a_fault() -> None:
    assert read(FieldType.TEXT, "四个汉字", "五个汉字了", longest=4)[1] == ["too_long"]


def test_a_number_below_the_least_is_a_fault() -> None:
    assert read(FieldType.MONEY, "-1", "0", least=0.0)[1] == ["too_small"]


def test_yes_and_no_in_two_languages() -> None:
    assert read(FieldType.BOOL, "是", "否", "TRUE", "0", "缺货", "maybe") == ([True, False, True, False, False, None], ["not_yes_or_no"])


@pytest.mark.parametrize(
    ("cell", "value"),
    [("已取消", "cancelled"), ("Refunded", "cancelled"), ("部分退货", "cancelled"), ("已发货", "placed"), ("随便", "placed")],
)
def test_an_order_status_means_cancelled_or_placed(cell: str, value: str) -> None:
    status = ORDERS.field("status")
    assert status
    assert chosen(cell, status) == value


def test_a_direction_that_is_unknown_is_a_fault_and_a_survey_of_ones_own_is_kept() -> None:
    direction, survey = MESSAGES.field("direction"), SURVEYS.field("survey")
    assert direction
    assert survey
    assert chosen("sideways", direction) is None
    assert chosen("年度NPS调查", survey) == "nps"
    assert chosen("园区问卷", survey) == "园区问卷"


def test_DAT_08_orders_carry_stock_and_delivery_and_every_entity_has_a_customer() -> None:
    assert {"in_stock", "promised_on", "delivered_on"} <= {field.name for field in ORDERS.fields}
    assert all(entity.field("customer_key") for entity in ENTITIES.values())
    assert len(ENTITIES) == 10
