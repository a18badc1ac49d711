"""Compile metrics to SQL and have it run. Ibis never executes: our runner does (architecture.md, decision 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from liuke.features.domain.churn import ChurnDefinition, ChurnPeriod
from liuke.features.domain.columns import activity_relation
from liuke.features.domain.compile import features_expression, kinds_expression
from liuke.features.domain.labels import churn_periods, gaps_of, inactivity_label
from liuke.features.domain.metric import Declared
from liuke.features.domain.moment import Moment
from liuke.stats.returns import ReturnPoint, return_curve

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
    return _doubles(source.run(sql))


def kinds_seen(*, source: Source, moment: Moment) -> dict[str, int]:
    """The kinds of activity that the workspace had before the moment, each with its newest time (UTC microseconds)."""
    found = source.run(str(ibis.to_sql(kinds_expression(source.stream, moment), dialect="duckdb")))
    return dict(sorted(zip(found["kind"].to_pylist(), found["newest_us"].to_pylist(), strict=True)))


def label_inactive(*, source: Source, moment: Moment, kinds: Sequence[str], horizon: int = 90, active: int = 365) -> pa.Table:
    """`customer_id`, `lost` (1.0 / 0.0) for customers active before the moment: see `labels.inactivity_label`."""
    expression = inactivity_label(source.stream, moment, kinds=kinds, horizon=horizon, active=active)
    return _doubles(source.run(str(ibis.to_sql(expression, dialect="duckdb"))))


def churn_rates(*, source: Source, edges: Sequence[Moment], churn: ChurnDefinition) -> list[ChurnPeriod]:
    """Churn and retention between consecutive edges, e.g. the first moments of months: see `labels.churn_periods`."""
    found = source.run(str(ibis.to_sql(churn_periods(source.stream, edges, churn), dialect="duckdb"))).sort_by("period")
    counts = [{name: int(count) for name, count in row.items() if name != "period"} for row in found.to_pylist()]
    spans = zip(edges, edges[1:], counts, strict=False)
    return [ChurnPeriod(start.as_of, end.as_of, **row) for start, end, row in spans]


def churn_days_suggested(*, source: Source, moment: Moment, kinds: Sequence[str], days: Sequence[int], watch: int) -> list[ReturnPoint]:
    """The return curve up to the moment: of customers silent for n days, how many came back within `watch` more days."""
    found = source.run(str(ibis.to_sql(gaps_of(source.stream, moment, kinds), dialect="duckdb")))
    gaps, silences = (found[name].drop_null().to_numpy() for name in ("gap", "open"))
    return return_curve(gaps, silences, days, watch)


def _doubles(found: pa.Table) -> pa.Table:
    """By customer, numbers as DOUBLE: engines differ in what they make of a literal such as 1.0."""
    fields = [field if field.name == "customer_id" else pa.field(field.name, pa.float64()) for field in found.schema]
    return found.cast(pa.schema(fields)).sort_by("customer_id")
