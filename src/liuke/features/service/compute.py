"""Compile metrics to SQL and have it run. Ibis never executes: our runner does (architecture.md, decision 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from liuke.features.domain.columns import activity_relation
from liuke.features.domain.compile import features_expression, kinds_expression
from liuke.features.domain.metric import Baseline, Declared, Quintile, named_once
from liuke.features.domain.moment import Moment
from liuke.features.domain.peers import comparing_of, peers_expression
from liuke.features.domain.reused import Reused, reused

Run = Callable[[str], pa.Table]
"""Runs a SELECT over the workspace's warehouse and returns the rows."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where activities lie: `run` reads the relation named `relation`, whose `customer_id` is of `customer_type` (an Ibis type).

    `dialect`: what `run` understands, duckdb or pyspark. Every compiled question goes through `ask`: the seam between engines.
    """

    run: Run
    relation: str = "activity"
    customer_type: str = "int64"
    dialect: str = "duckdb"

    @property
    def stream(self) -> ir.Table:
        """The relation as a table expression."""
        return activity_relation(self.relation, customer_type=self.customer_type)

    def ask(self, expression: ir.Expr) -> pa.Table:
        """The rows of an expression over `stream`."""
        return self.run(compiled_sql(expression, self.dialect))

    def features(self, metrics: Iterable[Declared], moment: Moment, customers: Sequence[object] | None = None) -> pa.Table:
        """The rows of `features_sql`, numbers as DOUBLE, by rising `customer_id`."""
        sql = features_sql(stream=self.stream, metrics=metrics, moment=moment, customers=customers, dialect=self.dialect)
        return doubles(self.run(sql))


def features_sql(
    *,
    stream: ir.Table,
    metrics: Iterable[Declared],
    moment: Moment,
    customers: Sequence[object] | None = None,
    dialect: str = "duckdb",
    groups: pa.Schema | None = None,
) -> str:
    """The SQL behind every number of `metrics`, for a person to read or an engine to run. `dialect`: duckdb or pyspark.

    `groups`: the columns of the relation `customer_groups`, which segment baselines then read.
    """
    wanted = named_once(metrics)
    if customers is None and groups is None:
        statement = reused_statement(stream.op(), wanted, moment.zone, dialect)
        if statement is not None:
            return statement.at(moment)
    by = None if groups is None else _relation("customer_groups", groups)
    return compiled_sql(features_expression(stream, wanted, moment, customers, by), dialect)


@lru_cache(maxsize=64)
def reused_statement(stream: ops.Relation, metrics: tuple[Declared, ...], zone: str, dialect: str) -> Reused | None:
    """The statement over all customers, compiled once per set of metrics; None where it cannot be used for other moments."""
    return reused(lambda moment: compiled_sql(features_expression(stream.to_expr(), metrics, moment), dialect), zone)


def compiled_sql(expression: ir.Expr, dialect: str = "duckdb") -> str:
    """An expression as SQL. The backend is loaded first: its compiler reads options that only then exist."""
    getattr(ibis, dialect)
    return str(ibis.to_sql(expression, dialect=dialect))


Grouping = Callable[[pa.Table], pa.Table]
"""Makes the table of groups out of everybody's own metrics (`customer_id` and a DOUBLE column each)."""


def features_compute(
    *,
    source: Source,
    metrics: Iterable[Declared],
    moment: Moment,
    customers: Sequence[object] | None = None,
    groups: pa.Table | Grouping | None = None,
) -> pa.Table:
    """One row per customer known at the moment in rising order of `customer_id`, one DOUBLE column per metric.

    `customers` narrows to a slice; each value equals the one of a run over all. `groups` (`customer_id` and text columns such as
    `attr.industry`, one row per customer) is what segment baselines compare by; without it they are null. Groups that follow
    from the numbers themselves, such as value tiers, come as a `Grouping`. What compares all customers is computed here when another
    engine gives the rest: Spark would bring everybody into one partition for it.
    """
    wanted = named_once(metrics)
    comparing = comparing_of(wanted)
    by = groups if _by_groups(comparing) else None
    if not comparing or (by is None and source.dialect == "duckdb"):
        return source.features(wanted, moment, customers)
    own = [item for item in wanted if item not in comparing]
    found = source.features(own, moment)
    table = doubles(peers_compute(found, comparing, by(found) if callable(by) else by))
    return _narrowed(table.select(["customer_id", *[item.name for item in wanted]]), customers)


def _by_groups(comparing: Iterable[Baseline | Quintile]) -> bool:
    """Whether anybody is compared with customers of the same group."""
    return any(isinstance(item, Baseline) and item.by for item in comparing)


def _narrowed(table: pa.Table, customers: Sequence[object] | None) -> pa.Table:
    if customers is None:
        return table
    return table.filter(pc.is_in(table["customer_id"], pa.array(list(customers), table["customer_id"].type)))


def peers_compute(features: pa.Table, comparing: Sequence[Baseline | Quintile], groups: pa.Table | None = None) -> pa.Table:
    """`features` of everybody with the metrics that compare customers (`peers.py`), computed in this process."""
    connection = duckdb.connect()
    try:
        connection.register("features", features)
        if groups is not None:
            connection.register("groups", groups)
        tables = {name: _relation(name, table.schema) for name, table in (("features", features), ("groups", groups)) if table is not None}
        expression = peers_expression(tables["features"], comparing, tables.get("groups"))
        return connection.sql(str(ibis.to_sql(expression, dialect="duckdb"))).to_arrow_table()
    finally:
        connection.close()


def _relation(name: str, schema: pa.Schema) -> ir.Table:
    return ibis.table(ibis.Schema.from_pyarrow(schema), name=name)


def kinds_seen(*, source: Source, moment: Moment) -> dict[str, int]:
    """The kinds of activity that the workspace had before the moment, each with its newest time (UTC microseconds)."""
    found = source.ask(kinds_expression(source.stream, moment))
    return dict(sorted(zip(found["kind"].to_pylist(), found["newest_us"].to_pylist(), strict=True)))


def doubles(found: pa.Table) -> pa.Table:
    """By customer, numbers as DOUBLE: engines differ in what they make of a literal such as 1.0."""
    fields = [field if field.name == "customer_id" else pa.field(field.name, pa.float64()) for field in found.schema]
    return found.cast(pa.schema(fields)).sort_by("customer_id")
