"""Rules over the frame of the last scoring: how many match, who, and what one customer's row says.

Columns that the frame lacks (a metric made since, a sequence that no rule asked for yet) are computed on the spot, as of the
same moment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liuke.accounts.domain.roles import Scope
from liuke.base.times import to_us
from liuke.facts.service import customers_visible
from liuke.features.domain.metric import Declared
from liuke.features.domain.moment import Moment
from liuke.features.service import Source, features_compute
from liuke.features.service.metrics import metrics_of
from liuke.rules.compile import matches_expression
from liuke.rules.evaluate import Row
from liuke.rules.needs import demand_column, demands_of
from liuke.rules.run import FRAME, IBIS_TYPES, matches_table, types_needed
from liuke.rules.syntax import Rule
from liuke.score.service.frame import demanded
from liuke.show.queries.peer_groups import groups_of
from liuke.show.queries.reader import Reader
from liuke.show.queries.warehouse import rows, runner, warehouse
from liuke.warehouse.frames import frame_moment, frame_schema

SAMPLE = 8


@dataclass(frozen=True, slots=True)
class Counted:
    """Matches of a rule among the customers that the reader sees; `sample` are those with the highest scores."""

    matched: int = 0
    excluded: int = 0
    total: int = 0
    sample: Sequence[tuple[int, float, str]] = ()
    as_of: datetime | None = None


def count(reader: Reader, rule: Rule) -> Counted:
    """How many match as of the last scoring; nobody before the first."""
    as_of = frame_moment(warehouse(), reader.workspace.pk)
    if as_of is None:
        return Counted()
    lacking = _lacking(reader, rule)
    visible = None if reader.actor.scope is Scope.ALL else _visible(reader)
    if visible == []:
        return Counted(as_of=as_of)
    return _in_memory(reader, rule, as_of, visible, lacking) if lacking else _in_warehouse(reader, rule, as_of, visible)


def row_of(reader: Reader, rules: Sequence[Rule], customer_id: int) -> tuple[Row, datetime] | None:
    """One customer's row of the frame with everything that the rules read, and its moment; None where it was not scored."""
    as_of = frame_moment(warehouse(), reader.workspace.pk)
    if as_of is None:
        return None
    found = rows(reader.workspace, "SELECT * FROM frame WHERE customer_id = $customer", {"customer": customer_id}).to_pylist()
    if not found:
        return None
    lacking = {column: metric for rule in rules for column, metric in _lacking(reader, rule).items()}
    table = _computed(reader, lacking, as_of, [customer_id])
    return {**found[0], **(table.to_pylist()[0] if lacking and table.num_rows else {})}, as_of


def _visible(reader: Reader) -> list[int]:
    return list(customers_visible(reader.actor).values_list("pk", flat=True))


def _lacking(reader: Reader, rule: Rule) -> dict[str, Sequence[Declared]]:
    """The columns that the stored frame does not have, with the metrics that answer them."""
    stored = frame_schema(warehouse(), reader.workspace.pk)
    wanted = [name for name in types_needed([rule]) if name not in stored]
    if not wanted:
        return {}
    metrics = {metric.code: metric.declared for metric in metrics_of(reader.workspace)}
    asked: dict[str, Sequence[Declared]] = {demand_column(demand): (demanded(demand),) for demand in demands_of(rule)}
    return {name: declared for name in wanted if (declared := (asked | metrics).get(name))}


def _computed(reader: Reader, lacking: Mapping[str, Sequence[Declared]], as_of: datetime, customers: Sequence[int] | None) -> pa.Table:
    """customer_id and the lacking columns; a sequence's 1.0 and 0.0 are yes and no."""
    metrics = tuple(dict.fromkeys(metric for declared in lacking.values() for metric in declared))
    moment = Moment(as_of, reader.workspace.time_zone)
    source, groups = Source(runner(reader.workspace)), groups_of(reader, metrics)
    found = features_compute(source=source, metrics=metrics, moment=moment, customers=customers, groups=groups)
    columns = {"customer_id": found["customer_id"]}
    for name, declared in lacking.items():
        column = found[declared[-1].name]
        columns[name] = pc.cast(column, pa.bool_()) if name.startswith("demand.") else column
    return pa.table(columns)


def _in_warehouse(reader: Reader, rule: Rule, as_of: datetime, visible: list[int] | None) -> Counted:
    seen, matched, excluded = _expressions(reader, rule, as_of, visible)
    totals = seen.aggregate(matched=matched.sum(), excluded=excluded.sum(), total=seen.count())
    counted = rows(reader.workspace, _sql(totals)).to_pylist()[0]
    best = seen.filter(matched).order_by([ibis.desc("score"), "customer_id"]).limit(SAMPLE)
    sample = rows(reader.workspace, _sql(best.select("customer_id", "score", "level"))).to_pylist()
    return Counted(
        int(counted["matched"] or 0), int(counted["excluded"] or 0), int(counted["total"]),
        [(row["customer_id"], row["score"], row["level"]) for row in sample], as_of,
    )  # fmt: skip


def _expressions(
    reader: Reader, rule: Rule, as_of: datetime, visible: list[int] | None
) -> tuple[ir.Table, ir.BooleanValue, ir.BooleanValue]:
    """The frame of those whom the reader sees, who of them matches, and who would but for the exclusion."""
    types = {name: IBIS_TYPES[kind] for name, kind in types_needed([rule]).items()}
    table = ibis.table({**types, "customer_id": "int64", "score": "float64", "level": "string"}, name=FRAME)
    table = table if visible is None else table.filter(table.customer_id.isin(visible))
    now_us, zone = to_us(as_of), reader.workspace.time_zone
    matched = matches_expression(rule, table, now_us=now_us, zone=zone)
    wanted = matches_expression(Rule(rule.when), table, now_us=now_us, zone=zone)
    return table, matched, wanted & ~matched


def _sql(expression: ir.Table) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb"))


def _in_memory(
    reader: Reader, rule: Rule, as_of: datetime, visible: list[int] | None, lacking: Mapping[str, Sequence[Declared]]
) -> Counted:
    kept = [name for name in types_needed([rule]) if name not in lacking]
    wanted = ", ".join(f'"{name}"' for name in dict.fromkeys(["customer_id", "score", "level", *kept]))
    table = rows(reader.workspace, f"SELECT {wanted} FROM frame ORDER BY customer_id")
    table = table if visible is None else table.filter(pc.is_in(table["customer_id"], pa.array(visible, pa.int64())))
    extra = _computed(reader, lacking, as_of, None)
    places = pc.index_in(table["customer_id"], extra["customer_id"])
    for name in lacking:
        table = table.append_column(name, extra[name].take(places))
    now_us, zone = to_us(as_of), reader.workspace.time_zone
    found = matches_table(table, {"matched": rule, "wanted": Rule(rule.when)}, now_us=now_us, zone=zone)
    matched, excluded = found["matched"], found["wanted"] & ~found["matched"]
    best = table.select(["customer_id", "score", "level"]).filter(pa.array(matched))
    best = best.sort_by([("score", "descending"), ("customer_id", "ascending")]).slice(0, SAMPLE)
    sample = [(row["customer_id"], row["score"], row["level"]) for row in best.to_pylist()]
    return Counted(int(np.sum(matched)), int(np.sum(excluded)), table.num_rows, sample, as_of)
