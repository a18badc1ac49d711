"""Aggregates that partial results per kind cannot give: medians, distinct values, gaps, the newest value, what lies ahead.

Each branch is a table with `customer_id` and its metrics, joined to the pivot by `compile.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import ibis
import ibis.expr.types as ir

from liuke.base.times import DAY_US
from liuke.features.domain.columns import ID, measure, of_kinds, with_attributes
from liuke.features.domain.metric import GAPS, Aggregate, Metric
from liuke.features.domain.moment import Moment
from liuke.features.domain.newest import IN_ORDER, decayed, in_order, repeated

_WIDE = frozenset({Aggregate.MEDIAN, Aggregate.DISTINCT, Aggregate.MAX, Aggregate.MIN})
_ALONE = IN_ORDER | {Aggregate.LAST, Aggregate.REPEATS, Aggregate.DECAYED_MEAN}
_AHEAD = frozenset({Aggregate.DAYS_UNTIL, Aggregate.AHEAD})
BRANCHED = GAPS | _WIDE | _ALONE | _AHEAD


def branches(known: ir.Table, past: ir.Table, metrics: Sequence[Metric], moment: Moment) -> Iterator[ir.Table]:
    """One table per kind of branch that the metrics need. `known` may lie ahead of the moment, `past` never does."""
    by_rows = sorted((m for m in metrics if m.aggregate in GAPS | _WIDE), key=_rows_key)
    for _, group in groupby(by_rows, key=_rows_key):
        same = list(group)
        rows = _rows(past, same[0], moment)
        yield _gaps(rows, same, moment) if same[0].aggregate in GAPS else _wide(with_attributes(rows, same, moment), same)
    for metric in metrics:
        if metric.aggregate in _ALONE:
            yield _alone(with_attributes(_rows(past, metric, moment), [metric], moment), metric, moment)
        elif metric.aggregate in _AHEAD:
            yield _until(known, metric, moment)


def _alone(rows: ir.Table, metric: Metric, moment: Moment) -> ir.Table:
    """What shares its rows with no other metric."""
    match metric.aggregate:
        case Aggregate.LAST:
            return _last(rows, metric)
        case Aggregate.DECAYED_MEAN:
            return decayed(rows, metric, moment)
        case Aggregate.REPEATS:
            return repeated(rows, metric)
        case _:
            return in_order(rows, metric)


def _rows_key(metric: Metric) -> tuple[object, ...]:
    gap = metric.aggregate in GAPS
    days, skip = _cut(metric)
    return (gap, metric.kinds, metric.but, days or 0, skip, gap and metric.by_day)


def _cut(metric: Metric) -> tuple[int | None, int]:
    """The window by which rows are cut. Active days are counted from all rows, so that they share the rhythm's pass."""
    return (None, 0) if metric.aggregate is Aggregate.ACTIVE_DAYS else (metric.days, metric.skip)


def _rows(past: ir.Table, metric: Metric, moment: Moment) -> ir.Table:
    """The rows of the metric's kinds and window."""
    rows = past.filter(of_kinds(past.kind, metric)) if metric.kinds or metric.but else past
    days, skip = _cut(metric)
    if days is not None:
        rows = rows.filter(rows.ts_us >= moment.back_us(skip + days))
    return rows.filter(rows.ts_us < moment.back_us(skip)) if skip else rows


def _wide(rows: ir.Table, metrics: Sequence[Metric]) -> ir.Table:
    return rows.group_by(ID).aggregate(**{m.name: _whole(measure(rows, m), m.aggregate) for m in metrics})


def _whole(values: ir.Value, aggregate: Aggregate) -> ir.Value:
    if aggregate is Aggregate.MEDIAN:
        return values.median()
    if aggregate is Aggregate.MIN:
        return values.min()
    return values.max() if aggregate is Aggregate.MAX else values.nunique()


def _gaps(rows: ir.Table, metrics: Sequence[Metric], moment: Moment) -> ir.Table:
    """Gaps in days, newest first. By day: days are 24-hour steps back from the moment (local days at a local midnight)."""
    if metrics[0].by_day:
        ago = ((moment.us - 1 - rows.ts_us) // DAY_US).name("ago")
        steps = rows.select(ID, ago).distinct()
    else:
        steps = rows.select(ID, ((moment.us - rows.ts_us) / float(DAY_US)).name("ago"))
    newest_first = ibis.window(group_by=steps[ID], order_by=steps.ago)
    gaps = steps.select(
        ID, steps.ago, (steps.ago.lead().over(newest_first) - steps.ago).name("gap"), ibis.row_number().over(newest_first).name("nth")
    )
    return gaps.group_by(ID).aggregate(**{m.name: _gap(gaps, m) for m in metrics})


def _gap(gaps: ir.Table, metric: Metric) -> ir.Value:
    recent, earlier = gaps.nth < metric.recent, gaps.nth >= metric.recent
    match metric.aggregate:
        case Aggregate.GAP_MEDIAN:
            return gaps.gap.median()
        case Aggregate.GAP_MEAN:
            return gaps.gap.mean()
        case Aggregate.GAP_STD:
            return gaps.gap.std(how="sample")
        case Aggregate.GAP_RECENT:
            return (gaps.gap.count(where=recent) == metric.recent).ifelse(gaps.gap.mean(where=recent), ibis.null("float64"))
        case Aggregate.GAP_EARLIER:
            kept = earlier.ifelse(gaps.gap, ibis.null("float64"))  # Spark knows no median with a filter
            return (kept.count() >= 2).ifelse(kept.median(), ibis.null("float64"))
        case _:
            return gaps.count(where=_within(gaps, metric))


def _within(gaps: ir.Table, metric: Metric) -> ir.BooleanValue | None:
    """Whether a day lies in the window of an active-days metric; None where that is all of the past."""
    recent = None if metric.days is None else gaps.ago < metric.skip + metric.days
    if not metric.skip:
        return recent
    older = gaps.ago >= metric.skip
    return older if recent is None else recent & older


def _last(rows: ir.Table, metric: Metric) -> ir.Table:
    value = measure(rows, metric)
    valued = rows.select(ID, "ts_us", value.name("of"))
    newest = valued.select(
        ID, "of", ibis.row_number().over(group_by=valued[ID], order_by=[valued.ts_us.desc(), valued.of.desc()]).name("nth")
    )
    first = newest.filter(newest.nth == 0)
    return first.select(ID, first.of.name(metric.name))


def _until(known: ir.Table, metric: Metric, moment: Moment) -> ir.Table:
    ahead = known.filter(of_kinds(known.kind, metric), known.ts_us >= moment.us)
    if metric.aggregate is Aggregate.DAYS_UNTIL:
        return ahead.group_by(ID).aggregate(**{metric.name: (ahead.ts_us.min() - moment.us) / float(DAY_US)})
    near = ahead if metric.days is None else ahead.filter(ahead.ts_us <= moment.back_us(-metric.days))
    return near.group_by(ID).aggregate(**{metric.name: near.count()})
