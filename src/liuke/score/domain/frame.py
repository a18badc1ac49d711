"""A person's frame (Arrow, pandas, polars) → the activity stream, with every fault named at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liuke.base.errors import Invalid
from liuke.facts.domain.activity import ACTIVITY_SCHEMA

REQUIRED = ("customer_id", "ts", "kind", "value")
OPTIONAL = ("source", "activity_id", "attrs", "known_at", "channel", "actor")


@dataclass(frozen=True, slots=True)
class Frame:
    """Activities whose customers are numbered, the number → customer table, and the numbers of customers listed separately."""

    activities: pa.Table
    customers: pa.Array
    listed: NDArray[np.int64]


def moment_of(as_of: datetime | str, zone: str) -> datetime:
    """An aware moment; a naive one (or a date as text) is local to `zone`. Raises Invalid("frame")."""
    try:
        local = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Invalid("frame", faults=[f"zone: {zone!r} is no IANA time zone such as Europe/London"]) from None
    try:
        moment = datetime.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    except ValueError:
        raise Invalid("frame", faults=[f"as_of: {as_of!r} is no ISO date or time such as 2026-06-01"]) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=local)


def frame_of(activities: Any, customers: Any, zone: str) -> Frame:
    """The stream in ACTIVITY_SCHEMA. Raises Invalid("frame", faults=[…]): what is wrong, where, and what is allowed."""
    table = _arrow(activities, "activities")
    listed = None if customers is None else _arrow(customers, "customers")
    faults = _faults(table, listed)
    if faults:
        raise Invalid("frame", faults=faults)
    ids = _plain(table["customer_id"])
    more = _plain(listed["customer_id"]).cast(ids.type) if listed is not None else ids.slice(0, 0)
    known = pa.concat_arrays([ids, more]).unique()
    known = known.take(pc.sort_indices(known))
    numbered = pa.table({**_columns(table, zone), "customer_id": _codes(ids, known)}).select(ACTIVITY_SCHEMA.names)
    return Frame(numbered.cast(ACTIVITY_SCHEMA), known, _codes(more, known).to_numpy())


def _arrow(frame: Any, name: str) -> pa.Table:
    if isinstance(frame, pa.Table):
        return frame
    if isinstance(frame, pa.RecordBatch):
        return pa.Table.from_batches([frame])
    if hasattr(frame, "__arrow_c_stream__"):
        return pa.table(frame)
    if hasattr(frame, "iloc"):
        return pa.Table.from_pandas(frame, preserve_index=False)
    raise Invalid("frame", faults=[f"{name}: must be an Arrow, pandas or polars frame, not {type(frame).__name__}"])


def _faults(table: pa.Table, listed: pa.Table | None) -> list[str]:
    """Everything that is wrong with the frames."""
    faults = [*_name_faults(table.column_names), *_type_faults(table), *_empty_faults(table)]
    if listed is not None and "customer_id" not in listed.column_names:
        faults.append("customers: column 'customer_id' is missing")
    return faults


def _name_faults(names: Sequence[str]) -> list[str]:
    allowed = (*REQUIRED, *OPTIONAL)
    missing = [f"activities: column {name!r} is missing; needed are {', '.join(REQUIRED)}" for name in REQUIRED if name not in names]
    return missing + [f"activities: column {name!r} is unknown; allowed are {', '.join(allowed)}" for name in names if name not in allowed]


def _type_faults(table: pa.Table) -> list[str]:
    faults = []
    for field in table.schema:
        if field.name in {"ts", "known_at"} and not (pa.types.is_timestamp(field.type) or pa.types.is_date(field.type)):
            faults.append(f"activities: {field.name!r} must be timestamps, not {field.type}")
        if field.name == "value" and not _numeric(field.type):
            faults.append(f"activities: 'value' must be numbers, not {field.type}")
    return faults


def _empty_faults(table: pa.Table) -> list[str]:
    empty = {name: table[name].null_count for name in ("customer_id", "ts", "kind") if name in table.column_names}
    return [f"activities: {name!r} is empty in {count} rows; every row needs it" for name, count in empty.items() if count]


def _numeric(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind) or pa.types.is_null(kind))


def _plain(column: pa.ChunkedArray) -> pa.Array:
    """One array without dictionary encoding (pandas' categories) or string views (polars), which few kernels know."""
    array = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    array = array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
    return array.cast(pa.string()) if array.type in {pa.string_view(), pa.large_string()} else array


def _codes(ids: pa.Array, known: pa.Array) -> pa.Array:
    return pc.index_in(ids, value_set=known).cast(pa.int64())


def _columns(table: pa.Table, zone: str) -> dict[str, Any]:
    size, names = table.num_rows, set(table.column_names)
    ts = _microseconds(table["ts"], zone)
    known = _microseconds(table["known_at"], zone) if "known_at" in names else ts
    return {
        "source": _text(table, "source", ["frame"] * size),
        "activity_id": _text(table, "activity_id", [str(number) for number in range(size)]),
        "ts_us": ts,
        "known_us": pc.coalesce(known, ts),
        "kind": _plain(table["kind"]).cast(pa.string()),
        "value": _plain(table["value"]).cast(pa.float64()),
        "channel": _text(table, "channel", [None] * size),
        "actor": _text(table, "actor", [None] * size),
        "attrs": pa.array(_attrs(table), pa.string()),
    }


def _text(table: pa.Table, name: str, default: Sequence[str | None]) -> pa.Array:
    return _plain(table[name]).cast(pa.string()) if name in table.column_names else pa.array(default, pa.string())


def _attrs(table: pa.Table) -> list[str]:
    if "attrs" not in table.column_names:
        return ["{}"] * table.num_rows
    return [attrs if isinstance(attrs, str) else json.dumps(attrs or {}, default=str) for attrs in table["attrs"].to_pylist()]


def _microseconds(column: pa.ChunkedArray, zone: str) -> pa.Array:
    """UTC microseconds; naive times are local to `zone` (the earlier one where the clocks go back, the later where forward)."""
    times = _plain(column)
    kind = times.type
    if pa.types.is_date(kind) or kind.tz is None:
        local = times.cast(pa.timestamp("us"), safe=False)
        times = pc.assume_timezone(local, zone, ambiguous="earliest", nonexistent="latest")
    return times.cast(pa.timestamp("us", "UTC"), safe=False).cast(pa.int64())
