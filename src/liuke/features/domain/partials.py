"""The partial results that a metric is made of, how those of several kinds merge, and how the metric comes out of them."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from liuke.base.times import DAY_US
from liuke.features.domain.columns import attribute_column, measure
from liuke.features.domain.metric import Aggregate, Metric
from liuke.features.domain.moment import Moment

DECIMALS = 6
"""Sums are rounded to this many decimals, so that the order in which an engine adds never shows."""
_OLDEST = Aggregate.DAYS_KNOWN
_NEWEST = (Aggregate.DAYS_SINCE, Aggregate.LAST_US)


def keys_of(metric: Metric) -> tuple[str, ...]:
    """Names of the partial columns, the same for equal windows, so that metrics share them."""
    window, of = f"{metric.days or 'all'}_{metric.skip}", _measured(metric)
    match metric.aggregate:
        case Aggregate.COUNT:
            return _reaches(metric)
        case Aggregate.SUM:
            return (f"s_{of}_{window}",)
        case Aggregate.MEAN:
            return (f"s_{of}_{window}", f"c_{of}_{window}")
        case Aggregate.SLOPE:
            return (f"w_{of}_{window}",)
        case Aggregate.DAYS_KNOWN:
            return (f"first_{window}",)
        case _:
            return (f"last_{window}",)


def partials(rows: ir.Table, ts: ir.Value, metric: Metric, moment: Moment) -> dict[str, ir.Value]:
    """The partial columns over `rows`, of which only those with a time in `ts` (null: not of the metric's kinds) count."""
    where = _inside(ts, metric, moment)
    keys = keys_of(metric)
    match metric.aggregate:
        case Aggregate.COUNT:
            return {key: _since(ts, key, moment) for key in keys}
        case Aggregate.SUM:
            return {keys[0]: among(measure(rows, metric), ts.notnull() if where is None else where).sum()}
        case Aggregate.MEAN:
            value = among(measure(rows, metric), ts.notnull() if where is None else where)
            return {keys[0]: value.sum(), keys[1]: value.count()}
        case Aggregate.SLOPE:
            return {keys[0]: among(_week_weight(rows, ts, metric, moment), where).sum()}
        case _:
            inside = among(ts, where)
            return {keys[0]: inside.min() if metric.aggregate is _OLDEST else inside.max()}


def merged(metric: Metric, column: ir.Value, where: ir.BooleanValue | None) -> ir.Value:
    """One partial column of several kinds."""
    chosen = among(column, where)
    if metric.aggregate in _NEWEST:
        return chosen.max()
    return chosen.min() if metric.aggregate is _OLDEST else chosen.sum()


def among(values: ir.Value, where: ir.BooleanValue | None) -> ir.Value:
    """The values where the condition holds, else null; every aggregate here passes nulls over.

    Not `FILTER`: for each filtered aggregate DuckDB slices all columns of a chunk anew, so that a statement of hundreds of them costs
    ten times as much on a few thousand rows.
    """
    return values if where is None else where.ifelse(values, None)


def finished(metric: Metric, values: Sequence[ir.Value], moment: Moment) -> ir.Value:
    """The metric of its partials; null partials mean that there was no row."""
    first = values[0]
    match metric.aggregate:
        case Aggregate.COUNT:
            number = (first - values[1] if metric.skip else first).fill_null(0).cast("float64")
        case Aggregate.SUM:
            number = first.fill_null(0.0).round(DECIMALS)
        case Aggregate.MEAN:
            number = first.round(DECIMALS) / values[1].nullif(0)
        case Aggregate.SLOPE:
            weeks = (metric.days or 0) // 7
            number = first.fill_null(0.0).round(DECIMALS) / (weeks * (weeks * weeks - 1) / 12)
        case Aggregate.LAST_US:
            number = first
        case _:
            number = (moment.us - first) / float(DAY_US)
    return number


def _measured(metric: Metric) -> str:
    return attribute_column(metric) if metric.of.startswith("attrs.") else metric.of or "rows"


def _reaches(metric: Metric) -> tuple[str, ...]:
    """How far back the counts reach whose difference is the window's."""
    far = "n_all" if metric.days is None else f"n_{metric.skip + metric.days}"
    return (far, f"n_{metric.skip}") if metric.skip else (far,)


def _since(ts: ir.Value, key: str, moment: Moment) -> ir.Value:
    """Rows since so many days: windows are differences of such counts, which many metrics share."""
    reach = key.removeprefix("n_")
    return ts.count() if reach == "all" else among(ibis.literal(1), ts >= moment.back_us(int(reach))).count()


def _inside(ts: ir.Value, metric: Metric, moment: Moment) -> ir.BooleanValue | None:
    """Whether a time lies in the metric's window; None where that is all of the past."""
    condition = None if metric.days is None else ts >= moment.back_us(metric.skip + metric.days)
    if metric.skip:
        before = ts < moment.back_us(metric.skip)
        condition = before if condition is None else condition & before
    return condition


def _week_weight(rows: ir.Table, ts: ir.Value, metric: Metric, moment: Moment) -> ir.Value:
    """A row's weight in the slope's numerator: its week's distance from the middle week."""
    middle = ((metric.days or 0) // 7 - 1) / 2
    weight = middle - (moment.us - 1 - ts) // (7 * DAY_US)
    return weight * measure(rows, metric) if metric.of else weight
