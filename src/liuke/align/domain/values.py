"""Cells to values: one column of text and the field it fills, to a typed column and what is wrong with which row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from liuke.align.domain import dates, numbers
from liuke.align.domain.dates import DateOrder, parse_dates, parse_datetimes
from liuke.align.domain.entities import ARROW, Field, FieldType
from liuke.align.domain.numbers import parse_numbers

_NOTHING = pa.array(["", "NULL", "null", "Null", "None", "NaN", "nan", "N/A", "#N/A", "\\N", "(null)", "<null>", "NaT"])
_DASHES = pa.array(["-", "--", "—", "/", "无", "na", "NA"])
YES_WORDS = pa.array(["是", "有", "有货", "现货", "充足", "√", "✓", "true", "t", "yes", "y", "1", "1.0", "in stock", "available"])
NO_WORDS = pa.array(["否", "无", "缺货", "断货", "无货", "×", "✗", "false", "f", "no", "n", "0", "0.0", "out of stock", "unavailable"])
YES_NO = "是/否, true/false, 1/0, yes/no"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a column is written: found from its first values or chosen by the user."""

    zone: str
    order: DateOrder = DateOrder.YMD
    decimal_comma: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """Rows (a boolean column) that share a fault: message `rejects.<code>` with `params` and the row's `{value}`."""

    rows: pa.Array
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def blanked(texts: pa.Array, kind: FieldType) -> pa.Array:
    """Trimmed texts; what only says "nothing here" is null."""
    texts = pc.utf8_trim_whitespace(texts)
    nothing = pc.is_in(texts, value_set=_NOTHING)
    if kind not in {FieldType.TEXT, FieldType.BOOL}:
        nothing = pc.or_(nothing, pc.is_in(texts, value_set=_DASHES))
    return pc.if_else(nothing, None, texts)


def read_values(texts: pa.Array, wanted: Field, reading: Reading) -> tuple[pa.Array, list[Wrong]]:
    """The column's values in the field's Arrow type, null where blank or wrong, and the faults found."""
    cells = blanked(texts, wanted.type)
    if cells.null_count == len(cells):
        values: pa.Array = pa.nulls(len(cells), ARROW[wanted.type])
        faults: list[Wrong] = []
    else:
        values, faults = _READERS[wanted.type](cells, wanted, reading)
    if wanted.required:
        faults.append(Wrong(pc.is_null(cells), "missing"))
    return values, faults


def _wrong(cells: pa.Array, values: pa.Array, code: str, accepted: str) -> list[Wrong]:
    return [Wrong(pc.and_(pc.is_valid(cells), pc.is_null(values)), code, {"accepted": accepted})]


def _text(cells: pa.Array, wanted: Field, reading: Reading) -> tuple[pa.Array, list[Wrong]]:  # noqa: ARG001
    if pc.any(pc.starts_with(cells, "'")).as_py():
        cells = pc.replace_substring_regex(cells, r"^'([=+\-@].*)$", r"\1")  # as our files of rejects protect formulas
    long = pc.fill_null(pc.greater(pc.utf8_length(cells), wanted.longest), False)
    return cells, [Wrong(long, "too_long", {"limit": wanted.longest})]


def _key(cells: pa.Array, wanted: Field, reading: Reading) -> tuple[pa.Array, list[Wrong]]:
    cells = pc.replace_substring_regex(cells, r'^="?([^"]*)"?$', r"\1")
    cells = pc.replace_substring_regex(cells, r"^'?(.*)$", r"\1")
    return _text(pc.replace_substring_regex(cells, r"^(\d+)\.0+$", r"\1"), wanted, reading)


def _number(cells: pa.Array, wanted: Field, reading: Reading) -> tuple[pa.Array, list[Wrong]]:
    values = parse_numbers(cells, decimal_comma=reading.decimal_comma)
    faults = _wrong(cells, values, "not_a_number", numbers.ACCEPTED)
    if wanted.least is not None:
        faults.append(Wrong(pc.fill_null(pc.less(values, wanted.least), False), "too_small", {"least": wanted.least}))
    return values, faults


def _datetime(cells: pa.Array, wanted: Field, reading: Reading) -> tuple[pa.Array, list[Wrong]]:  # noqa: ARG001
    values = parse_datetimes(cells, reading.order, reading.zone)
    return values, _wrong(cells, values, "not_a_date", dates.ACCEPTED)


def _date(cells: pa.Array, wanted: Field, reading: Reading) -> tuple[pa.Array, list[Wrong]]:  # noqa: ARG001
    values = parse_dates(cells, reading.order)
    return values, _wrong(cells, values, "not_a_date", dates.ACCEPTED)


def _bool(cells: pa.Array, wanted: Field, reading: Reading) -> tuple[pa.Array, list[Wrong]]:  # noqa: ARG001
    lower = pc.utf8_lower(cells)
    values = pc.if_else(pc.is_in(lower, value_set=YES_WORDS), True, pc.if_else(pc.is_in(lower, value_set=NO_WORDS), False, None))
    return values, _wrong(cells, values, "not_yes_or_no", YES_NO)


def _choice(cells: pa.Array, wanted: Field, reading: Reading) -> tuple[pa.Array, list[Wrong]]:  # noqa: ARG001
    coded = cells.dictionary_encode()
    meant = pa.array([chosen(cell, wanted) for cell in coded.dictionary.to_pylist()], pa.string())
    values = meant.take(coded.indices)
    return values, _wrong(cells, values, "not_a_choice", ", ".join(wanted.choices or ()))


def chosen(cell: str, wanted: Field) -> str | None:
    """The canonical value that a cell means: an exact word first, then a word of two or more characters inside the cell."""
    text = cell.strip().lower()
    words = {value: [value, *meant.split("|")] for value, meant in (wanted.choices or {}).items()}
    for fits in (_is_one, _has_one):
        for value, meant in words.items():
            if fits(text, meant):
                return value
    return cell if wanted.otherwise == "*" else wanted.otherwise or None


def _is_one(text: str, words: list[str]) -> bool:
    return text in words


def _has_one(text: str, words: list[str]) -> bool:
    return any(word in text for word in words if len(word) > 1)


_READERS = {
    FieldType.TEXT: _text,
    FieldType.KEY: _key,
    FieldType.MONEY: _number,
    FieldType.NUMBER: _number,
    FieldType.DATETIME: _datetime,
    FieldType.DATE: _date,
    FieldType.BOOL: _bool,
    FieldType.CHOICE: _choice,
}
