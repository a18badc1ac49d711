"""A rule for one customer: whether it matches, and each condition with the value that it saw."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from operator import eq, ge, gt, le, lt, ne
from typing import Any, TypeAlias

from liuke.base.times import DAY_US
from liuke.rules.clock import Clock
from liuke.rules.needs import demand_column
from liuke.rules.syntax import All, Any_, Condition, Follow, Node, Other, Rule, Swing

Value: TypeAlias = float | str | bool | Sequence[str] | None
"""A cell of the frame. Moments are UTC microseconds."""
Row: TypeAlias = Mapping[str, Value]
"""A row of the frame. A column that it lacks is missing."""


@dataclass(frozen=True, slots=True)
class ExplainedNode:
    """A node, its truth (None: unknown), the value that it saw, and the value that it was compared with."""

    node: Node
    result: bool | None
    seen: Value = None
    against: Value = None
    parts: tuple[ExplainedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """`when` and `exclude` in full: no part is passed over because another one decided already."""

    when: ExplainedNode
    exclude: ExplainedNode | None

    @property
    def verdict(self) -> str:
        """matched, excluded (would match otherwise), unknown (a value is missing that could decide) or not_matched."""
        if self.when.result is None:
            return "unknown"
        if not self.when.result:
            return "not_matched"
        return "excluded" if self.exclude is not None and self.exclude.result else "matched"


def matches(rule: Rule, row: Row, *, now_us: int, zone: str) -> bool:
    """Whether one customer matches; equal to what `run.matches_table` says of the same row."""
    clock = Clock(now_us, zone)
    if _truth(rule.when, row, clock) is not True:
        return False
    return rule.exclude is None or _truth(rule.exclude, row, clock) is not True


def explain(rule: Rule, row: Row, *, now_us: int, zone: str) -> Explained:
    """Every node's truth and the values behind it."""
    clock = Clock(now_us, zone)
    return Explained(_explained(rule.when, row, clock), None if rule.exclude is None else _explained(rule.exclude, row, clock))


def _truth(node: Node, row: Row, clock: Clock) -> bool | None:
    if isinstance(node, All | Any_):
        return _combined(node, [_truth(part, row, clock) for part in node.parts])
    if isinstance(node, Follow | Swing):
        return _flag(row.get(demand_column(node)))
    return _holds(node, _seen(row, node.column), _against(node, row, clock), clock)


def _explained(node: Node, row: Row, clock: Clock) -> ExplainedNode:
    if isinstance(node, All | Any_):
        parts = tuple(_explained(part, row, clock) for part in node.parts)
        return ExplainedNode(node, _combined(node, [part.result for part in parts]), parts=parts)
    if isinstance(node, Follow | Swing):
        result = _flag(row.get(demand_column(node)))
        return ExplainedNode(node, result, seen=result)
    seen, against = _seen(row, node.column), _against(node, row, clock)
    return ExplainedNode(node, _holds(node, seen, against, clock), seen, against)


def _combined(node: All | Any_, truths: Sequence[bool | None]) -> bool | None:
    """Kleene: one false decides 且, one true decides 或; otherwise one unknown makes it unknown."""
    decisive = isinstance(node, Any_)
    if decisive in truths:
        return decisive
    return None if None in truths else not decisive


def _flag(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None


def _seen(row: Row, column: str) -> Value:
    value = row.get(column)
    return None if isinstance(value, float) and not isfinite(value) else value


def _against(condition: Condition, row: Row, clock: Clock) -> Value:
    """The operand as a value of this row; None where the other column is missing."""
    value = condition.value
    if isinstance(value, Other):
        other = _seen(row, value.column)
        if not isinstance(other, int | float):
            return None
        if condition.op in {"before", "after"}:
            return int(other) + value.days * DAY_US
        return other * value.times + value.plus
    if condition.op in {"before", "after"}:
        return clock.day_us(str(value))
    return [str(part) for part in value] if isinstance(value, tuple) else value


def _holds(condition: Condition, seen: Value, against: Value, clock: Clock) -> bool | None:
    if condition.op in {"missing", "present"}:
        return (seen is None) == (condition.op == "missing")
    if seen is None:
        return None
    if condition.op in _PLAIN:
        return _PLAIN[condition.op](seen, against)
    if condition.op in _COMPARE:
        return None if against is None else bool(_COMPARE[condition.op](seen, against))
    return _ranged(condition, seen, clock)


def _ranged(condition: Condition, seen: Value, clock: Clock) -> bool | None:
    if not isinstance(seen, int | float):
        return None
    if isinstance(condition.value, tuple):
        low, high = (float(edge) for edge in condition.value)
        return low <= seen <= high
    days = int(condition.value) if isinstance(condition.value, int | float) else 0
    if condition.op == "older_than":
        return seen < clock.ago_us(days)
    if condition.op == "within_last":
        return clock.ago_us(days) <= seen < clock.now_us
    return clock.now_us <= seen <= clock.ago_us(-days)


def _within(needle: Value, hay: Value) -> bool:
    return isinstance(hay, str | Sequence) and needle in hay


_PLAIN: Mapping[str, Callable[[Value, Value], bool]] = {
    "is_true": lambda seen, _: seen is True,
    "is_false": lambda seen, _: seen is False,
    "contains": lambda seen, text: _within(text, seen),
    "not_contains": lambda seen, text: not _within(text, seen),
    "starts_with": lambda seen, text: str(seen).startswith(str(text)),
    "in": _within,
    "not_in": lambda seen, texts: not _within(seen, texts),
    "has": lambda seen, tag: _within(tag, seen),
    "has_not": lambda seen, tag: not _within(tag, seen),
    "has_any": lambda seen, tags: isinstance(tags, list) and any(_within(tag, seen) for tag in tags),
}
_COMPARE: Mapping[str, Callable[[Any, Any], object]] = {
    "eq": eq,
    "ne": ne,
    "lt": lt,
    "before": lt,
    "le": le,
    "gt": gt,
    "after": gt,
    "ge": ge,
}
