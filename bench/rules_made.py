"""200 rules of mixed shape over 100 columns, the table they are asked of, and the same rules as a person would write them in SQL."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from liuke.base.times import DAY_US
from liuke.rules.clock import Clock
from liuke.rules.syntax import All, Any_, Condition, Node, Other, Rule

ZONE, NOW_US = "Asia/Shanghai", 1_700_000_000_000_000
NUMBERS = [f"n{nth}" for nth in range(60)]
TEXTS = [f"t{nth}" for nth in range(15)]
FLAGS = [f"f{nth}" for nth in range(10)]
MOMENTS = [f"m{nth}" for nth in range(10)]
TAGS = [f"g{nth}" for nth in range(5)]
WORDS = ["华东", "华南", "华北", "vip", "trial", "silent", "retail", "factory", "school", "bank"]
MISSING = 0.1
SHARES = {"number": 9, "other": 3, "between": 2, "text": 2, "list": 2, "flag": 2, "moment": 3, "tags": 2, "missing": 1}
RELATIVE = ("within_last", "within_next", "older_than")


def made_table(rows: int, seed: int = 1) -> pa.Table:
    """`rows` customers × 100 columns, a tenth of the values missing."""
    chance = np.random.default_rng(seed)

    def lacking() -> Any:
        return chance.random(rows) < MISSING

    columns: dict[str, pa.Array] = {name: pa.array(chance.gamma(2.0, 50.0, rows), mask=lacking()) for name in NUMBERS}
    words = pa.array(WORDS)
    for name in TEXTS:
        columns[name] = words.take(pa.array(chance.integers(0, len(WORDS), rows), mask=lacking()))
    for name in FLAGS:
        columns[name] = pa.array(chance.random(rows) < 0.3, mask=lacking())
    for name in MOMENTS:
        columns[name] = pa.array(NOW_US + chance.integers(-400, 100, rows) * DAY_US, mask=lacking())
    for name in TAGS:
        ends = np.concatenate([[0], np.cumsum(chance.integers(0, 4, rows))]).astype(np.int32)
        columns[name] = pa.ListArray.from_arrays(pa.array(ends), words.take(pa.array(chance.integers(0, len(WORDS), int(ends[-1])))))
    return pa.table(columns)


def made_rules(count: int = 200, seed: int = 2) -> dict[str, Rule]:
    """Rules of one to twelve conditions, two levels of groups, two fifths with an exclusion."""
    chance = random.Random(seed)
    rules = {}
    for nth in range(count):
        groups = [_group(chance) for _ in range(chance.randint(1, 3))]
        when: Node = All(tuple(groups)) if len(groups) > 1 else groups[0]
        rules[str(nth)] = Rule(when, _condition(chance) if chance.random() < 0.4 else None)
    return rules


def _group(chance: random.Random) -> Node:
    parts = tuple(_condition(chance) for _ in range(chance.randint(1, 4)))
    return parts[0] if len(parts) == 1 else chance.choice([All, Any_])(parts)


def _condition(chance: random.Random) -> Condition:
    kind = chance.choices(["number", "other", "between", "text", "list", "flag", "moment", "tags", "missing"], [9, 3, 2, 2, 2, 2, 3, 2, 1])[
        0
    ]
    number, edge = chance.choice(NUMBERS), round(chance.uniform(20, 250), 1)
    made: dict[str, Callable[[], Condition]] = {
        "number": lambda: Condition(number, chance.choice(["lt", "le", "gt", "ge"]), edge),
        "other": lambda: Condition(number, chance.choice(["lt", "gt"]), Other(chance.choice(NUMBERS), times=0.8)),
        "between": lambda: Condition(number, "between", (edge, edge + 50)),
        "text": lambda: Condition(chance.choice(TEXTS), chance.choice(["eq", "ne", "contains", "starts_with"]), chance.choice(WORDS)),
        "list": lambda: Condition(chance.choice(TEXTS), chance.choice(["in", "not_in"]), tuple(chance.sample(WORDS, 3))),
        "flag": lambda: Condition(chance.choice(FLAGS), chance.choice(["is_true", "is_false"])),
        "moment": lambda: Condition(
            chance.choice(MOMENTS), chance.choice(["within_last", "within_next", "older_than"]), chance.randint(7, 180)
        ),
        "tags": lambda: Condition(chance.choice(TAGS), chance.choice(["has", "has_not"]), chance.choice(WORDS)),
        "missing": lambda: Condition(number, "missing"),
    }
    return made[kind]()


def by_hand(rules: Sequence[Rule], now_us: int) -> str:
    """One SELECT with a column per rule, written as a person would: no Ibis, no code of ours but the syntax tree."""
    return f"SELECT {', '.join(f'{_rule_sql(rule, Clock(now_us, ZONE))} AS r{nth}' for nth, rule in enumerate(rules))} FROM frame"


def _rule_sql(rule: Rule, clock: Clock) -> str:
    when = f"(({_sql(rule.when, clock)}) IS TRUE"
    return f"{when})" if rule.exclude is None else f"{when} AND ({_sql(rule.exclude, clock)}) IS NOT TRUE)"


def _sql(node: Node, clock: Clock) -> str:
    if isinstance(node, All | Any_):
        return f"({(' AND ' if isinstance(node, All) else ' OR ').join(_sql(part, clock) for part in node.parts)})"
    assert isinstance(node, Condition)
    name, value = node.column, node.value
    if isinstance(value, Other):
        return f"{name} {'<' if node.op == 'lt' else '>'} {value.column} * {value.times}"
    if isinstance(value, tuple) and node.op == "between":
        return f"{name} BETWEEN {value[0]} AND {value[1]}"
    words = ", ".join(f"'{word}'" for word in value) if isinstance(value, tuple) else ""
    days = int(value) if node.op in {"within_last", "within_next", "older_than"} and isinstance(value, int) else 0
    return {
        "lt": f"{name} < {value}", "le": f"{name} <= {value}", "gt": f"{name} > {value}", "ge": f"{name} >= {value}",
        "eq": f"{name} = '{value}'", "ne": f"{name} <> '{value}'", "contains": f"contains({name}, '{value}')",
        "starts_with": f"starts_with({name}, '{value}')", "in": f"{name} IN ({words})", "not_in": f"{name} NOT IN ({words})",
        "is_true": name, "is_false": f"NOT {name}", "missing": f"{name} IS NULL",
        "within_last": f"{name} >= {clock.ago_us(days)} AND {name} < {clock.now_us}",
        "within_next": f"{name} >= {clock.now_us} AND {name} <= {clock.ago_us(-days)}", "older_than": f"{name} < {clock.ago_us(days)}",
        "has": f"list_contains({name}, '{value}')", "has_not": f"NOT list_contains({name}, '{value}')",
    }[node.op]  # fmt: skip


def as_zen(rule: Rule, now_us: int) -> str:
    """The rule in the expression language of zen-engine, which has no unknown: every condition asks for its columns first."""
    clock = Clock(now_us, ZONE)
    when = _zen(rule.when, clock)
    return when if rule.exclude is None else f"({when}) and not ({_zen(rule.exclude, clock)})"


def _zen(node: Node, clock: Clock) -> str:
    if isinstance(node, All | Any_):
        return f"({(' and ' if isinstance(node, All) else ' or ').join(_zen(part, clock) for part in node.parts)})"
    assert isinstance(node, Condition)
    name, value = node.column, node.value
    if node.op == "missing":
        return f"{name} == null"
    if isinstance(value, Other):
        sign = "<" if node.op == "lt" else ">"
        return f"({name} != null and {value.column} != null and {name} {sign} {value.column} * {value.times})"
    words = ", ".join(f"'{word}'" for word in value) if isinstance(value, tuple) else ""
    days = int(value) if node.op in {"within_last", "within_next", "older_than"} and isinstance(value, int) else 0
    low, high = value if isinstance(value, tuple) and node.op == "between" else (0, 0)
    plain = {
        "lt": f"{name} < {value}", "le": f"{name} <= {value}", "gt": f"{name} > {value}", "ge": f"{name} >= {value}",
        "between": f"{name} >= {low} and {name} <= {high}", "eq": f"{name} == '{value}'", "ne": f"{name} != '{value}'",
        "contains": f"contains({name}, '{value}')", "starts_with": f"startsWith({name}, '{value}')",
        "in": f"{name} in [{words}]", "not_in": f"not ({name} in [{words}])", "is_true": f"{name} == true", "is_false": f"{name} == false",
        "within_last": f"{name} >= {clock.ago_us(days)} and {name} < {clock.now_us}",
        "within_next": f"{name} >= {clock.now_us} and {name} <= {clock.ago_us(-days)}", "older_than": f"{name} < {clock.ago_us(days)}",
        "has": f"'{value}' in {name}", "has_not": f"not ('{value}' in {name})",
    }  # fmt: skip
    return f"({name} != null and {plain[node.op]})"
