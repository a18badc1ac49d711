"""Delimiter, header and columns of a table."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.errors import Invalid
from liuke.connect.domain.layout import column_letter, header_place, named_columns, sniff_delimiter
from liuke.connect.domain.limits import Limits

word = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=8)


@given(
    st.integers(2, 6).flatmap(lambda width: st.lists(st.lists(word, min_size=width, max_size=width), min_size=2, max_size=20)),
    st.sampled_from(",\t;|"),
)
def test_the_delimiter_of_a_table_is_found(table: list[list[str]], delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(table)
    assert sniff_delimiter(text.getvalue().splitlines(keepends=True)) == delimiter


def test_commas_inside_cells_do_not_outweigh_the_real_delimiter() -> None:
    lines = ["name;note;sum\n", "a;x, y, z;1,5\n", "b;p;2,5\n", "c;q, r;3,0\n"]
    assert sniff_delimiter(lines) == ";"


def test_a_single_column_is_read_with_commas() -> None:
    assert sniff_delimiter(["name\n", "a\n", "b\n"]) == ","


def test_the_header_is_below_titles_and_notes() -> None:
    rows = [["2024 销售报表", "", ""], ["", "", ""], ["制表:", "张三", ""], ["订单号", "客户", "金额"], ["1", "甲", "5"], ["2", "乙", "6"]]
    assert header_place([rows[0], rows[1], *rows[3:]]) == 2


@pytest.mark.parametrize("row", [["1", "2024-01-05", "9.5"], ["¥5", "12", "K1"], ["2024/1/5 10:00", "3", "x"]])
def test_a_first_row_of_values_is_no_header(row: list[str]) -> None:
    with pytest.raises(Invalid, match="file_no_header"):
        header_place([row, row])


def test_numbers_in_a_few_headers_are_fine() -> None:
    assert header_place([["客户", "2023", "备注", "金额"], ["甲", "1", "x", "5"]]) == 0


def test_headers_lose_line_breaks_and_marks() -> None:
    (column,) = named_columns(["\ufeff订单\n编号 "], [["1"]], Limits())
    assert (column.name, column.samples) == ("订单 编号", ("1",))


def test_twice_used_names_are_told_with_their_letters() -> None:
    with pytest.raises(Invalid) as caught:
        named_columns(["a", "b", "a ", "", ""], [["1", "2", "3"]], Limits())
    assert caught.value.params == {"names": "a", "columns": "A, C"}


@given(st.integers(0, 20_000))
def test_column_letters_count_like_a_spreadsheet(place: int) -> None:
    number = 0
    for letter in column_letter(place):
        number = number * 26 + ord(letter) - 64
    assert number == place + 1
