"""A log of activities in memory, outside any workspace, in the shape that metrics read: for `liuke evaluate-log` and 流失体检."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liuke.base.times import DAY_US, from_us
from liuke.features.domain.moment import Moment
from liuke.features.service import Source, features_compute
from liuke.learn.domain.log_metrics import LogKind, LogMetrics
from liuke.learn.domain.log_plan import LogLabel
from liuke.learn.domain.log_rows import MANY_LEVELS, numbers
from liuke.score.model.table import Column, Table

_ACTIVITY = """CREATE TABLE activity AS
SELECT 'log' AS source, row_number() OVER ()::VARCHAR AS activity_id, customer_id, ts_us, ts_us AS known_us, kind, value,
       NULL::VARCHAR AS channel, NULL::VARCHAR AS actor, NULL::VARCHAR AS attrs FROM incoming"""
_EXTRA, _MOST_EXTRAS = "extra", 20
_NUMERIC = 0.9


@dataclass(slots=True)
class ActivityLog:
    """Clean rows behind a connection. `customers[id]` is the customer's own key; `extras` are columns that came with the activities."""

    connection: duckdb.DuckDBPyConnection
    customers: NDArray[np.object_]
    first_us: int
    last_us: int
    kinds: tuple[LogKind, ...]
    extras: tuple[Column, ...] = ()
    zone: str = "UTC"

    @property
    def source(self) -> Source:
        """For the compiler of metrics."""
        return Source(lambda sql: self.connection.sql(sql).to_arrow_table())

    def close(self) -> None:
        """Let go of the memory."""
        self.connection.close()

    def moment(self, at_us: int) -> Moment:
        """A moment in the log's time zone."""
        return Moment(from_us(at_us), self.zone)

    def label(self, label: LogLabel, alive: Sequence[str], active_days: int, at_us: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Who could be lost at a moment (rising ids: active in the days before, not lost before), and who was (0/1)."""
        start, end = at_us - active_days * DAY_US, at_us + label.horizon_days * DAY_US
        seen, what = (_any_of(label.kinds), "lost") if label.event else (_any_of(alive), "1 - lost")
        before = f"NOT bool_or(ts_us < {at_us} AND {seen})" if label.event else "true"
        living = "true" if label.event else seen
        sql = f"""SELECT customer_id, ({what})::DOUBLE AS lost FROM (
            SELECT customer_id, bool_or(ts_us >= {at_us} AND ts_us < {end} AND {seen})::INTEGER AS lost FROM activity
            WHERE ts_us < {end} GROUP BY 1 HAVING bool_or(ts_us >= {start} AND ts_us < {at_us} AND {living}) AND {before}) ORDER BY 1"""
        found = self.connection.sql(sql).to_arrow_table()
        return found["customer_id"].to_numpy(), found["lost"].to_numpy()

    def features(self, metrics: LogMetrics, at_us: int, ids: NDArray[np.int64]) -> Table:
        """The numbers of customers at a moment, as known before it."""
        found = features_compute(source=self.source, metrics=metrics.declared, moment=self.moment(at_us))
        place = np.searchsorted(found["customer_id"].to_numpy(), ids)
        values: dict[str, NDArray[Any]] = {
            column.name: found[column.name].to_numpy()[place].astype(np.float64) for column in metrics.columns
        }
        if self.extras:
            values |= self._newest(at_us, ids)
        return Table((*metrics.columns, *self.extras), values)

    def _newest(self, at_us: int, ids: NDArray[np.int64]) -> Mapping[str, NDArray[Any]]:
        """What the newest activity before the moment says in each extra column."""
        asked = ", ".join(f"arg_max({name}, ts_us) AS {name}" for name in (column.name for column in self.extras))
        found = self.connection.sql(
            f"SELECT customer_id, {asked} FROM {_EXTRA} WHERE ts_us < {at_us} GROUP BY 1 ORDER BY 1"
        ).to_arrow_table()
        place = np.searchsorted(found["customer_id"].to_numpy(), ids)
        return {column.name: _plain(found[column.name], column)[place] for column in self.extras}


def _plain(values: pa.ChunkedArray, column: Column) -> NDArray[Any]:
    if column.kind == "number":
        return np.asarray(values.cast(pa.float64()).to_numpy(), dtype=np.float64)
    return np.asarray(pc.fill_null(values, "").to_numpy(zero_copy_only=False), dtype=np.object_)


def _any_of(kinds: Sequence[str]) -> str:
    quoted = ", ".join("'" + kind.replace("'", "''") + "'" for kind in kinds)
    return f"kind IN ({quoted})"


def open_log(rows: pa.Table, *, zone: str = "UTC", threads: int = 2) -> ActivityLog:
    """The log of clean rows (`log_rows.clean_log`); at least one."""
    coded = rows["customer"].combine_chunks().dictionary_encode()
    incoming = pa.table(
        {"customer_id": coded.indices.cast(pa.int64()), "ts_us": rows["ts_us"], "kind": rows["kind"], "value": rows["value"]}
    )
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    connection.register("incoming", incoming)
    connection.execute(_ACTIVITY)
    extras = _with_extras(connection, incoming, {name: rows[name] for name in rows.column_names if name.startswith("x:")})
    connection.unregister("incoming")
    counted = connection.sql(
        "SELECT kind, count(*) AS n, count(DISTINCT customer_id), count(value) > 0 FROM activity GROUP BY 1 ORDER BY n DESC, kind"
    ).fetchall()
    first, last = connection.sql("SELECT min(ts_us), max(ts_us) FROM activity").fetchall()[0]
    kinds = tuple(LogKind(kind, n, who, valued) for kind, n, who, valued in counted)
    return ActivityLog(connection, np.asarray(coded.dictionary.to_pylist(), dtype=np.object_), first, last, kinds, extras, zone)


def _with_extras(connection: duckdb.DuckDBPyConnection, incoming: pa.Table, given: Mapping[str, pa.ChunkedArray]) -> tuple[Column, ...]:
    """Keeps extra columns that are numbers, or categories of few levels; texts and names of single rows say nothing here."""
    columns: list[Column] = []
    table = incoming.select(["customer_id", "ts_us"])
    for nth, values in enumerate(list(given.values())[:_MOST_EXTRAS]):
        kept = extra_column(values)
        if kept is not None:
            columns.append(Column(f"extra_{nth}", "number" if pa.types.is_floating(kept.type) else "category"))
            table = table.append_column(columns[-1].name, kept)
    if columns:
        connection.register("with_extras", table)
        connection.execute(f"CREATE TABLE {_EXTRA} AS SELECT * FROM with_extras")
        connection.unregister("with_extras")
    return tuple(columns)


def extra_column(values: pa.ChunkedArray | pa.Array) -> pa.Array | None:
    """A column of a file as numbers (float64) or categories (text, null where empty); None where it is neither or always the same."""
    plain = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if pa.types.is_temporal(plain.type) or pa.types.is_nested(plain.type) or not len(plain):
        return None
    texts = plain.cast(pa.string())
    filled = pc.sum(pc.not_equal(pc.fill_null(texts, ""), "")).as_py() or 0
    found = numbers(plain)
    levels = pc.count_distinct(texts).as_py()
    if levels < 2:
        return None
    if len(found) - found.null_count >= _NUMERIC * max(filled, 1):
        return found
    return texts if levels <= MANY_LEVELS else None
