"""Aggregates of rows in order: the newest few, falls in a row, the commonest text. Joined to the pivot by `compile.py`."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from liuke.base.times import DAY_US
from liuke.features.domain.columns import ID, measure
from liuke.features.domain.metric import Aggregate, Metric
from liuke.features.domain.moment import Moment

IN_ORDER = frozenset({Aggregate.NEWEST_MIN, Aggregate.NEWEST_NTH, Aggregate.FALLS})
_DECIMALS = 6
"""As in `partials.py`: the order in which an engine adds never shows."""


def in_order(rows: ir.Table, metric: Metric) -> ir.Table:
    """`NEWEST_MIN`, `NEWEST_NTH` or `FALLS` of the rows that have a value; rows of one microsecond count the larger value as the newer."""
    valued = rows.select(ID, "ts_us", measure(rows, metric).name("of")).filter(lambda table: table.of.notnull())
    newest_first = ibis.window(group_by=valued[ID], order_by=[valued.ts_us.desc(), valued.of.desc()])
    ordered = valued.select(ID, "of", ibis.row_number().over(newest_first).name("nth"), valued.of.lead().over(newest_first).name("earlier"))
    if metric.aggregate is Aggregate.NEWEST_MIN:
        recent = ordered.nth < metric.recent
        enough = ordered.count(where=recent) == metric.recent
        return ordered.group_by(ID).aggregate(**{metric.name: enough.ifelse(ordered.of.min(where=recent), ibis.null("float64"))})
    if metric.aggregate is Aggregate.NEWEST_NTH:
        return _nth_largest(ordered.filter(ordered.nth < metric.recent), metric)
    held = (ordered.earlier.isnull() | (ordered.of >= ordered.earlier)).name("held")
    stops = ordered.select(ID, "nth", held)
    return stops.group_by(ID).aggregate(**{metric.name: stops.nth.min(where=stops.held)})


def _nth_largest(newest: ir.Table, metric: Metric) -> ir.Table:
    """The `nth` largest value of each customer's rows."""
    largest_first = ibis.window(group_by=newest[ID], order_by=[newest.of.desc(), newest.nth])
    ranked = newest.select(ID, "of", ibis.row_number().over(largest_first).name("place"))
    return ranked.filter(ranked.place == metric.nth - 1).select(ID, ranked.of.name(metric.name))


def decayed(rows: ir.Table, metric: Metric, moment: Moment) -> ir.Table:
    """`DECAYED_MEAN` of the rows that have a value: weights are 0.5 ^ (age in days / half-life)."""
    valued = rows.select(ID, "ts_us", measure(rows, metric).name("of")).filter(lambda table: table.of.notnull())
    halvings = (moment.us - valued.ts_us) / float(DAY_US * metric.half_life)
    weight = ibis.literal(0.5).pow(halvings)
    weighed = valued.select(ID, weight.name("weight"), (weight * valued.of).name("weighted"))
    mean = weighed.weighted.sum() / weighed.weight.sum()
    return weighed.group_by(ID).aggregate(**{metric.name: mean.round(_DECIMALS)})


def repeated(rows: ir.Table, metric: Metric) -> ir.Table:
    """How many rows share the commonest value; rows without one do not count."""
    texts = rows.select(ID, measure(rows, metric).name("of")).filter(lambda table: table.of.notnull())
    each = texts.group_by(ID, "of").aggregate(n=texts.count())
    return each.group_by(ID).aggregate(**{metric.name: each.n.max()})
