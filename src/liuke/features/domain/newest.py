"""Aggregates of rows in order: the newest few, falls in a row, the commonest text. Joined to the pivot by `compile.py`."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from liuke.features.domain.columns import ID, measure
from liuke.features.domain.metric import Aggregate, Metric

IN_ORDER = frozenset({Aggregate.NEWEST_MIN, Aggregate.FALLS})


def in_order(rows: ir.Table, metric: Metric) -> ir.Table:
    """`NEWEST_MIN` or `FALLS` of the rows that have a value; rows of one microsecond count the larger value as the newer."""
    valued = rows.select(ID, "ts_us", measure(rows, metric).name("of")).filter(lambda table: table.of.notnull())
    newest_first = ibis.window(group_by=valued[ID], order_by=[valued.ts_us.desc(), valued.of.desc()])
    ordered = valued.select(ID, "of", ibis.row_number().over(newest_first).name("nth"), valued.of.lead().over(newest_first).name("earlier"))
    if metric.aggregate is Aggregate.NEWEST_MIN:
        recent = ordered.nth < metric.recent
        enough = ordered.count(where=recent) == metric.recent
        return ordered.group_by(ID).aggregate(**{metric.name: enough.ifelse(ordered.of.min(where=recent), ibis.null("float64"))})
    held = (ordered.earlier.isnull() | (ordered.of >= ordered.earlier)).name("held")
    stops = ordered.select(ID, "nth", held)
    return stops.group_by(ID).aggregate(**{metric.name: stops.nth.min(where=stops.held)})


def repeated(rows: ir.Table, metric: Metric) -> ir.Table:
    """How many rows share the commonest value; rows without one do not count."""
    texts = rows.select(ID, measure(rows, metric).name("of")).filter(lambda table: table.of.notnull())
    each = texts.group_by(ID, "of").aggregate(n=texts.count())
    return each.group_by(ID).aggregate(**{metric.name: each.n.max()})
