"""Delimited text: what is written is read back, and what cannot be read is told."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from liuke.base.errors import Invalid, LiukeError, TooLarge
from liuke.base.words import render
from liuke.connect.domain.detected import Detected
from liuke.connect.domain.limits import Limits
from liuke.connect.sources.files.rows import detect, read_chunks

CHINESE = "订单号,客户,日期\n1,甲公司,2024-01-01\n2,乙公司,2024-01-02\n"


def write(folder: Path, content: bytes | str, encoding: str = "utf-8") -> Path:
    path = folder / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def rows_of(path: Path, detected: Detected, size: int = 1000) -> list[tuple[str, ...]]:
    return [
        row
        for chunk in read_chunks(path, detected, size=size)
        for row in zip(*(column.to_pylist() for column in chunk.columns), strict=True)
    ]


def fault(folder: Path, content: bytes | str, limits: Limits | None = None) -> LiukeError:
    with pytest.raises((Invalid, TooLarge)) as caught:
        detect(write(folder, content), limits=limits or Limits())
    for language in ("zh-CN", "en"):
        text = render(f"errors.{caught.value.code}", caught.value.params, language=language)
        assert text != f"errors.{caught.value.code}"
    return caught.value


cells = st.text(
    st.characters(codec="gb18030", exclude_categories=["Cs", "Cc"], include_characters='\n"', exclude_characters="\ufeff\x85\u2028\u2029"),
    max_size=6,
)
tables = st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=8))


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    tables,
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(1, 5),
)
def test_any_rows_read_back_the_same_in_every_encoding_and_delimiter(  # noqa: PLR0917
    tmp_path: Path, table: list[list[str]], encoding: str, delimiter: str, ending: str, size: int
) -> None:
    assume(any(cell.strip() for row in table for cell in row))
    header = ["客户编号", "日期说明", "备注文字", "渠道来源"][: len(table[0])]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows([header, *table])
    path = write(tmp_path, text.getvalue(), encoding)
    detected = detect(path, encoding="gb18030" if encoding == "gb18030" else "")
    assert detected.names == header
    assert rows_of(path, detected, size) == [tuple(row) for row in table if any(row)]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16")],
)
def test_the_encoding_of_chinese_text_is_found(tmp_path: Path, encoding: str, found: str) -> None:
    detected = detect(write(tmp_path, CHINESE, encoding))
    assert detected.encoding == found
    assert detected.names == ["订单号", "客户", "日期"]


def test_western_letters_without_utf_8_are_windows_1252(tmp_path: Path) -> None:
    path = write(tmp_path, "name,city,no\nCafé Müller,Genève,1\nJosé,Málaga,2\n", "windows-1252")
    detected = detect(path)
    assert detected.encoding == "windows-1252"
    assert rows_of(path, detected)[0] == ("Café Müller", "Genève", "1")


def test_utf_16_without_a_mark_is_found(tmp_path: Path) -> None:
    assert detect(write(tmp_path, "name,city\nJohn,London\n", "utf-16-le")).encoding == "utf-16-le"


def test_lines_are_physical_even_below_cells_with_line_breaks(tmp_path: Path) -> None:
    path = write(tmp_path, 'a,b\n1,"x\ny"\n2,z\n')
    (chunk,) = read_chunks(path, detect(path))
    assert chunk.lines.tolist() == [2, 4]


def test_titles_and_blank_rows_above_the_header_are_skipped(tmp_path: Path) -> None:
    path = write(tmp_path, "销售明细,,\n,,\n订单号,客户,金额\n1,甲,5\n2,乙,6\n")
    detected = detect(path)
    assert (detected.header_line, detected.names) == (3, ["订单号", "客户", "金额"])
    assert rows_of(path, detected) == [("1", "甲", "5"), ("2", "乙", "6")]


def test_short_rows_are_filled_and_longer_ones_told(tmp_path: Path) -> None:
    path = write(tmp_path, "a,b,c\n1,2\n1,2,3,4\n1,2,3,\n\n5,6,7\n")
    (chunk,) = read_chunks(path, detect(path))
    assert chunk.columns[2].to_pylist() == ["", "3", "7"]
    assert [(row.line, row.code) for row in chunk.broken] == [(3, "too_many_cells")]


def test_a_column_without_name_and_values_is_dropped(tmp_path: Path) -> None:
    path = write(tmp_path, "a,,b,\n1,,2,\n")
    detected = detect(path)
    assert detected.names == ["a", "b"]
    assert rows_of(path, detected) == [("1", "2")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\n \n\n", "file_only_blank"),
        ("订单号,客户\n", "file_only_header"),
        ("1,2024-01-01,5\n2,2024-01-02,6\n", "file_no_header"),
        ("a,b,a\n1,2,3\n", "file_duplicate_headers"),
        ("a,,c\n1,2,3\n", "file_blank_header"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file_binary"),
        (bytes(range(1, 32)) * 40, "file_binary"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "file_xls"),
        (b"PK\x03\x04broken", "workbook_broken"),
        (b"\x1f\x8b\x08packed", "file_zip"),
        ("订单号,客户\n1,甲\n".encode() + "2,乙公司丙公司\n".encode("gb18030") + b"\xff\xff\n", "file_encoding"),
        (b"\xff\xfea\0,\0b\0\n\0" + b"\x00\xd8x\0", "file_encoding"),
        ('a,b\n1,"' + "x" * 300, "file_cell_too_long"),
    ],
)
def test_bad_input_is_answered_with_what_is_wrong(tmp_path: Path, content: bytes | str, code: str) -> None:
    assert fault(tmp_path, content, Limits(cell_characters=200)).code == code


def test_a_wrong_encoding_names_the_line(tmp_path: Path) -> None:
    error = fault(tmp_path, "订单号,客户\n1,甲\n".encode() + b"2,\xff\xff\n")
    assert (error.code, error.params["line"]) == ("file_encoding", 3)


def test_a_chosen_encoding_that_does_not_fit_is_told(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="file_encoding"):
        detect(write(tmp_path, CHINESE, "gb18030"), encoding="utf-8")


def test_sizes_over_the_limit_name_the_limit(tmp_path: Path) -> None:
    assert fault(tmp_path, CHINESE, Limits(file_bytes=10)).code == "file_too_large"
    error = fault(tmp_path, CHINESE, Limits(columns=2))
    assert (error.code, error.params["limit"]) == ("file_too_many_columns", 2)


def test_what_was_detected_survives_as_plain_data(tmp_path: Path) -> None:
    from liuke.connect.domain.detected import from_data

    detected = detect(write(tmp_path, CHINESE))
    assert from_data(detected.to_data()) == detected
