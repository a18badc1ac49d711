"""What a rule needs of the frame."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256

from liuke.rules.columns import ColumnType
from liuke.rules.operators import OPERATORS
from liuke.rules.syntax import All, Any_, Condition, Demand, Follow, Node, Other, Rule, Swing


def nodes_of(rule: Rule) -> Iterator[Node]:
    """Every node, `when` before `exclude`, parents before parts."""
    waiting: list[Node] = [rule.when] if rule.exclude is None else [rule.exclude, rule.when]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, All | Any_):
            waiting.extend(reversed(node.parts))


def columns_of(rule: Rule) -> frozenset[str]:
    """The columns that the rule names, operands included; demand columns are not among them (`demands_of`)."""
    return frozenset(types_of(rule))


def types_of(rule: Rule) -> dict[str, ColumnType | None]:
    """The type of each column that the rule names, as its operators tell it; None where only its presence is asked."""
    types: dict[str, ColumnType | None] = {}
    for node in nodes_of(rule):
        if isinstance(node, Condition):
            kind = type_of(node)
            types[node.column] = types.get(node.column) or kind
            if isinstance(node.value, Other):
                types[node.value.column] = types.get(node.value.column) or kind
    return types


def type_of(condition: Condition) -> ColumnType | None:
    """The type that a condition's operator works on; None for missing and present."""
    if condition.op in {"missing", "present"}:
        return None
    if condition.op in {"eq", "ne"}:
        return ColumnType.TEXT if isinstance(condition.value, str) else ColumnType.NUMBER
    return next(kind for kind, operators in OPERATORS.items() if condition.op in operators)


def demands_of(rule: Rule) -> tuple[Demand, ...]:
    """The sequences that the rule asks for, each once."""
    return tuple(dict.fromkeys(node for node in nodes_of(rule) if isinstance(node, Follow | Swing)))


def demand_column(demand: Demand) -> str:
    """The name of the flag column that holds a demand's answer: made of its content, so equal demands share one."""
    name = type(demand).__name__.lower()
    text = json.dumps({name: asdict(demand)}, sort_keys=True, separators=(",", ":"))
    return f"demand.{name}.{sha256(text.encode()).hexdigest()[:12]}"


def frame_columns_of(rule: Rule) -> frozenset[str]:
    """Everything that is read from the frame: named columns and demand columns."""
    return columns_of(rule) | {demand_column(demand) for demand in demands_of(rule)}
