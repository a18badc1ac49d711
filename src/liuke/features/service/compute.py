"""Compile metrics to SQL and have it run. Ibis never executes: our runner does (architecture.md, decision 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from liuke.features.domain.columns import activity_relation
from liuke.features.domain.compile import features_expression, kinds_expression
from liuke.features.domain.metric import Declared
from liuke.features.domain.moment import Moment

Run = Callable[[str], pa.Table]
"""Runs a SELECT over the workspace's warehouse and returns the rows."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where activities lie: `run` reads the relation named `relation`, whose `customer_id` is of `customer_type` (an Ibis type)."""

    run: Run
    relation: str = "activity"
    customer_type: str = "int64"

    @property
    def stream(self) -> ir.Table:
        """The relation as a table expression."""
        return activity_relation(self.relation, customer_type=self.customer_type)


def features_sql(
    *, stream: ir.Table, metrics: Iterable[Declared], moment: Moment, customers: Sequence[object] | None = None, dialect: str = "duckdb"
) -> str:
    """The SQL behind every number of `metrics`, for a person to read or an engine to run. `dialect`: duckdb or pyspark."""
    return str(ibis.to_sql(features_expression(stream, metrics, moment, customers), dialect=dialect))


def features_compute(*, source: Source, metrics: Iterable[Declared], moment: Moment, customers: Sequence[object] | None = None) -> pa.Table:
    """One row per customer known at the moment in rising order of `customer_id`, one DOUBLE column per metric.

    `customers` narrows to a slice; each value equals the one of a run over all.
    """
    sql = features_sql(stream=source.stream, metrics=metrics, moment=moment, customers=customers)
    return doubles(source.run(sql))


def kinds_seen(*, source: Source, moment: Moment) -> dict[str, int]:
    """The kinds of activity that the workspace had before the moment, each with its newest time (UTC microseconds)."""
    found = source.run(str(ibis.to_sql(kinds_expression(source.stream, moment), dialect="duckdb")))
    return dict(sorted(zip(found["kind"].to_pylist(), found["newest_us"].to_pylist(), strict=True)))


def doubles(found: pa.Table) -> pa.Table:
    """By customer, numbers as DOUBLE: engines differ in what they make of a literal such as 1.0."""
    fields = [field if field.name == "customer_id" else pa.field(field.name, pa.float64()) for field in found.schema]
    return found.cast(pa.schema(fields)).sort_by("customer_id")
