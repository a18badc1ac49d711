"""Declared metrics → one Ibis expression with a row per customer.

The stream is grouped once by (customer, kind) and the small result pivoted: 2.2 times cheaper than one wide pass of
FILTER aggregates (architecture.md, decision 1). What cannot be made of partial results has a branch in `branches.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ibis
import ibis.expr.types as ir

from liuke.base.times import DAY_US
from liuke.facts.domain.kinds import Kind
from liuke.features.domain.branches import BRANCHED, branches
from liuke.features.domain.columns import ID, measure, of_kinds
from liuke.features.domain.metric import Aggregate, Declared, Metric, Ratio, Streak, named_once
from liuke.features.domain.moment import Moment

DECIMALS = 6
"""Sums are rounded to this many decimals, so that the order in which an engine adds never shows."""


def features_expression(
    stream: ir.Table, declared: Iterable[Declared], moment: Moment, customers: Sequence[object] | None = None
) -> ir.Table:
    """`customer_id` and one DOUBLE column per declared metric, for every customer with an activity known before the moment.

    `customers` narrows to a slice; every value is the same as in a run over all. Order lines never make a customer known.
    """
    wanted = named_once(declared)
    metrics = _flat(wanted)
    known = stream.filter(stream.known_us <= moment.us)
    if customers is not None:
        known = known.filter(known[ID].isin(customers))
    past = known.filter(known.ts_us < moment.us)
    table = _pivot(past, [m for m in metrics if m.aggregate not in BRANCHED], moment)
    for branch in branches(known, past, [m for m in metrics if m.aggregate in BRANCHED], moment):
        table = table.left_join(branch, ID).drop(f"{ID}_right")
    return table.select(ID, *[_column(table, item) for item in wanted])


def kinds_expression(stream: ir.Table, moment: Moment) -> ir.Table:
    """Per kind of activity known before the moment its newest time."""
    past = stream.filter(stream.known_us <= moment.us, stream.ts_us < moment.us)
    return past.group_by("kind").aggregate(newest_us=past.ts_us.max())


def _flat(wanted: Sequence[Declared]) -> list[Metric]:
    """Every plain metric needed, once."""
    flat: dict[str, Metric] = {}
    for item in wanted:
        for metric in item.parts() if isinstance(item, Streak) else [item]:
            if isinstance(metric, Metric):
                flat[metric.name] = metric
    return list(flat.values())


def _column(table: ir.Table, item: Declared) -> ir.Value:
    if isinstance(item, Metric):
        return table[item.name].cast("float64").name(item.name)
    if isinstance(item, Ratio):
        return (table[item.over] / (table[item.under] + item.plus).nullif(0)).cast("float64").name(item.name)
    *weeks, usual = [table[part.name] for part in item.parts()]
    limit = usual * ((1 - item.drop) / item.usual_weeks)
    length = ibis.literal(0.0)
    for week in reversed(weeks):
        length = (week <= limit).ifelse(length + 1.0, 0.0)
    return (usual > 0).ifelse(length, ibis.null("float64")).name(item.name)


def _pivot(past: ir.Table, metrics: Sequence[Metric], moment: Moment) -> ir.Table:
    lines = any(Kind.ORDER_LINE in m.kinds or not (m.kinds or Kind.ORDER_LINE in m.but) for m in metrics)
    rows = past if lines else past.filter(past.kind != Kind.ORDER_LINE.value)
    partials: dict[str, ir.Value] = {}
    for metric in metrics:
        partials |= _partials(rows, metric, moment)
    if not partials:
        partials = {"n": rows.count()}
    per_kind = rows.group_by(ID, "kind").aggregate(**partials)
    return per_kind.group_by(ID).aggregate(**{m.name: _combined(per_kind, m, moment) for m in metrics} or {"n": per_kind.n.sum()})


def inside(rows: ir.Table, metric: Metric, moment: Moment) -> ir.BooleanValue | None:
    """Whether a row lies in the metric's window; None where that is all of the past."""
    condition = None if metric.days is None else rows.ts_us >= moment.back_us(metric.skip + metric.days)
    if metric.skip:
        before = rows.ts_us < moment.back_us(metric.skip)
        condition = before if condition is None else condition & before
    return condition


def _window(metric: Metric) -> str:
    return f"{metric.days or 'all'}_{metric.skip}"


def _keys(metric: Metric) -> tuple[str, ...]:
    """Names of the partial columns that a metric is made of; the same partial serves every kind."""
    of, window = metric.of.replace(".", "_"), _window(metric)
    only = f"_{'_'.join(metric.kinds)}".replace(".", "_") if metric.of.startswith("attrs.") else ""
    match metric.aggregate:
        case Aggregate.COUNT:
            return (f"n_{window}",)
        case Aggregate.SUM:
            return (f"s_{of}_{window}{only}",)
        case Aggregate.MEAN:
            return (f"s_{of}_{window}{only}", f"c_{of}_{window}{only}")
        case Aggregate.SLOPE:
            return (f"w_{of or 'n'}_{window}{only}",)
        case Aggregate.DAYS_KNOWN:
            return (f"first_{window}",)
        case _:
            return (f"last_{window}",)


def _partials(rows: ir.Table, metric: Metric, moment: Moment) -> dict[str, ir.Value]:
    where = inside(rows, metric, moment)
    keys = _keys(metric)
    match metric.aggregate:
        case Aggregate.COUNT:
            return {keys[0]: rows.count(where=where)}
        case Aggregate.SUM:
            return {keys[0]: measure(rows, metric).sum(where=where)}
        case Aggregate.MEAN:
            value = measure(rows, metric)
            return {keys[0]: value.sum(where=where), keys[1]: value.count(where=where)}
        case Aggregate.SLOPE:
            return {keys[0]: _week_weight(rows, metric, moment).sum(where=where)}
        case Aggregate.DAYS_KNOWN:
            return {keys[0]: rows.ts_us.min(where=where)}
        case _:
            return {keys[0]: rows.ts_us.max(where=where)}


def _week_weight(rows: ir.Table, metric: Metric, moment: Moment) -> ir.Value:
    """A row's weight in the slope's numerator: its week's distance from the middle week."""
    middle = ((metric.days or 0) // 7 - 1) / 2
    weight = middle - (moment.us - 1 - rows.ts_us) // (7 * DAY_US)
    return weight * measure(rows, metric) if metric.of else weight


def _combined(per_kind: ir.Table, metric: Metric, moment: Moment) -> ir.Value:
    of = of_kinds(per_kind.kind, metric) if metric.kinds or metric.but else None
    first, *rest = [per_kind[key] for key in _keys(metric)]
    match metric.aggregate:
        case Aggregate.COUNT:
            number = first.sum(where=of).fill_null(0).cast("float64")
        case Aggregate.SUM:
            number = first.sum(where=of).fill_null(0.0).round(DECIMALS)
        case Aggregate.MEAN:
            number = first.sum(where=of).round(DECIMALS) / rest[0].sum(where=of).nullif(0)
        case Aggregate.SLOPE:
            weeks = (metric.days or 0) // 7
            number = first.sum(where=of).fill_null(0.0).round(DECIMALS) / (weeks * (weeks * weeks - 1) / 12)
        case Aggregate.DAYS_KNOWN:
            number = (moment.us - first.min(where=of)) / float(DAY_US)
        case Aggregate.LAST_US:
            number = first.max(where=of)
        case _:
            number = (moment.us - first.max(where=of)) / float(DAY_US)
    return number
