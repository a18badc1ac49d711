"""The relation that metrics read, and how one of its values is named."""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from liuke.features.domain.metric import Aggregate, Metric
from liuke.features.domain.moment import Moment

ID = "customer_id"
TEXTUAL = frozenset({Aggregate.REPEATS, Aggregate.DISTINCT})
"""These read an attribute as it is written, a product's code or a topic; all others read a number in it."""


def activity_relation(name: str = "activity", *, customer_type: str = "int64") -> ir.Table:
    """Any relation with the columns of `facts.domain.activity.ACTIVITY_SCHEMA`, by its name in the engine."""
    columns = {
        "source": "string", "activity_id": "string", ID: customer_type, "ts_us": "int64", "known_us": "int64",
        "kind": "string", "value": "float64", "channel": "string", "actor": "string", "attrs": "string",
    }  # fmt: skip
    return ibis.table(columns, name=name)


def attribute_column(metric: Metric) -> str:
    """The column into which `with_attributes` puts the attribute that a metric measures."""
    text = "_text" if metric.aggregate in TEXTUAL else ""
    return f"{metric.of}_{'_'.join(metric.kinds)}{text}".replace(".", "_")


def with_attributes(rows: ir.Table, metrics: Iterable[Metric], moment: Moment) -> ir.Table:
    """`rows` with a column per attribute that the metrics measure, read only where a metric may look: reading JSON is slow."""
    by_column: dict[str, list[Metric]] = {}
    for metric in metrics:
        if metric.of.startswith("attrs."):
            by_column.setdefault(attribute_column(metric), []).append(metric)
    columns = {}
    for name, same in by_column.items():
        inside = of_kinds(rows.kind, same[0])
        if all(metric.days for metric in same):
            inside &= rows.ts_us >= moment.back_us(max((metric.days or 0) + metric.skip for metric in same))
        text = rows.attrs.cast("json")[same[0].of.removeprefix("attrs.")].cast("string")
        if same[0].aggregate in TEXTUAL:
            columns[name] = inside.ifelse(text.nullif("null").nullif('""'), ibis.null("string"))
        else:
            columns[name] = inside.ifelse(_number(text), ibis.null("float64"))
    return rows.mutate(**columns) if columns else rows


def _number(text: ir.StringValue) -> ir.FloatingValue:
    """The number that a JSON literal means: `12.5`, `"12.5"` as files give it, and a flag as 1 or 0."""
    bare = text.replace('"', "")
    flag = bare.cases(("true", 1.0), ("false", 0.0), else_=None)
    return ibis.coalesce(text.try_cast("float64"), flag, bare.try_cast("float64"))


def attribute_number(rows: ir.Table, name: str) -> ir.FloatingValue:
    """The attribute as a number, flags as 1 or 0; null where it is neither."""
    return _number(rows.attrs.cast("json")[name].cast("string"))


def measure(rows: ir.Table, metric: Metric) -> ir.Value:
    """The column or attribute that `metric.of` names; `rows` come from `with_attributes`."""
    return rows[attribute_column(metric) if metric.of.startswith("attrs.") else metric.of]


def of_kinds(kind: ir.StringColumn, metric: Metric) -> ir.BooleanValue:
    """Whether a row is one of the metric's kinds."""
    if metric.kinds:
        return kind == metric.kinds[0] if len(metric.kinds) == 1 else kind.isin(metric.kinds)
    return kind.notin(metric.but) if metric.but else ibis.literal(True)


def joined(table: ir.Table, part: ir.Table) -> ir.Table:
    """`table` with the columns of `part` where it has the customer. Joins stay one chain: nested ones cost an engine planning time."""
    return table.left_join(part, ID, rname=f"{{name}}_{part.columns[-1]}")
