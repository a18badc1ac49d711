"""Workbooks: limits before opening, and the same text as a CSV of the sheet."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from liuke.base.errors import Invalid, TooLarge
from liuke.connect.domain.detected import Format
from liuke.connect.domain.limits import Limits
from liuke.connect.sources.files.rows import detect, read_chunks

ROWS = [["订单号", "日期", "金额", "已付"], ["A1", datetime(2024, 1, 5, 8, 30), 12.5, True], ["A2", date(2024, 1, 6), 13085.0, False]]  # noqa: DTZ001


def book(folder: Path, rows: list[list[object]], *, first: str = "A1", second: list[list[object]] | None = None) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "销售"
    start = sheet[first]
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            sheet.cell(start.row + down, start.column + right, value)
    if second is not None:
        other = workbook.create_sheet("退货")
        for row in second:
            other.append(row)
    workbook.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def table(path: Path, **settings: str) -> list[tuple[str, ...]]:
    detected = detect(path, **settings)  # type: ignore[arg-type]
    return [row for chunk in read_chunks(path, detected) for row in zip(*(column.to_pylist() for column in chunk.columns), strict=True)]


def test_cells_are_read_as_the_text_a_csv_would_hold(tmp_path: Path) -> None:
    assert table(book(tmp_path, ROWS)) == [("A1", "2024-01-05 08:30:00", "12.5", "true"), ("A2", "2024-01-06", "13085", "false")]


def test_a_table_anywhere_on_the_sheet_is_found_with_its_row_numbers(tmp_path: Path) -> None:
    path = book(tmp_path, [["年度销售", None, None, None], [None] * 4, *ROWS], first="C4")
    detected = detect(path)
    assert (detected.format, detected.header_line, detected.rows) == (Format.XLSX, 6, 2)
    (chunk,) = read_chunks(path, detected)
    assert chunk.lines.tolist() == [7, 8]


def test_a_merged_title_above_the_header_does_not_hide_it(tmp_path: Path) -> None:
    path = book(tmp_path, [["销售明细表", None, None, None], *ROWS])
    workbook = __import__("openpyxl").load_workbook(path)
    workbook.active.merge_cells("A1:D1")
    workbook.save(path)
    assert detect(path).names == ["订单号", "日期", "金额", "已付"]


def test_sheets_are_listed_and_can_be_chosen(tmp_path: Path) -> None:
    path = book(tmp_path, ROWS, second=[["单号", "数"], ["R1", 1]])
    assert detect(path).sheets == ("销售", "退货")
    assert table(path, sheet="退货") == [("R1", "1")]
    with pytest.raises(Invalid, match="workbook_no_sheet"):
        detect(path, sheet="库存")


def test_an_empty_first_sheet_is_passed_over(tmp_path: Path) -> None:
    assert detect(book(tmp_path, [], second=[["单号", "数"], ["R1", 1]])).sheet == "退货"


def test_rows_over_the_limit_are_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(TooLarge) as caught:
        detect(book(tmp_path, ROWS), limits=Limits(workbook_rows=1))
    assert caught.value.code == "workbook_rows"
    assert caught.value.params == {"rows": 2, "limit": 1}


def test_a_sheet_that_says_it_is_huge_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", '<worksheet><dimension ref="A1:H1048576"/>')
    with pytest.raises(TooLarge, match="workbook_rows"):
        detect(path, limits=Limits(workbook_rows=20_000))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 3_000_000)
    with pytest.raises(TooLarge, match="workbook_unpacked"):
        detect(path, limits=Limits(workbook_unpacked_bytes=1_000_000))


def test_a_large_workbook_is_refused_by_size(tmp_path: Path) -> None:
    with pytest.raises(TooLarge, match="workbook_too_large"):
        detect(book(tmp_path, ROWS), limits=Limits(workbook_bytes=100))


def test_a_plain_zip_and_a_damaged_workbook_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("orders.csv", "a,b\n1,2\n")
    with pytest.raises(Invalid, match="file_zip"):
        detect(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "not xml")
    with pytest.raises(Invalid, match="workbook_broken"):
        detect(path)


@pytest.mark.parametrize(
    ("rows", "code"), [([], "file_only_blank"), ([["a", "b"]], "file_only_header"), ([["a", "a"], [1, 2]], "file_duplicate_headers")]
)
def test_a_sheet_without_a_table_is_told(tmp_path: Path, rows: list[list[object]], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        detect(book(tmp_path, rows))


def far(folder: Path, sheet: str) -> Path:
    """A workbook whose first sheet is replaced by this XML."""
    path = book(folder, [["a"], [1]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELL = "<v>1</v></c>"
FAR = {
    "two corners": f'<row r="1"><c r="A1">{CELL}</row><row r="1048576"><c r="XFD1048576">{CELL}</row>',
    "single quotes": f"<row r='1'><c r='A1'>{CELL}</row><row r='9'><c  r = 'XFD1048576' >{CELL}</row>",
    "rows that do not say where": f'<row><c>{CELL}</row>{"<row/>" * 200_000}<row><c r="XFD200002">{CELL}</row>',
    "nor cells": f"<row><c>{CELL}</row>{'<row/>' * 200_000}<row>{('<c>' + CELL) * 16_000}</row>",
}


@pytest.mark.parametrize("sheet", FAR.values(), ids=FAR)
def test_a_far_away_cell_does_not_take_the_memory_of_everything_between(tmp_path: Path, sheet: str) -> None:
    """Setting half a terabyte aside would end the whole process, not only the import."""
    with pytest.raises(TooLarge, match="workbook_cells"):
        detect(far(tmp_path, sheet))


def test_rows_and_cells_that_do_not_say_where_they_are_are_read(tmp_path: Path) -> None:
    """Some programs write them so."""
    text = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in ("a", "b"))
    assert table(far(tmp_path, f"<row>{text}</row><row><c>{CELL}<c>{CELL}</row>")) == [("1", "1")]
