"""Ibis for `ordered.py`: the newest things in a row, and answers."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from liuke.features.domain.columns import ID, attribute_number
from liuke.features.domain.moment import Moment
from liuke.features.domain.ordered import Reply, Run

_HOUR_US = 3_600_000_000.0


def ordered_table(past: ir.Table, item: Run | Reply, moment: Moment) -> ir.Table:
    """`customer_id` and the metric, for customers who have anything to count."""
    return _run(past, item, moment) if isinstance(item, Run) else _reply(past, item, moment)


def _run(past: ir.Table, run: Run, moment: Moment) -> ir.Table:
    things = _things(_marked(past, run, moment))
    newest_first = ibis.window(group_by=things[ID], order_by=[things.at.desc(), things.thing.desc()])
    ordered = things.select(ID, "good", ibis.row_number().over(newest_first).name("nth"))
    by_customer = ordered.group_by(ID).aggregate(stop=ordered.nth.min(where=~ordered.good), n=ordered.count())
    return by_customer.select(ID, ibis.coalesce(by_customer.stop, by_customer.n).name(run.name))


def _marked(past: ir.Table, run: Run, moment: Moment) -> ir.Table:
    """The rows that matter, with the thing they belong to and what they say of it."""
    rows = past.filter(past.kind.isin((*run.kinds, *run.hits, *run.unless)), past.ts_us >= moment.back_us(run.days))
    itself = rows.source + "/" + rows.activity_id
    named = rows.attrs.cast("json")[run.by].cast("string").nullif("null").nullif('""') if run.by else ibis.null("string")
    hit = ibis.literal(not (run.hits or run.over))
    if run.hits:
        hit = hit | rows.kind.isin(run.hits)
    for name, limit in run.over:
        hit = hit | (attribute_number(rows, name) > limit).fill_null(False)
    broken = rows.kind.isin(run.unless) if run.unless else ibis.literal(False)
    itself_at = rows.kind.isin(run.kinds).ifelse(rows.ts_us, ibis.null("int64"))
    return rows.select(ID, thing=ibis.coalesce(named, itself), at=itself_at, hit=hit, broken=broken)


def _things(rows: ir.Table) -> ir.Table:
    grouped = rows.group_by(ID, "thing").aggregate(at=rows["at"].min(), hit=rows.hit.any(), broken=rows.broken.any())
    things = grouped.filter(grouped["at"].notnull())
    return things.select(ID, "thing", at=things["at"], good=things.hit & ~things.broken)


def _reply(past: ir.Table, reply: Reply, moment: Moment) -> ir.Table:
    both = past.filter(past.kind.isin((*reply.asked, *reply.answered)))
    both = both.select(ID, "ts_us", is_answer=both.kind.isin(reply.answered))
    in_order = ibis.window(group_by=both[ID], order_by=[both.ts_us, both.is_answer])
    pairs = both.select(ID, "ts_us", "is_answer", asked_us=both.ts_us.lag().over(in_order), after=both.is_answer.lag().over(in_order))
    answers = pairs.filter(pairs.is_answer, ~pairs.after, pairs.ts_us >= moment.back_us(reply.skip + reply.days))
    if reply.skip:
        answers = answers.filter(answers.ts_us < moment.back_us(reply.skip))
    hours = (answers.ts_us - answers.asked_us) / _HOUR_US
    return answers.group_by(ID).aggregate(**{reply.name: hours.median()})
