"""From an Arrow table whose columns nobody has declared to a `Table`: what kind is each column?"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liuke.score.model.table import Column, Kind, Table

DAY_US = 86_400_000_000
PARSED = 0.95
"""A text column of which at least this share are numbers (or dates) is one; the rest counts as missing."""
LONG = 24
"""Texts that are mostly different and on average longer than this are read as free text."""


def table_of(data: pa.Table, *, declared: Mapping[str, Column] | None = None, leave_out: Collection[str] = ()) -> Table:
    """Numbers, truths, dates (as days), and texts that hold them become numbers; other texts categories or free text.

    `declared` gives kind, direction and family of the columns that are known; `leave_out` are not read.
    """
    columns, values = [], {}
    for name in data.column_names:
        if name in leave_out:
            continue
        kind, array = _column(data[name])
        column = (declared or {}).get(name, Column(name, kind))
        if column.kind != "number" and kind == "number":
            array = _words(data[name].cast(pa.string()))
        columns.append(column)
        values[name] = array
    return Table(tuple(columns), values)


def _column(chunked: pa.ChunkedArray) -> tuple[Kind, NDArray[np.float64] | NDArray[np.object_]]:
    kind = chunked.type
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        moments = chunked.cast(pa.timestamp("us"), safe=False).cast(pa.int64())
        return "number", _numbers(moments.cast(pa.float64(), safe=False)) / DAY_US
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind) or pa.types.is_decimal(kind):
        return "number", _numbers(chunked.cast(pa.float64(), safe=False))
    if pa.types.is_null(kind):
        return "number", np.full(len(chunked), np.nan)
    return _text(pc.utf8_trim_whitespace(chunked.cast(pa.string())))


def _text(chunked: pa.ChunkedArray) -> tuple[Kind, NDArray[np.float64] | NDArray[np.object_]]:
    given = pc.if_else(pc.equal(chunked, ""), None, chunked)
    numbers = _parsed_numbers(given)
    if numbers is None:
        numbers = _parsed_days(given)
    if numbers is not None:
        return "number", numbers
    words = _words(given)
    distinct = pc.count_distinct(given, mode="only_valid").as_py()
    length = pc.mean(pc.utf8_length(given)).as_py() or 0
    return ("text" if distinct > len(words) / 2 and length > LONG else "category"), words


def _parsed_numbers(given: pa.ChunkedArray) -> NDArray[np.float64] | None:
    looks = pc.fill_null(pc.match_substring_regex(given, r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$"), False)
    if not _mostly(looks, given):
        return None
    return _numbers(pc.if_else(looks, given, None).cast(pa.float64()))


def _parsed_days(given: pa.ChunkedArray) -> NDArray[np.float64] | None:
    plain = pc.replace_substring_regex(given, r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?.*$", r"\1-\2-\3")
    padded = pc.replace_substring_regex(pc.replace_substring_regex(plain, r"-(\d)-", r"-0\1-"), r"-(\d)$", r"-0\1")
    looks = pc.fill_null(pc.match_substring_regex(padded, r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"), False)
    if not _mostly(looks, given):
        return None
    days = pc.strptime(pc.if_else(looks, padded, None), format="%Y-%m-%d", unit="s", error_is_null=True)
    return _numbers(days.cast(pa.int64()).cast(pa.float64(), safe=False)) / 86_400


def _mostly(looks: pa.ChunkedArray, given: pa.ChunkedArray) -> bool:
    known = len(given) - given.null_count
    return bool(known == 0 or float(pc.sum(looks).as_py() or 0) >= PARSED * known)


def _numbers(chunked: pa.ChunkedArray) -> NDArray[np.float64]:
    values = np.array(chunked.to_numpy(), dtype=np.float64)
    values[np.isinf(values)] = np.nan
    return values


def _words(chunked: pa.ChunkedArray) -> NDArray[np.object_]:
    return np.asarray(pc.fill_null(chunked, "").to_numpy(zero_copy_only=False), dtype=np.object_)
