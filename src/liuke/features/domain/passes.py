"""Counts, sums, newest and oldest times: as few passes over the stream as possible.

Each metric is made of partial results (`partials.py`). Metrics of few kinds: one narrow pass per set of kinds, and one over
everything for those of all kinds. Metrics of many kinds: one pass grouped by (customer, kind), whose small result is pivoted;
a single wide pass of FILTER aggregates cost 2.2 times as much (architecture.md, decision 1). On 10M rows with three sets of kinds
the narrow passes take 1.2 CPU seconds, the pivot 2.2; with twelve kinds it is the other way round.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis.expr.types as ir

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.columns import ID, joined, of_kinds, with_attributes
from liuke.features.domain.metric import Metric
from liuke.features.domain.moment import Moment
from liuke.features.domain.partials import finished, keys_of, merged, partials

MANY = 4
"""From more sets of kinds than this on, pivot."""

Kinds = tuple[tuple[str, ...], tuple[str, ...]]


def summarised(past: ir.Table, metrics: Sequence[Metric], moment: Moment) -> ir.Table:
    """`customer_id` and the metrics, for every customer with a row in `past` (rows before the moment, known by then)."""
    rows = past if any(map(_reads_lines, metrics)) else past.filter(past.kind != Kind.ORDER_LINE.value)
    sets = list(dict.fromkeys((metric.kinds, metric.but) for metric in metrics))
    narrow = sum(map(_named, sets)) <= MANY
    table, prefixes = _narrow(past, rows, metrics, sets, moment) if narrow else _pivoted(rows, metrics, sets, moment)
    columns = []
    for metric in metrics:
        prefix = prefixes[metric.kinds, metric.but]
        values = [table[prefix + key] for key in keys_of(metric)]
        columns.append(finished(metric, values, moment).name(metric.name))
    return table.select(ID, *columns)


def _narrow(
    past: ir.Table, rows: ir.Table, metrics: Sequence[Metric], sets: Sequence[Kinds], moment: Moment
) -> tuple[ir.Table, dict[Kinds, str]]:
    """One pass over everything for the metrics of all kinds, and one over the rows of each named set, joined to it."""
    prefixes = {kinds: f"p{at}_" for at, kinds in enumerate(sets)}
    table = _everything(rows, [metric for metric in metrics if not metric.kinds], prefixes, moment)
    for kinds in filter(_named, sets):
        same = _of_set(metrics, kinds)
        own = with_attributes(_reached(past.filter(of_kinds(past.kind, same[0])), same, moment), same, moment)
        table = joined(table, own.group_by(ID).aggregate(**_prefixed(own, own.ts_us, same, moment, prefixes[kinds])))
    return table, prefixes


def _everything(rows: ir.Table, metrics: Sequence[Metric], prefixes: Mapping[Kinds, str], moment: Moment) -> ir.Table:
    """The metrics of all kinds (but some), and with them every customer there is."""
    broad = list(dict.fromkeys((metric.kinds, metric.but) for metric in metrics))
    if not broad:
        return rows.select(ID).distinct()
    rows = with_attributes(rows, metrics, moment)
    timed = rows.mutate(**{prefixes[kinds] + "ts": _when(rows, kinds) for kinds in broad})
    columns: dict[str, ir.Value] = {}
    for kinds in broad:
        columns |= _prefixed(timed, timed[prefixes[kinds] + "ts"], _of_set(metrics, kinds), moment, prefixes[kinds])
    return timed.group_by(ID).aggregate(**columns)


def _pivoted(rows: ir.Table, metrics: Sequence[Metric], sets: Sequence[Kinds], moment: Moment) -> tuple[ir.Table, dict[Kinds, str]]:
    """One pass grouped by customer and kind; the same partial serves every kind."""
    rows = with_attributes(rows, metrics, moment)
    wanted: dict[str, ir.Value] = {}
    for metric in metrics:
        wanted |= partials(rows, rows.ts_us, metric, moment)
    per_kind = rows.group_by(ID, "kind").aggregate(**wanted)
    prefixes = {kinds: f"p{at}_" for at, kinds in enumerate(sets)}
    columns: dict[str, ir.Value] = {}
    for metric in metrics:
        where = of_kinds(per_kind.kind, metric) if metric.kinds or metric.but else None
        prefix = prefixes[metric.kinds, metric.but]
        columns |= {prefix + key: merged(metric, per_kind[key], where) for key in keys_of(metric)}
    return per_kind.group_by(ID).aggregate(**columns), prefixes


def _reached(rows: ir.Table, metrics: Sequence[Metric], moment: Moment) -> ir.Table:
    """The rows that any of the metrics can see."""
    if not all(metric.days for metric in metrics):
        return rows
    return rows.filter(rows.ts_us >= moment.back_us(max((metric.days or 0) + metric.skip for metric in metrics)))


def _named(kinds: Kinds) -> bool:
    return bool(kinds[0])


def _reads_lines(metric: Metric) -> bool:
    """Order lines are many, and only a metric that names them or excludes nothing reads them."""
    return Kind.ORDER_LINE in metric.kinds if metric.kinds else Kind.ORDER_LINE not in metric.but


def _of_set(metrics: Sequence[Metric], kinds: Kinds) -> list[Metric]:
    return [metric for metric in metrics if (metric.kinds, metric.but) == kinds]


def _when(rows: ir.Table, kinds: Kinds) -> ir.Value:
    """The row's time where its kind belongs to the set, else null."""
    return rows.kind.notin(kinds[1]).ifelse(rows.ts_us, None) if kinds[1] else rows.ts_us


def _prefixed(rows: ir.Table, ts: ir.Value, metrics: Sequence[Metric], moment: Moment, prefix: str) -> dict[str, ir.Value]:
    return {prefix + key: value for metric in metrics for key, value in partials(rows, ts, metric, moment).items()}
