"""A log as clean rows: what was dropped is counted, nothing is guessed silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liuke.align.domain.dates import DateOrder, find_order, parse_datetimes
from liuke.align.domain.entities import FieldType
from liuke.align.domain.numbers import parse_numbers, uses_decimal_comma
from liuke.align.domain.values import blanked
from liuke.base.times import DAY_US

SAMPLES = 2_000
LONELY_SHARE, LONELY_DAYS = 0.002, 120
"""Fewer rows than this share, after a gap of more days than this, are mistyped dates and not the end of the data."""
MANY_LEVELS = 60


@dataclass(frozen=True, slots=True)
class LogWarning:
    """A message `warnings.<code>` and how many rows it concerns."""

    code: str
    rows: int = 0
    what: str = ""


@dataclass(frozen=True, slots=True)
class LogRows:
    """`table`: customer (text), ts_us (int64), kind (text), value (float64, null) and extras; sorted by nothing."""

    table: pa.Table
    warnings: tuple[LogWarning, ...]


def moments(column: pa.ChunkedArray | pa.Array, zone: str) -> pa.Array:
    """UTC microseconds of a column of times in any of the forms that people and programs write; null where it is none."""
    values = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_date(values.type):
        values = values.cast(pa.timestamp("us"))
    if pa.types.is_timestamp(values.type):
        naive = values.type.tz is None
        values = values.cast(pa.timestamp("us", None if naive else "UTC"))
        return (pc.assume_timezone(values, zone, ambiguous="earliest", nonexistent="latest") if naive else values).cast(pa.int64())
    texts = blanked(values.cast(pa.string()), FieldType.DATETIME)
    order = find_order(texts.drop_null().slice(0, SAMPLES).to_pylist())
    return parse_datetimes(texts, DateOrder.DMY if order is DateOrder.AUTO else order, zone)


def numbers(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """float64 of a column of numbers as they are written; null where it is none or not finite."""
    values = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_integer(values.type) or pa.types.is_floating(values.type) or pa.types.is_decimal(values.type):
        found = values.cast(pa.float64())
        return pc.if_else(pc.is_finite(found), found, None)
    if pa.types.is_boolean(values.type):
        return values.cast(pa.float64())
    texts = blanked(values.cast(pa.string()), FieldType.NUMBER)
    samples = texts.drop_null().slice(0, SAMPLES).to_pylist()
    return parse_numbers(texts, decimal_comma=uses_decimal_comma(samples))


def keys(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Customers as text; `13085.0` of a spreadsheet is `13085`."""
    values = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    texts = blanked(values.cast(pa.string()), FieldType.KEY)
    return pc.replace_substring_regex(texts, r"^(\d+)\.0+$", r"\1")


def clean_log(table: pa.Table, names: Sequence[str], *, now_us: int, zone: str = "UTC") -> LogRows:
    """Reads a table whose columns `names` are customer, ts, kind, value ("" where it has none); all others are extras.

    Dropped and counted: rows without a customer or a readable time, of a future after `now_us`, exact repetitions, and a few rows
    long after everything else (mistyped years).
    """
    customer, moment, kind, value = names
    made = {
        "customer": keys(table[customer]),
        "ts_us": moments(table[moment], zone),
        "kind": _kinds(table, kind),
        "value": numbers(table[value]) if value else pa.nulls(table.num_rows, pa.float64()),
    }
    extras = {name: table[name].combine_chunks() for name in table.column_names if name not in names}
    rows = pa.table({**made, **{f"x:{name}": values for name, values in extras.items()}})
    warnings: list[LogWarning] = []
    rows = _kept(rows, pc.is_valid(rows["customer"]), "no_customer", warnings)
    rows = _kept(rows, pc.is_valid(rows["ts_us"]), "no_time", warnings)
    rows = _kept(rows, pc.less_equal(rows["ts_us"], now_us), "future", warnings)
    rows = _kept(rows, pc.is_valid(rows["kind"]), "no_kind", warnings)
    rows = _kept(rows, pa.array(_not_lonely(rows["ts_us"].to_numpy())), "lonely", warnings)
    unread = _unread(table[value], made["value"]) if value else 0
    if unread:
        warnings.append(LogWarning("value_unread", unread))
    return LogRows(_once(rows, warnings), tuple(warnings))


def _unread(given: pa.ChunkedArray, read: pa.Array) -> int:
    texts = blanked(given.combine_chunks().cast(pa.string()), FieldType.NUMBER)
    return int(read.null_count - texts.null_count)


def _kinds(table: pa.Table, kind: str) -> pa.Array:
    return blanked(table[kind].combine_chunks().cast(pa.string()), FieldType.TEXT) if kind else pa.array(["activity"] * table.num_rows)


def _kept(rows: pa.Table, good: pa.ChunkedArray | pa.Array, code: str, warnings: list[LogWarning]) -> pa.Table:
    kept = rows.filter(good)
    if kept.num_rows < rows.num_rows:
        warnings.append(LogWarning(code, rows.num_rows - kept.num_rows))
    return kept


def _not_lonely(ts_us: np.ndarray[tuple[int], np.dtype[np.int64]]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether each time belongs to the log, and is not one of a few after a long nothing."""
    order = np.sort(ts_us)
    late = order[round(len(order) * (1 - LONELY_SHARE)) :]
    gaps = np.flatnonzero(np.diff(late) > LONELY_DAYS * DAY_US)
    return ts_us <= late[gaps[0]] if len(gaps) else np.ones(len(ts_us), np.bool_)


def _once(rows: pa.Table, warnings: list[LogWarning]) -> pa.Table:
    """Without exact repetitions where times are finer than days: two equal purchases of one day may both be true."""
    if not rows.num_rows or not (rows["ts_us"].to_numpy() % DAY_US).any():
        return rows
    plain = pa.table({name: rows[name].cast(pa.string()) for name in rows.column_names}).append_column(
        "row", pa.array(np.arange(rows.num_rows))
    )
    first = plain.group_by(rows.column_names, use_threads=False).aggregate([("row", "min")])["row_min"]
    if len(first) == rows.num_rows:
        return rows
    warnings.append(LogWarning("repeated", rows.num_rows - len(first)))
    return rows.take(pa.array(np.sort(first.to_numpy())))
