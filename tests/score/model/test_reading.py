"""The kinds of columns that nobody declared."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from liuke.score.model import Column, table_of


def kinds(**columns: list[object]) -> dict[str, str]:
    return {column.name: column.kind for column in table_of(pa.table(columns)).columns}


def test_texts_of_numbers_are_numbers_and_the_odd_blank_is_missing() -> None:
    table = table_of(pa.table({"total": ["29.85", " 1889.5 ", "", "-3", "1e3"] * 5 + ["x"]}))
    assert table.columns[0].kind == "number"
    assert table.number("total")[:2].tolist() == [29.85, 1889.5]
    assert np.isnan(table.number("total")[[2, 25]]).all()
    assert table.number("total")[4] == 1000.0


@pytest.mark.parametrize("text", ["2024-01-05", "2024/1/5", "2024.01.05", "2024年1月5日", "2024-01-05 13:30:00"])
def test_texts_of_days_are_days_since_1970(text: str) -> None:
    table = table_of(pa.table({"since": [text, None]}))
    assert table.columns[0].kind == "number"
    assert table.number("since")[0] == (dt.date(2024, 1, 5) - dt.date(1970, 1, 1)).days
    assert np.isnan(table.number("since")[1])


def test_times_dates_truths_and_decimals_are_numbers() -> None:
    moment = dt.datetime(1970, 1, 3, 12, tzinfo=dt.UTC)
    table = table_of(
        pa.table({"at": [moment], "on": [dt.date(1970, 1, 3)], "yes": [True], "price": [Decimal("2.50")], "none": pa.nulls(1)})
    )
    assert [column.kind for column in table.columns] == ["number"] * 5
    assert [table.number(name)[0] for name in ("at", "on", "yes", "price")] == [2.5, 2.0, 1.0, 2.5]
    assert np.isnan(table.number("none")[0])


def test_short_words_are_categories_and_long_different_texts_are_texts() -> None:
    long = [f"客户反映第{number}次物流太慢，客服一直没有回复，想退货也找不到入口，非常失望" for number in range(30)]
    assert kinds(city=["上海", "北京", None] * 10, said=long) == {"city": "category", "said": "text"}


def test_a_missing_word_is_an_empty_one() -> None:
    assert table_of(pa.table({"city": ["上海", None, " "]})).words("city").tolist() == ["上海", "", ""]


def test_infinite_numbers_are_missing() -> None:
    assert np.isnan(table_of(pa.table({"ratio": [1.0, float("inf")]})).number("ratio")[1])


def test_what_is_declared_counts_and_what_is_left_out_is_not_read() -> None:
    declared = {"code": Column("code", "category", family="place"), "days": Column("days", monotone=1)}
    table = table_of(pa.table({"code": [1, 2], "days": [3, 4], "id": [5, 6]}), declared=declared, leave_out=["id"])
    assert table.columns == (declared["code"], declared["days"])
    assert table.words("code").tolist() == ["1", "2"]


def test_numbers_written_as_words_are_no_numbers() -> None:
    assert kinds(mixed=["1", "2", "a", "b"] * 5) == {"mixed": "category"}
