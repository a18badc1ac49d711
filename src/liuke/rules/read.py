"""Plain data (JSON) → rule, checked against the columns there are. Every fault is told at once, with its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from liuke.base.errors import Invalid
from liuke.rules.columns import Catalogue, Column, ColumnType, Stratum
from liuke.rules.contradictions import contradictions
from liuke.rules.faults import LIMITS, Faults, Limits
from liuke.rules.needs import demands_of
from liuke.rules.operands import operand_read
from liuke.rules.operators import OPERATORS, Takes
from liuke.rules.syntax import All, Any_, Condition, Follow, Node, Rule, Swing
from liuke.rules.write import rule_to_plain

__all__ = ["rule_from_plain", "rule_to_plain"]

_KINDS = ("all", "any", "column", "follow", "swing")
_NOTHING = Condition("", "missing")
"""Stands where a node could not be read; never leaves this file, since there is a fault then."""


def rule_from_plain(
    data: object,
    catalogue: Catalogue,
    *,
    highest: Stratum,
    limits: Limits = LIMITS,
    kinds: tuple[str, ...] = (),
) -> Rule:
    """The rule of a document. `highest` is the highest stratum that it may refer to; `kinds` are the activity kinds there are, if known.

    Raises Invalid("rule", faults=[{"at": "when.all.1.value", "key": "rules.faults.…", "allowed": […], …}]).
    """
    faults = Faults(limits)
    if not isinstance(data, Mapping):
        faults.add("", "object", ("when", "exclude"))
    elif _fits(data, faults):
        reader = _Reader(catalogue, highest, faults, kinds)
        faults.only(data, ("when", "exclude"), "")
        if "when" not in data:
            faults.add("when", "absent", _KINDS)
        when = reader.node(data.get("when"), "when", 1) if "when" in data else _NOTHING
        excluded = data.get("exclude")
        exclude = None if excluded is None else reader.node(excluded, "exclude", 1)
        rule = Rule(when, exclude)
        if len(demands_of(rule)) > limits.sequences:
            faults.add("", "too_many_sequences", high=limits.sequences)
        if not faults.found:
            return rule
    raise Invalid("rule", faults=faults.found)


def _fits(data: Mapping[str, object], faults: Faults) -> bool:
    """Whether the document is small enough to be looked at."""
    try:
        size = len(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    except RecursionError:
        faults.add("", "too_deep", high=faults.limits.depth)
        return False
    except (TypeError, ValueError):
        faults.add("", "not_json")
        return False
    if size > faults.limits.size:
        faults.add("", "too_large", size=size, high=faults.limits.size)
        return False
    return True


@dataclass(slots=True)
class _Reader:
    catalogue: Catalogue
    highest: Stratum
    faults: Faults
    kinds: tuple[str, ...]
    nodes: int = 0
    told: set[str] = field(default_factory=set)

    def node(self, data: object, at: str, depth: int) -> Node:
        """One node. `depth` counts from 1."""
        self.nodes += 1
        if self._too_much(at, depth):
            return _NOTHING
        named = [name for name in _KINDS if isinstance(data, Mapping) and name in data]
        if not isinstance(data, Mapping) or len(named) != 1:
            self.faults.add(at, "node", _KINDS)
            return _NOTHING
        match named[0]:
            case "column":
                return self._condition(data, at)
            case "follow":
                self.faults.only(data, ("follow",), at)
                return self._follow(data["follow"], f"{at}.follow")
            case "swing":
                self.faults.only(data, ("swing",), at)
                return self._swing(data["swing"], f"{at}.swing")
        return self._group(data, named[0], at, depth)

    def _too_much(self, at: str, depth: int) -> bool:
        limits, over = self.faults.limits, ""
        if depth > limits.depth:
            over = "too_deep"
        elif self.nodes > limits.nodes:
            over = "too_many"
        if over and over not in self.told:
            self.faults.add(at, over, high=limits.depth if over == "too_deep" else limits.nodes)
            self.told.add(over)
        return bool(over)

    def _group(self, data: Mapping[str, object], name: str, at: str, depth: int) -> Node:
        self.faults.only(data, (name,), at)
        given = data[name]
        if not isinstance(given, list) or not given:
            self.faults.add(f"{at}.{name}", "empty_group")
            return _NOTHING
        parts = []
        for nth, part in enumerate(given):
            parts.append(self.node(part, f"{at}.{name}.{nth}", depth + 1))
            if self.nodes > self.faults.limits.nodes:
                break
        if name == "any":
            return Any_(tuple(parts))
        for nth, column in contradictions(parts):
            self.faults.add(f"{at}.{name}.{nth}", "contradiction", column=column)
        return All(tuple(parts))

    def _condition(self, data: Mapping[str, object], at: str) -> Condition:
        self.faults.only(data, ("column", "op", "value"), at)
        column = self.column(data["column"], f"{at}.column", None)
        if column is None:
            return _NOTHING
        operators = OPERATORS[column.type]
        op = data.get("op")
        if not isinstance(op, str) or op not in operators:
            self.faults.add(f"{at}.op", "operator", operators, column=column.name)
            return _NOTHING
        if operators[op] is Takes.NOTHING:
            if data.get("value") is not None:
                self.faults.add(f"{at}.value", "no_value", op=op)
            return Condition(column.name, op)
        if data.get("value") is None:
            self.faults.add(f"{at}.value", "value_absent", (operators[op].value,))
            return _NOTHING
        value = operand_read(data["value"], operators[op], column, f"{at}.value", faults=self.faults, find=self.column)
        return Condition(column.name, op, value)

    def column(self, name: object, at: str, of_type: ColumnType | None) -> Column | None:
        """The column of that name that may be referred to here; a fault where there is none."""
        column = self.catalogue.get(name) if isinstance(name, str) else None
        if column is not None and self._may_stand(column, of_type):
            return column
        allowed = sorted(one.name for one in self.catalogue.values() if self._may_stand(one, of_type))
        asked = name if isinstance(name, str) else ""
        self.faults.add(at, self._column_fault(column), allowed, column=asked, type=of_type.value if of_type else "")
        return None

    def _may_stand(self, column: Column, of_type: ColumnType | None) -> bool:
        return column.stratum <= self.highest and of_type in {None, column.type}

    def _column_fault(self, column: Column | None) -> str:
        """Why a column may not stand where it does."""
        if column is None:
            return "unknown_column"
        return "upward" if column.stratum > self.highest else "column_type"

    def _follow(self, data: object, at: str) -> Node:
        names = ("first", "then", "within_days", "happens", "last_days")
        if not self._complete(data, names, at) or not isinstance(data, Mapping):
            return _NOTHING
        if not isinstance(data["happens"], bool):
            self.faults.add(f"{at}.happens", "yes_or_no", ("true", "false"))
        within = self.faults.whole(data["within_days"], f"{at}.within_days", 1, 365)
        last = self.faults.whole(data["last_days"], f"{at}.last_days", 1, 730)
        if within > last:
            self.faults.add(f"{at}.within_days", "window", high=last)
        first, then = (self.faults.texts(data[name], f"{at}.{name}", self.kinds) for name in ("first", "then"))
        return Follow(first, then, within, data["happens"] is True, last)

    def _swing(self, data: object, at: str) -> Node:
        names = ("kinds", "weeks", "rise", "drop")
        if not self._complete(data, names, at) or not isinstance(data, Mapping):
            return _NOTHING
        weeks = self.faults.whole(data["weeks"], f"{at}.weeks", 4, 104)
        rise = self.faults.number(data["rise"], f"{at}.rise", 0.05, 10)
        drop = self.faults.number(data["drop"], f"{at}.drop", 0.05, 1)
        return Swing(self.faults.texts(data["kinds"], f"{at}.kinds", self.kinds), weeks, rise, drop)

    def _complete(self, data: object, names: tuple[str, ...], at: str) -> bool:
        if not isinstance(data, Mapping):
            self.faults.add(at, "object", names)
            return False
        self.faults.only(data, names, at)
        absent = [name for name in names if name not in data]
        for name in absent:
            self.faults.add(f"{at}.{name}", "absent", names)
        return not absent
