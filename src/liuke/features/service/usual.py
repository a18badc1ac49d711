"""What is usual among customers, kept by a run over everybody: with it a few are compared exactly as they were in that run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from liuke.features.domain.metric import Baseline

Usual = Mapping[str, Mapping[str, float]]
"""By a baseline's name and the group (blank: everybody): the median of what it compares, of groups with enough values."""
EVERYBODY = ""


def usual_of(features: pa.Table, comparing: Sequence[Baseline], groups: pa.Table | None = None) -> dict[str, dict[str, float]]:
    """The medians behind `features` of everybody, which has the columns that the baselines compare; see `features.domain.peers`."""
    connection = duckdb.connect()
    try:
        return {item.name: _medians(connection, _compared(features, item, groups), item.least) for item in comparing}
    finally:
        connection.close()


def compared(features: pa.Table, comparing: Sequence[Baseline], groups: pa.Table | None, usual: Usual) -> pa.Table:
    """`features` of some customers with a DOUBLE column per baseline: the value over what is usual in the customer's group."""
    table = features
    for item in comparing:
        told = _compared(features, item, groups)
        known = usual.get(item.name, {})
        names, medians = pa.array(list(known), pa.string()), pa.array(list(known.values()), pa.float64())
        typical = medians.take(pc.index_in(told["grouped"].combine_chunks(), names))
        table = table.append_column(item.name, pc.divide(told["of"], pc.if_else(pc.equal(typical, 0.0), None, typical)))
    return table


def _compared(features: pa.Table, item: Baseline, groups: pa.Table | None) -> pa.Table:
    """`of` and `grouped`; a customer whose group is not known is in none."""
    size = features.num_rows
    if not item.by:
        grouped = pa.repeat(pa.scalar(EVERYBODY), size)
    elif groups is None or item.by not in groups.column_names:
        grouped = pa.nulls(size, pa.string())
    else:
        ids = features["customer_id"]
        grouped = groups[item.by].take(pc.index_in(ids, groups["customer_id"].cast(ids.type))).cast(pa.string())
    return pa.table({"of": features[item.of].cast(pa.float64()), "grouped": grouped})


def _medians(connection: duckdb.DuckDBPyConnection, told: pa.Table, least: int) -> dict[str, float]:
    connection.register("told", told)
    sql = "SELECT grouped, median(of) AS usual FROM told WHERE grouped IS NOT NULL GROUP BY grouped HAVING count(of) >= ? ORDER BY grouped"
    rows = connection.execute(sql, [least]).fetchall()
    connection.unregister("told")
    return {str(grouped): float(median) for grouped, median in rows if median is not None}
