"""A rule as JsonLogic, for other systems. What depends on today's date cannot be written down once and for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from liuke.base.errors import Invalid
from liuke.base.times import DAY_US
from liuke.rules.clock import Clock
from liuke.rules.evaluate import Row
from liuke.rules.needs import demand_column
from liuke.rules.syntax import All, Any_, Condition, Follow, Node, Operand, Other, Rule, Swing

Logic = dict[str, Any]
"""JSON as jsonlogic.com has it."""


def to_jsonlogic(rule: Rule, *, zone: str) -> Logic:
    """The rule over data from `jsonlogic_data`: true exactly where it matches.

    JsonLogic has no unknown: each condition says by itself that its columns are there, which is the same, since nothing but
    `exclude` is ever negated. Raises Invalid("rule_jsonlogic") for conditions relative to today.
    """
    clock = Clock(0, zone)
    when = _logic(rule.when, clock)
    return when if rule.exclude is None else {"and": [when, {"!": [_logic(rule.exclude, clock)]}]}


def jsonlogic_data(row: Row) -> dict[str, Any]:
    """A row with its dotted names nested, as JsonLogic's `var` looks them up."""
    data: dict[str, Any] = {}
    for name, value in row.items():
        *folders, last = name.split(".")
        inside = data
        for folder in folders:
            inside = inside.setdefault(folder, {})
        inside[last] = list(value) if isinstance(value, list | tuple) else value
    return data


def _logic(node: Node, clock: Clock) -> Logic:
    if isinstance(node, All | Any_):
        return {"and" if isinstance(node, All) else "or": [_logic(part, clock) for part in node.parts]}
    if isinstance(node, Follow | Swing):
        return {"===": [_var(demand_column(node)), True]}
    if node.op == "missing":
        return {"===": [_var(node.column), None]}
    there = [{"!==": [_var(name), None]} for name in _columns(node)]
    return there[0] if node.op == "present" else {"and": [*there, _condition(node, clock)]}


def _columns(condition: Condition) -> list[str]:
    value = condition.value
    return [condition.column, *([value.column] if isinstance(value, Other) else [])]


def _var(name: str) -> Logic:
    return {"var": name}


def _condition(condition: Condition, clock: Clock) -> Logic:
    var, op = _var(condition.column), condition.op
    if op in _SIGNS:
        return {_SIGNS[op]: [var, _operand(condition, clock)]}
    if op in _TEXTS:
        return _TEXTS[op](var, condition.value)
    raise Invalid("rule_jsonlogic", column=condition.column, op=op)


def _operand(condition: Condition, clock: Clock) -> Operand | Logic:
    value, moment = condition.value, condition.op in {"before", "after"}
    if isinstance(value, Other):
        other = _var(value.column)
        return {"+": [other, value.days * DAY_US]} if moment else {"+": [{"*": [other, value.times]}, value.plus]}
    return clock.day_us(str(value)) if moment else value


def _negated(logic: Logic) -> Logic:
    return {"!": [logic]}


_SIGNS: Mapping[str, str] = {
    "eq": "===",
    "ne": "!==",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "before": "<",
    "after": ">",
}
_TEXTS: Mapping[str, Callable[[Logic, Any], Logic]] = {
    "between": lambda var, edges: {"<=": [edges[0], var, edges[1]]},
    "is_true": lambda var, _: {"===": [var, True]},
    "is_false": lambda var, _: {"===": [var, False]},
    "in": lambda var, texts: {"in": [var, list(texts)]},
    "not_in": lambda var, texts: _negated({"in": [var, list(texts)]}),
    "contains": lambda var, text: {"in": [text, var]},
    "not_contains": lambda var, text: _negated({"in": [text, var]}),
    "starts_with": lambda var, text: {"===": [{"substr": [var, 0, len(text)]}, text]},
    "has": lambda var, tag: {"in": [tag, var]},
    "has_not": lambda var, tag: _negated({"in": [tag, var]}),
    "has_any": lambda var, tags: {"or": [{"in": [tag, var]} for tag in tags]},
}
