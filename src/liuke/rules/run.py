"""Many rules over many customers: one pass of DuckDB, inside this process, over an Arrow table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liuke.rules.columns import ColumnType
from liuke.rules.compile import matches_expression
from liuke.rules.needs import demand_column, demands_of, types_of
from liuke.rules.syntax import Rule

IBIS_TYPES: Mapping[ColumnType, str] = {
    ColumnType.NUMBER: "float64",
    ColumnType.TEXT: "string",
    ColumnType.FLAG: "boolean",
    ColumnType.MOMENT: "int64",
    ColumnType.TAGS: "array<string>",
}
_ARROW: Mapping[ColumnType, pa.DataType] = {
    ColumnType.NUMBER: pa.float64(),
    ColumnType.TEXT: pa.string(),
    ColumnType.FLAG: pa.bool_(),
    ColumnType.MOMENT: pa.int64(),
    ColumnType.TAGS: pa.list_(pa.string()),
}
FRAME = "frame"


def matches_table(table: pa.Table, rules: Mapping[str, Rule], *, now_us: int, zone: str) -> dict[str, NDArray[np.bool_]]:
    """For each rule, by its key, who matches: one boolean per row of `table`.

    A column that the table lacks counts as missing for everybody. Raises ValueError where a column cannot be read as the type that
    a rule needs.
    """
    if not rules:
        return {}
    types = types_needed(rules.values())
    compiled_us = now_us if ColumnType.MOMENT in types.values() else 0  # without a moment to compare with, compiled once for all times
    sql = _sql(tuple(rules.values()), tuple(sorted(types.items())), compiled_us, zone)
    with _engine().cursor() as connection:
        connection.register(FRAME, readable(table, types))
        found = connection.sql(sql).to_arrow_table()
    return {key: found.column(at).to_numpy(zero_copy_only=False).astype(np.bool_) for at, key in enumerate(rules)}


@lru_cache(maxsize=1)
def _engine() -> duckdb.DuckDBPyConnection:
    """One DuckDB in memory for every question: opening one takes longer than most answers. A cursor's frame is its own."""
    return duckdb.connect(config={"preserve_insertion_order": True})


def matches_sql(rules: Mapping[str, Rule], *, now_us: int, zone: str, dialect: str = "duckdb", relation: str = FRAME) -> str:
    """The SQL behind the answer, one column `r0`, `r1`, … per rule, for a person to read or another engine to run.

    The relation must hold NULL where a value is missing: NaN and infinities are only turned into it by `readable`.
    """
    return _sql(
        tuple(rules.values()), tuple(sorted(types_needed(rules.values()).items())), now_us, zone, dialect=dialect, relation=relation
    )


def types_needed(rules: Iterable[Rule]) -> dict[str, ColumnType]:
    """The columns that the rules read, with the type of each; text where only presence is asked."""
    types: dict[str, ColumnType | None] = {}
    for rule in rules:
        for name, kind in types_of(rule).items():
            types[name] = types.get(name) or kind
        types |= {demand_column(demand): ColumnType.FLAG for demand in demands_of(rule)}
    return {name: kind or ColumnType.TEXT for name, kind in types.items()}


def readable(table: pa.Table, types: Mapping[str, ColumnType]) -> pa.Table:
    """The columns of `types` in the type that the language gives them; absent ones are null, NaN and infinities become null."""
    columns = [_column(table, name, kind) for name, kind in types.items()]
    return pa.table(columns, names=list(types)) if columns else pa.table({"rows": pa.nulls(table.num_rows)})


def _column(table: pa.Table, name: str, kind: ColumnType) -> pa.ChunkedArray | pa.Array:
    if name not in table.column_names:
        return pa.nulls(table.num_rows, _ARROW[kind])
    column = table[name]
    if pa.types.is_floating(column.type) and not pc.all(pc.is_finite(column)).as_py():
        column = pc.if_else(pc.is_finite(column), column, pa.scalar(None, column.type))
    return column if column.type == _ARROW[kind] else _cast(column, name, kind)


def _cast(column: pa.ChunkedArray, name: str, kind: ColumnType) -> pa.ChunkedArray:
    """Another width of the same type; for a column of which only presence is asked, any text will do."""
    if kind is ColumnType.TEXT and not (pa.types.is_string(column.type) or pa.types.is_dictionary(column.type)):
        return pc.if_else(column.is_valid(), pa.scalar("", pa.string()), pa.scalar(None, pa.string()))
    try:
        return column.cast(_ARROW[kind])
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as fault:
        raise ValueError(f"column {name!r} is {column.type}, a rule reads it as {kind.value}") from fault


@lru_cache(maxsize=256)
def _sql(
    rules: tuple[Rule, ...],
    types: tuple[tuple[str, ColumnType], ...],
    now_us: int,
    zone: str,
    *,
    dialect: str = "duckdb",
    relation: str = FRAME,
) -> str:
    """Compiling costs milliseconds per rule, so the same question at the same moment is compiled once."""
    columns = {name: IBIS_TYPES[kind] for name, kind in types} or {"rows": "int64"}
    table = ibis.table(columns, name=relation)
    wanted = {f"r{at}": matches_expression(rule, table, now_us=now_us, zone=zone) for at, rule in enumerate(rules)}
    return str(ibis.to_sql(table.select(**wanted), dialect=dialect))
