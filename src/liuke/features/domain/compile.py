"""Declared metrics → one Ibis expression with a row per customer.

Counts, sums and newest times come from `passes.py`, what cannot be made of partial results from `branches.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ibis
import ibis.expr.types as ir

from liuke.features.domain.branches import BRANCHED, branches
from liuke.features.domain.columns import ID, joined
from liuke.features.domain.metric import Declared, Metric, Ratio, Streak, named_once
from liuke.features.domain.moment import Moment
from liuke.features.domain.passes import summarised


def features_expression(
    stream: ir.Table, declared: Iterable[Declared], moment: Moment, customers: Sequence[object] | None = None
) -> ir.Table:
    """`customer_id` and one DOUBLE column per declared metric, for every customer with an activity known before the moment.

    `customers` narrows to a slice; every value is the same as in a run over all. Order lines alone never make a customer known.
    """
    wanted = named_once(declared)
    metrics = _flat(wanted)
    known = stream.filter(stream.known_us <= moment.us)
    if customers is not None:
        known = known.filter(known[ID].isin(customers))
    past = known.filter(known.ts_us < moment.us)
    table = summarised(past, [m for m in metrics if m.aggregate not in BRANCHED], moment)
    for branch in branches(known, past, [m for m in metrics if m.aggregate in BRANCHED], moment):
        table = joined(table, branch)
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
    limit = usual * ((1 - item.drop) / item.usual_weeks) + 1e-9
    length = ibis.literal(0.0)
    for week in reversed(weeks):
        length = (week <= limit).ifelse(length + 1.0, 0.0)
    return (usual > 0).ifelse(length, ibis.null("float64")).name(item.name)
