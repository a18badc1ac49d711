"""Where the header is and what separates the columns."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

from liuke.base.errors import Invalid, TooLarge
from liuke.connect.domain.detected import Column
from liuke.connect.domain.limits import Limits

DELIMITERS = (",", "\t", ";", "|")
SAMPLES = 100
"""Values kept per column to look at."""
_LONGEST_SAMPLE = 120
_LOOK_FOR_HEADER = 20
_VALUE = re.compile(r"^[-+(¥￥$£€]?\s*\d[\d\s.,:/年月日时分秒T%)-]*(元|万)?$")


def sniff_delimiter(lines: Sequence[str]) -> str:
    """The delimiter that splits most records of the head into the same number of cells, more than one; `,` if none does."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = _widths(lines, delimiter)
        if not widths:
            continue
        width, times = max(((width, times) for width, times in widths.items() if width > 1), key=lambda each: each[1], default=(1, 0))
        score = times / sum(widths.values()) * (1 + min(width, 20) / 100)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(lines: Sequence[str], delimiter: str) -> Counter[int]:
    """How often records of each width occur; none where a cell is over the limit, which the reader tells."""
    try:
        return Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row))
    except csv.Error:
        return Counter()


def header_place(rows: Sequence[Sequence[str]]) -> int:
    """Index of the header among the first rows: the first as wide as the table, below titles, blank and merged rows.

    Raises Invalid: `file_only_blank` without a filled cell, `file_no_header` where that row holds values instead of names.
    """
    head = [_filled(row) for row in rows]
    if not any(head):
        raise Invalid("file_only_blank")
    width = _table_width([len(cells) for cells in head])
    place = next(number for number, cells in enumerate(head[:_LOOK_FOR_HEADER]) if len(cells) >= 0.6 * width)
    cells = head[place]
    if sum(bool(_VALUE.match(cell)) for cell in cells) > 0.3 * len(cells):
        raise Invalid("file_no_header", found=", ".join(cells[:6]))
    return place


def _filled(row: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _table_width(filled: Sequence[int]) -> int:
    """The usual number of filled cells: the most frequent of the wider half, so that titles above do not count."""
    look = [count for count in filled if count]
    wide = [count for count in look if count >= max(look) / 2]
    return Counter(wide).most_common(1)[0][0]


def named_columns(header: Sequence[str], rows: Sequence[Sequence[str]], limits: Limits) -> tuple[Column, ...]:
    """The columns that have a header, with samples; columns without header and without a value are dropped.

    Raises Invalid `file_duplicate_headers` or `file_blank_header` (values below a blank header), TooLarge `file_too_many_columns`.
    """
    if len(header) > limits.columns:
        raise TooLarge("file_too_many_columns", columns=len(header), limit=limits.columns)
    names = [" ".join(cell.replace("\ufeff", "").split()) for cell in header]
    columns = [Column(name, place, _samples(rows, place)) for place, name in enumerate(names)]
    _refuse_twice(columns)
    blank = [column_letter(column.place) for column in columns if column.samples and not column.name]
    if blank:
        raise Invalid("file_blank_header", columns=", ".join(blank))
    return tuple(column for column in columns if column.name)


def _refuse_twice(columns: Sequence[Column]) -> None:
    times = Counter(column.name for column in columns if column.name)
    twice = [column for column in columns if times[column.name] > 1]
    if twice:
        names = dict.fromkeys(column.name for column in twice)
        raise Invalid("file_duplicate_headers", names=", ".join(names), columns=", ".join(column_letter(each.place) for each in twice))


def _samples(rows: Sequence[Sequence[str]], place: int) -> tuple[str, ...]:
    cells = (row[place].strip() for row in rows if place < len(row))
    return tuple(cell[:_LONGEST_SAMPLE] for cell in cells if cell)[:SAMPLES]


def column_letter(place: int) -> str:
    """A spreadsheet's name of a column: 0 -> A, 26 -> AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
