"""Delimited text: found encoding, sniffed delimiter, streamed in chunks with physical line numbers."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

import numpy as np
import pyarrow as pa

from liuke.base.errors import Invalid
from liuke.connect.domain import encoding as encodings
from liuke.connect.domain.chunk import BrokenRow, Chunk
from liuke.connect.domain.detected import Detected, Format
from liuke.connect.domain.layout import header_place, named_columns, sniff_delimiter
from liuke.connect.domain.limits import Limits

_BLOCK = 1 << 20
_HEAD_ROWS = 300
_LONGEST_LINE = 8 * _BLOCK


def find_encoding(path: Path) -> str:
    """The encoding of the whole file: by mark, else UTF-8, else GB 18030, else windows-1252 for western letters.

    The whole file is decoded, so that a late row cannot break an import that has begun.
    Raises Invalid: `file_binary` for no text at all, `file_encoding` with the place that no encoding explains.
    """
    with path.open("rb") as file:
        head = file.read(_BLOCK)
    found = encodings.marked(head) or encodings.unmarked_utf16(head)
    if found:
        _check(path, found)
        return found
    if encodings.is_binary(head):
        raise Invalid("file_binary")
    place = _fault(path, "utf-8")
    if place is None:
        return "utf-8"
    with path.open("rb") as file:
        file.seek(max(0, place - 200))
        around = file.read(_BLOCK)
    if encodings.is_chinese(around) and _fault(path, "gb18030") is None:
        return "gb18030"
    if encodings.is_chinese(around) or _fault(path, "windows-1252") is not None:
        raise Invalid("file_encoding", position=place, line=_line_of(path, place), allowed=", ".join(encodings.ENCODINGS))
    return "windows-1252"


def _check(path: Path, encoding: str) -> None:
    place = _fault(path, encoding)
    if place is not None:
        raise Invalid("file_encoding", position=place, line=_line_of(path, place), allowed=encoding)


def _fault(path: Path, encoding: str) -> int | None:
    """Byte position of the first place that does not decode, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(block)
            except UnicodeDecodeError as fault:
                return done - pending + fault.start
            done += len(block)
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return done - len(decoder.getstate()[0])
    return None


def _line_of(path: Path, place: int) -> int:
    with path.open("rb") as file:
        return file.read(place).count(b"\n") + 1


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b"")) + 1


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[TextIO]:
    """The file as text. Raises Invalid `file_encoding` where the chosen encoding does not fit."""
    with path.open(encoding=encoding, newline="") as file:
        try:
            yield file
        except UnicodeDecodeError as fault:
            place = _fault(path, encoding) or fault.start
            raise Invalid("file_encoding", position=place, line=_line_of(path, place), allowed=", ".join(encodings.ENCODINGS)) from fault


def _reader(file: TextIO, delimiter: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Every record with the physical line it starts at. Raises Invalid `file_cell_too_long` (often a quote never closed)."""
    csv.field_size_limit(limits.cell_characters)
    reader = csv.reader(_lines(file), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as fault:
        raise Invalid("file_cell_too_long", line=line, limit=limits.cell_characters) from fault


def _lines(file: TextIO) -> Iterator[str]:
    """Physical lines; one that never ends is not read into memory. Raises csv.Error."""
    while text := file.readline(_LONGEST_LINE):
        if len(text) == _LONGEST_LINE and text[-1] not in "\r\n":
            raise csv.Error("line too long")
        yield text


def detect_text(path: Path, limits: Limits, encoding: str = "") -> Detected:
    """Looks at the head and the encoding of the whole file. Raises Invalid or TooLarge with what is wrong."""
    encoding = encoding or find_encoding(path)
    with _opened(path, encoding) as file:
        delimiter = sniff_delimiter(file.read(_BLOCK).splitlines(keepends=True)[:100])
    with _opened(path, encoding) as file:
        records = list(islice(_reader(file, delimiter, limits), _HEAD_ROWS))
    rows = [row for _, row in records]
    place = header_place(rows)
    below = rows[place + 1 :]
    if not any(cell.strip() for row in below for cell in row):
        raise Invalid("file_only_header", columns=len(rows[place]))
    columns = named_columns(rows[place], below, limits)
    line = records[place][0]
    return Detected(Format.CSV, columns, line, max(_count_lines(path) - line - 1, len(below)), encoding, delimiter)


def read_text(path: Path, detected: Detected, size: int, limits: Limits) -> Iterator[Chunk]:
    """The rows below the header. Short rows are filled with blanks, blank rows skipped, rows with more cells are broken."""
    places = [column.place for column in detected.columns]
    width = max(places) + 1
    with _opened(path, detected.encoding) as file:
        records = _reader(file, detected.delimiter, limits)
        below = (record for record in records if record[0] > detected.header_line)
        while part := list(islice(below, size)):
            yield _chunk(part, places, width)


def _chunk(part: list[tuple[int, list[str]]], places: list[int], width: int) -> Chunk:
    lines, rows, broken = [], [], []
    for line, row in part:
        if len(row) != width:
            if len(row) > width and any(cell.strip() for cell in row[width:]):
                broken.append(BrokenRow(line, row, "too_many_cells", {"cells": len(row), "columns": width}))
                continue
            row = [*row, *[""] * (width - len(row))]  # noqa: PLW2901
        if any(row):
            lines.append(line)
            rows.append(row)
    cells = list(zip(*rows, strict=False)) if rows else [()] * width
    return Chunk(np.array(lines, np.int64), [pa.array(cells[place], pa.string()) for place in places], broken)
