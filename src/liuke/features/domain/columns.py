"""The relation that metrics read, and how one of its values is named."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from liuke.features.domain.metric import Metric

ID = "customer_id"


def activity_relation(name: str = "activity", *, customer_type: str = "int64") -> ir.Table:
    """Any relation with the columns of `facts.domain.activity.ACTIVITY_SCHEMA`, by its name in the engine."""
    columns = {
        "source": "string", "activity_id": "string", ID: customer_type, "ts_us": "int64", "known_us": "int64",
        "kind": "string", "value": "float64", "channel": "string", "actor": "string", "attrs": "string",
    }  # fmt: skip
    return ibis.table(columns, name=name)


def measure(rows: ir.Table, metric: Metric) -> ir.Value:
    """The column or attribute that `metric.of` names. Attributes are read only in rows of the metric's kinds: JSON is slow."""
    head, _, attribute = metric.of.partition(".")
    if head != "attrs":
        return rows[metric.of]
    number = rows.attrs.cast("json")[attribute].unwrap_as("float64")
    return of_kinds(rows.kind, metric).ifelse(number, ibis.null("float64"))


def of_kinds(kind: ir.StringColumn, metric: Metric) -> ir.BooleanValue:
    """Whether a row is one of the metric's kinds."""
    if metric.kinds:
        return kind == metric.kinds[0] if len(metric.kinds) == 1 else kind.isin(metric.kinds)
    return kind.notin(metric.but) if metric.but else ibis.literal(True)
