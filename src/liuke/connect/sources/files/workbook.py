"""Excel workbooks (.xlsx), read whole: size and rows are limited before and after opening."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from liuke.base.errors import Invalid, TooLarge
from liuke.connect.domain.chunk import Chunk
from liuke.connect.domain.detected import Detected, Format
from liuke.connect.domain.layout import header_place, named_columns
from liuke.connect.domain.limits import MEBIBYTE, Limits
from liuke.connect.sources.files.extent import cells_reserved

Cell = int | float | str | bool | time | date | datetime | timedelta
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+\d+:[A-Z]+(\d+)"')
_HEAD_ROWS = 300
_ENTRIES = 2_000


def guard(path: Path, limits: Limits) -> None:
    """Refuses what would not fit before anything is unpacked.

    Raises TooLarge `workbook_too_large`, `workbook_unpacked` (a zip bomb, or simply too much), `workbook_rows` or `workbook_cells`,
    Invalid `file_zip` for a zip that is no workbook, `workbook_broken`.
    """
    size = path.stat().st_size
    if size > limits.workbook_bytes:
        raise TooLarge("workbook_too_large", megabytes=size // MEBIBYTE, limit=limits.workbook_bytes // MEBIBYTE)
    try:
        with zipfile.ZipFile(path) as archive:
            names = _parts(archive, limits)
            rows = max(_stated_rows(archive, name) for name in names)
            cells = max(_cells(archive, name) for name in names)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError) as fault:
        raise Invalid("workbook_broken") from fault
    if rows > 50 * limits.workbook_rows:
        raise TooLarge("workbook_rows", rows=rows, limit=limits.workbook_rows)
    if cells > limits.workbook_cells:
        raise TooLarge("workbook_cells", cells=cells, limit=limits.workbook_cells)


def _parts(archive: zipfile.ZipFile, limits: Limits) -> list[str]:
    """The parts of a workbook that states a bearable size."""
    entries = archive.infolist()
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise Invalid("file_zip")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.workbook_unpacked_bytes or len(entries) > _ENTRIES:
        raise TooLarge("workbook_unpacked", limit=limits.workbook_unpacked_bytes // MEBIBYTE)
    return [entry.filename for entry in entries]


def _cells(archive: zipfile.ZipFile, name: str) -> int:
    """What a part would need if it were a sheet: a workbook may call any of its parts one."""
    with archive.open(name) as part:
        return cells_reserved(part)


def _stated_rows(archive: zipfile.ZipFile, name: str) -> int:
    """Rows that a sheet says it has; 0 where it does not say."""
    if not name.startswith("xl/worksheets/sheet"):
        return 0
    with archive.open(name) as sheet:
        found = _DIMENSION.search(sheet.read(4096))
    return int(found[1]) if found else 0


def _sheet(path: Path, limits: Limits, name: str) -> tuple[CalamineSheet, tuple[str, ...]]:
    guard(path, limits)
    try:
        book = CalamineWorkbook.from_path(path)
        names = tuple(book.sheet_names)
        if name and name not in names:
            raise Invalid("workbook_no_sheet", sheet=name, allowed=", ".join(names))
        sheet = book.get_sheet_by_name(name) if name else _first_filled(book)
    except CalamineError as fault:
        raise Invalid("workbook_broken") from fault
    if _last_row(sheet) - 1 > limits.workbook_rows:
        raise TooLarge("workbook_rows", rows=_last_row(sheet) - 1, limit=limits.workbook_rows)
    return sheet, names


def _last_row(sheet: CalamineSheet) -> int:
    """Number of the last filled row, counted from 1; 0 for an empty sheet."""
    return sheet.end[0] + 1 if sheet.end else 0


def _first_filled(book: CalamineWorkbook) -> CalamineSheet:
    sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
    return next((sheet for sheet in sheets if sheet.height > 1), book.get_sheet_by_index(0))


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """Every row that has a value, with its number in the sheet."""
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, [cell_text(cell) for cell in row]


def cell_text(cell: Cell) -> str:
    """A cell as the text that a CSV of the same sheet would hold: ISO dates, numbers without a trailing `.0`."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def detect_workbook(path: Path, limits: Limits, sheet: str = "") -> Detected:
    """Looks at the named sheet, or the first with rows. Raises Invalid or TooLarge with what is wrong."""
    found, names = _sheet(path, limits, sheet)
    records = list(islice(_rows(found), _HEAD_ROWS))
    rows = [row for _, row in records]
    place = header_place(rows)
    below = rows[place + 1 :]
    if not any(cell.strip() for row in below for cell in row):
        raise Invalid("file_only_header", columns=len(rows[place]))
    columns = named_columns(rows[place], below, limits)
    line = records[place][0]
    return Detected(Format.XLSX, columns, line, _last_row(found) - line, sheet=found.name, sheets=names)


def read_workbook(path: Path, detected: Detected, size: int, limits: Limits) -> Iterator[Chunk]:
    """The rows below the header, blank ones skipped."""
    sheet, _ = _sheet(path, limits, detected.sheet)
    places = [column.place for column in detected.columns]
    below = (record for record in _rows(sheet) if record[0] > detected.header_line and any(record[1]))
    while part := list(islice(below, size)):
        cells = list(zip(*(row for _, row in part), strict=True))
        yield Chunk(np.array([line for line, _ in part], np.int64), [pa.array(cells[place], pa.string()) for place in places])
