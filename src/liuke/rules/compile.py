"""A rule → one Ibis expression over the frame. Nothing is glued from text; literals are literals of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import and_, eq, ge, gt, le, lt, ne, or_
from typing import Any

import ibis
import ibis.expr.types as ir

from liuke.base.times import DAY_US
from liuke.rules.clock import Clock
from liuke.rules.needs import demand_column
from liuke.rules.syntax import All, Any_, Condition, Follow, Node, Other, Rule, Swing


def matches_expression(rule: Rule, table: ir.Table, *, now_us: int, zone: str) -> ir.BooleanValue:
    """Never null: true where `when` is true and `exclude` is not true. `table` has every column of `needs.frame_columns_of`."""
    clock = Clock(now_us, zone)
    matched = node_expression(rule.when, table, clock).fill_null(ibis.literal(False))
    if rule.exclude is None:
        return matched
    return matched & ~node_expression(rule.exclude, table, clock).fill_null(ibis.literal(False))


def node_expression(node: Node, table: ir.Table, clock: Clock) -> ir.BooleanValue:
    """A node's truth: true, false or null (unknown)."""
    if isinstance(node, All | Any_):
        parts = [node_expression(part, table, clock) for part in node.parts]
        return reduce(and_ if isinstance(node, All) else or_, parts)
    if isinstance(node, Follow | Swing):
        return table[demand_column(node)]
    return _condition(node, table, clock)


def _condition(condition: Condition, table: ir.Table, clock: Clock) -> ir.BooleanValue:
    column = table[condition.column]
    if condition.op in _ALONE:
        return _ALONE[condition.op](column)
    if condition.op in _WITH_VALUE:
        return _WITH_VALUE[condition.op](column, condition.value)
    if condition.op in _COMPARE:
        return _COMPARE[condition.op](column, _operand(condition, table, clock))
    return _relative(column, condition, clock)


def _relative(column: Any, condition: Condition, clock: Clock) -> ir.BooleanValue:
    days = int(condition.value) if isinstance(condition.value, int | float) else 0
    if condition.op == "older_than":
        return column < clock.ago_us(days)
    if condition.op == "within_last":
        return (column >= clock.ago_us(days)) & (column < clock.now_us)
    return (column >= clock.now_us) & (column <= clock.ago_us(-days))


def _has(column: Any, tags: Any) -> Any:
    """Whether a list holds one of `tags`; null where there is no list (a null inside a list is no tag)."""
    found = reduce(or_, [column.contains(tag) for tag in tags])
    return column.notnull().ifelse(found.fill_null(ibis.literal(False)), ibis.null("boolean"))


def _operand(condition: Condition, table: ir.Table, clock: Clock) -> Any:
    value = condition.value
    moment = condition.op in {"before", "after"}
    if not isinstance(value, Other):
        return clock.day_us(str(value)) if moment else value
    other = table[value.column]
    if moment:
        return other + value.days * DAY_US if value.days else other
    scaled = other * value.times if value.times != 1 else other
    return scaled + value.plus if value.plus else scaled


_ALONE: Mapping[str, Callable[[Any], Any]] = {
    "missing": lambda column: column.isnull(),
    "present": lambda column: column.notnull(),
    "is_true": lambda column: column,
    "is_false": lambda column: ~column,
}
_WITH_VALUE: Mapping[str, Callable[[Any, Any], Any]] = {
    "between": lambda column, edges: (column >= edges[0]) & (column <= edges[1]),
    "contains": lambda column, text: column.contains(text),
    "not_contains": lambda column, text: ~column.contains(text),
    "starts_with": lambda column, text: column.startswith(text),
    "in": lambda column, texts: column.isin(texts),
    "not_in": lambda column, texts: column.notin(texts),
    "has": lambda column, tag: _has(column, (tag,)),
    "has_not": lambda column, tag: ~_has(column, (tag,)),
    "has_any": _has,
}
_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": eq,
    "ne": ne,
    "lt": lt,
    "before": lt,
    "le": le,
    "gt": gt,
    "after": gt,
    "ge": ge,
}
