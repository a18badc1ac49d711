# ruff: noqa: E501
"""Numbers and money as people write them."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.align.domain.numbers import parse_numbers, uses_decimal_comma


def number(text: str, *, decimal_comma: bool = False) -> float | None:
    value: float | None = parse_numbers(pa.array([text]), decimal_comma=decimal_comma)[0].as_py()
    return value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("￥1,234.50", 1234.5), ("¥8", 8), ("$3.20", 3.2), ("£ 1,000", 1000), ("1.2万", 12000), ("3亿", 3e8), ("5元", 5), ("(300.00)", -300),
        ("-12", -12), ("12-", -12), ("RMB 12", 12), ("12 CNY", 12), ("1e3", 1000), ("12，345", 12345), ("−7", -7), ("12,3456", 123456),
    ],
)  # fmt: skip
def test_money_is_read_however_it_is_written(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["abc", "1,2,3", "12.3.4", "--5", "inf", "NaN", "13800138000999", "5个", "1/2", "."])
def test_garbled_money_is_no_number(text: str) -> None:
    assert number(text) is None


def test_a_decimal_comma_is_found_and_read() -> None:
    assert uses_decimal_comma(["1.234,56", "7,50"])
    assert not uses_decimal_comma(["1,234.56"])
    assert not uses_decimal_comma(["1,5", "1,234"])
    assert number("1.234,56", decimal_comma=True) == 1234.56


@given(st.decimals(-(10**9), 10**9, places=2))
def test_every_amount_survives_thousands_separators(amount: object) -> None:
    assert number(f"{amount:,}") == float(str(amount))
