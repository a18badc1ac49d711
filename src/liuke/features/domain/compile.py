"""Declared metrics → one Ibis expression with a row per customer.

Counts, sums and newest times come from `passes.py`, what cannot be made of partial results from `branches.py`, one thing after
another from `patterns.py`, what compares customers from `peers.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import ibis
import ibis.expr.types as ir

from liuke.features.domain.branches import BRANCHED, branches
from liuke.features.domain.columns import ID, joined
from liuke.features.domain.metric import Declared, Follow, Metric, Ratio, Streak, Swing, named_once
from liuke.features.domain.moment import Moment
from liuke.features.domain.ordered import Reply, Run
from liuke.features.domain.passes import summarised
from liuke.features.domain.patterns import follow_column, follow_table, swing_column
from liuke.features.domain.peers import comparing_of, peers_expression
from liuke.features.domain.runs import ordered_table


def features_expression(
    stream: ir.Table,
    declared: Iterable[Declared],
    moment: Moment,
    customers: Sequence[object] | None = None,
    groups: ir.Table | None = None,
) -> ir.Table:
    """`customer_id` and one DOUBLE column per declared metric, for every customer with an activity known before the moment.

    `customers` narrows to a slice; every value is the same as in a run over all. Order lines alone never make a customer known.
    `groups` (`customer_id`, text columns) is what baselines compare by. Metrics that compare customers are computed from all of
    them, also for a slice.
    """
    wanted = named_once(declared)
    comparing = comparing_of(wanted)
    if not comparing:
        return _alone(stream, wanted, moment, customers)
    table = peers_expression(_alone(stream, [item for item in wanted if item not in comparing], moment, None), comparing, groups)
    chosen = table if customers is None else table.filter(table[ID].isin(customers))
    return chosen.select(ID, *[item.name for item in wanted])


def _alone(stream: ir.Table, wanted: Sequence[Declared], moment: Moment, customers: Sequence[object] | None) -> ir.Table:
    """The metrics for which a customer's own activities suffice."""
    metrics = _flat(wanted)
    known = stream.filter(stream.known_us <= moment.us)
    everybody = known.filter(known.ts_us < moment.us)
    if customers is not None:
        known = known.filter(known[ID].isin(customers))
    past = known.filter(known.ts_us < moment.us)
    table = _beside(
        summarised(past, [m for m in metrics if m.aggregate not in BRANCHED], moment), _parts(known, past, wanted, metrics, moment)
    )
    return table.select(ID, *[_column(table, everybody, item) for item in wanted])


def _parts(known: ir.Table, past: ir.Table, wanted: Sequence[Declared], metrics: Sequence[Metric], moment: Moment) -> Iterator[ir.Table]:
    """What cannot be summed up in the passes: narrow tables by customer."""
    yield from branches(known, past, [metric for metric in metrics if metric.aggregate in BRANCHED], moment)
    for item in wanted:
        if isinstance(item, Follow):
            yield follow_table(past, item, moment)
        elif isinstance(item, Run | Reply):
            yield ordered_table(past, item, moment)


def _beside(table: ir.Table, parts: Iterable[ir.Table]) -> ir.Table:
    """The wide table with the narrow ones, which are joined with each other first: every join carries all columns that it has got."""
    narrow = table.select(ID)
    for part in parts:
        narrow = joined(narrow, part)
    return joined(table, narrow) if len(narrow.columns) > 1 else table


def kinds_expression(stream: ir.Table, moment: Moment) -> ir.Table:
    """Per kind of activity known before the moment its newest time; of a kind that only lies ahead, since when it is known."""
    known = stream.filter(stream.known_us <= moment.us)
    newest = known.ts_us.max(where=known.ts_us < moment.us)
    return known.group_by("kind").aggregate(newest_us=ibis.coalesce(newest, known.known_us.min()))


def _flat(wanted: Sequence[Declared]) -> list[Metric]:
    """Every plain metric needed, once."""
    flat: dict[str, Metric] = {}
    for item in wanted:
        for metric in item.parts() if isinstance(item, Streak | Swing) else [item]:
            if isinstance(metric, Metric):
                flat[metric.name] = metric
    return list(flat.values())


def _column(table: ir.Table, everybody: ir.Table, item: Declared) -> ir.Value:
    match item:
        case Metric() | Run() | Reply():
            return table[item.name].cast("float64").name(item.name)
        case Ratio():
            return _ratio(table, item).name(item.name)
        case Streak():
            return _streak(table, item)
        case Swing():
            return swing_column(table, item)
        case Follow():
            return follow_column(table, everybody, item)
        case _:
            raise TypeError(f"{item.name} compares customers")


def _ratio(table: ir.Table, ratio: Ratio) -> ir.Value:
    share = (table[ratio.over] / (table[ratio.under] + ratio.plus).nullif(0)).cast("float64")
    return share if ratio.times == 1 else share * float(ratio.times)


def _streak(table: ir.Table, streak: Streak) -> ir.Value:
    *weeks, usual = [table[part.name] for part in streak.parts()]
    limit = usual * ((1 - streak.drop) / streak.usual_weeks) + 1e-9
    length = ibis.literal(0.0)
    for week in reversed(weeks):
        length = (week <= limit).ifelse(length + 1.0, 0.0)
    return (usual > 0).ifelse(length, ibis.null("float64")).name(streak.name)
