"""A few customers at a time: their rows are fetched once, and the statement of a run over everybody runs over those alone.

Compiled and planned once per set of metrics, whatever the customers and the moment. What compares customers with each other is read
from what a run over everybody kept (`usual.py`), so that the cost follows the slice and not the workspace.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from queue import Empty, LifoQueue

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from liuke.facts.domain.activity import ACTIVITY_SCHEMA
from liuke.features.domain.columns import activity_relation
from liuke.features.domain.metric import Baseline, Declared, Follow, Quintile, named_once
from liuke.features.domain.moment import Moment
from liuke.features.domain.peers import comparing_of
from liuke.features.domain.reused import Reused
from liuke.features.service.compute import Grouping, Source, doubles, features_compute, reused_statement
from liuke.features.service.usual import Usual, compared

NOBODY = -1
"""The customer of rows that only tell which kinds the workspace has."""
MEMORY = "1GiB"
ONE_BY_ONE = 8
"""Up to so many customers are read one by one: 5 ms each with 20 million rows stored, where five at once take 400."""
KEPT = 32
"""Statements that stay prepared: one per workspace and version of its definitions."""
_COLUMNS = ", ".join(ACTIVITY_SCHEMA.names)


def slice_compute(
    *,
    source: Source,
    metrics: Iterable[Declared],
    moment: Moment,
    customers: Sequence[object],
    kinds: Collection[str],
    usual: Usual | None,
    groups: pa.Table | Grouping | None = None,
) -> pa.Table:
    """Like `features_compute` of these `customers`, at the price of their own rows.

    `kinds`: those that the workspace has at all; `usual`: what a run over everybody found usual, None where none was kept: then, and
    for sources that are not DuckDB, everybody is read. A baseline that `usual` does not know yet is null until the next run.
    """
    wanted = named_once(metrics)
    comparing = [item for item in comparing_of(wanted) if isinstance(item, Baseline)]
    statement = None if usual is None or not _is_ours(source, wanted) else _statement(wanted, comparing, moment.zone)
    if statement is None or usual is None:
        return features_compute(source=source, metrics=wanted, moment=moment, customers=customers, groups=groups)
    rows = pa.concat_tables([*_histories(source, customers), _told(wanted, kinds)])
    with _engine() as engine:
        found = doubles(engine.run(statement, rows, moment))
    own = found.filter(pc.not_equal(found["customer_id"], NOBODY))
    known = groups if groups is None or isinstance(groups, pa.Table) else groups(own)
    return compared(own, comparing, known, usual).select(["customer_id", *[item.name for item in wanted]])


def _histories(source: Source, customers: Sequence[object]) -> list[pa.Table]:
    """Every activity of these customers. One customer's lie in a few row groups and are found by their bounds; of many, all are read."""
    each = [[customer] for customer in customers] if len(customers) <= ONE_BY_ONE else [customers]
    return [source.run(history_sql(source.relation, some)).cast(ACTIVITY_SCHEMA) for some in each]


def history_sql(relation: str, customers: Sequence[object]) -> str:
    """Every activity of these customers (numbers). Of several, their places first: texts are unpacked there alone, in half the time."""
    numbers = ", ".join(str(int(str(customer))) for customer in customers) or str(NOBODY)
    theirs = f"customer_id IN ({numbers})"
    where = theirs if len(customers) <= 1 else f"rowid IN (SELECT rowid FROM {relation} WHERE {theirs})"
    return f"SELECT {_COLUMNS} FROM {relation} WHERE {where}"


def _is_ours(source: Source, wanted: Sequence[Declared]) -> bool:
    plain = source.dialect == "duckdb" and source.customer_type == "int64"
    return plain and not any(isinstance(item, Quintile) for item in wanted)


def _statement(wanted: Sequence[Declared], comparing: Sequence[Baseline], zone: str) -> Reused | None:
    own = tuple(item for item in wanted if item not in comparing)
    return reused_statement(activity_relation().op(), own, zone, "duckdb")


def _told(wanted: Sequence[Declared], kinds: Collection[str]) -> pa.Table:
    """A row of nobody for each kind that a `Follow` begins with, where the workspace has it: it asks whether anybody ever did."""
    asked = {kind for item in wanted if isinstance(item, Follow) for kind in item.first} & set(kinds)
    rows: list[Mapping[str, object]] = [
        {"source": "", "activity_id": kind, "customer_id": NOBODY, "ts_us": 0, "known_us": 0, "kind": kind, "attrs": "{}"}
        for kind in sorted(asked)
    ]
    return pa.Table.from_pylist(rows, schema=ACTIVITY_SCHEMA)


class _Engine:
    """A DuckDB in memory with one table of activities and the statements that were prepared over it."""

    def __init__(self) -> None:
        self._connection = duckdb.connect(config={"threads": 1, "memory_limit": MEMORY})
        # what the table holds changes after a statement was planned: its statistics must prove nothing; and on few rows a choice of
        # the side to hash costs a sixth of the answer
        self._connection.execute("SET disabled_optimizers = 'statistics_propagation,build_side_probe_side'")
        self._connection.from_arrow(ACTIVITY_SCHEMA.empty_table()).create("activity")
        self._prepared: dict[Reused, str] = {}

    def run(self, statement: Reused, rows: pa.Table, moment: Moment) -> pa.Table:
        """The statement's rows for the moment over these activities."""
        name = self._prepare(statement)
        self._connection.register("slice_rows", rows)
        try:
            self._connection.execute("TRUNCATE activity")
            self._connection.execute("INSERT INTO activity SELECT * FROM slice_rows")
        finally:
            self._connection.unregister("slice_rows")
        numbers = ", ".join(map(str, statement.numbers(moment)))
        found: pa.Table = self._connection.execute(f"EXECUTE {name}({numbers})" if numbers else f"EXECUTE {name}").to_arrow_table()
        return found

    def _prepare(self, statement: Reused) -> str:
        if statement not in self._prepared:
            if len(self._prepared) >= KEPT:
                self._connection.execute("DEALLOCATE ALL")
                self._prepared.clear()
            name = f"statement_{len(self._prepared)}"
            self._connection.execute(f"PREPARE {name} AS {statement.prepared()}")
            self._prepared[statement] = name
        return self._prepared[statement]


_idle: LifoQueue[_Engine] = LifoQueue()


@contextmanager
def _engine() -> Iterator[_Engine]:
    """An engine that nobody else uses meanwhile: the one used last, so that its statements are prepared; as many as threads ask at once."""
    try:
        engine = _idle.get_nowait()
    except Empty:
        engine = _Engine()
    try:
        yield engine
    finally:
        _idle.put(engine)
