"""One thing after another: what followed what (`Follow`), and a surge before a plunge (`Swing`)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from liuke.base.times import DAY_US
from liuke.features.domain.columns import ID
from liuke.features.domain.metric import Follow, Swing
from liuke.features.domain.moment import Moment


def follow_table(past: ir.Table, follow: Follow, moment: Moment) -> ir.Table:
    """`customer_id` and the flag, for customers with a `first` in the window, undecided as -1."""
    rows = _next_then(past.filter(past.ts_us >= moment.back_us(follow.last_days)), follow)
    deadline = rows.ts_us + follow.within_days * DAY_US
    in_time = (rows.next_us <= deadline).fill_null(False)
    decided = rows.group_by(ID).aggregate(
        followed_us=rows.ts_us.max(where=in_time), missed_us=rows.ts_us.max(where=~in_time & (deadline < moment.us))
    )
    came = decided.followed_us.fill_null(-1) > decided.missed_us.fill_null(-1)
    open_yet = decided.followed_us.isnull() & decided.missed_us.isnull()
    flag = came.ifelse(1.0, 0.0) if follow.happens else came.ifelse(0.0, 1.0)
    return decided.select(ID, open_yet.ifelse(_UNDECIDED, flag).name(follow.name))


def follow_column(table: ir.Table, everybody: ir.Table, follow: Follow) -> ir.Value:
    """The flag of every customer of `table`, which has `follow_table` joined. `everybody`: the past without a slice."""
    ever = everybody.filter(everybody.kind.isin(follow.first)).count().as_scalar() > 0
    flag = table[follow.name].fill_null(ever.ifelse(0.0, _UNDECIDED)).nullif(_UNDECIDED)
    return flag.cast("float64").name(follow.name)


def swing_column(table: ir.Table, swing: Swing) -> ir.Value:
    """The flag, from the counts of `Swing.parts` in `table`."""
    found, usual = ibis.literal(False), ibis.literal(0.0)
    for week in swing.peaks():
        before, peak, after = (table[part.name] for part in swing.parts_of(week))
        mean, later = before / float(week), after / float(swing.weeks - 1 - week)
        surge = peak >= mean * (1 + swing.rise) - _EPSILON
        found = found | ((before > 0) & surge & (later <= mean * (1 - swing.drop) + _EPSILON))
        usual = usual + before
    return (usual > 0).ifelse(found.ifelse(1.0, 0.0), ibis.null("float64")).name(swing.name)


_UNDECIDED = -1.0
_EPSILON = 1e-9


def _next_then(rows: ir.Table, follow: Follow) -> ir.Table:
    """Every `first` with the time of the next `then`, strictly later; one at the same microsecond does not follow."""
    firsts = rows.filter(rows.kind.isin(follow.first)).select(ID, "ts_us", is_then=ibis.literal(0))
    thens = rows.filter(rows.kind.isin(follow.then)).select(ID, "ts_us", is_then=ibis.literal(1))
    both = firsts.union(thens)
    later = ibis.window(group_by=both[ID], order_by=[both.ts_us, both.is_then.desc()], rows=(1, None))
    then_us = (both.is_then == 1).ifelse(both.ts_us, ibis.null("int64"))
    timed = both.mutate(next_us=then_us.min().over(later))
    return timed.filter(timed.is_then == 0)
