"""The syntax tree of a rule. Made by `read.rule_from_plain`, which checks it; nothing here checks anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Other:
    """Another column as operand: `column * times + plus` for numbers, `column + days` (of 24 hours) for moments."""

    column: str
    times: float = 1.0
    plus: float = 0.0
    days: int = 0


Literal: TypeAlias = float | str
Operand: TypeAlias = Literal | tuple[Literal, ...] | Other | None


@dataclass(frozen=True, slots=True)
class Condition:
    """`column op value`, e.g. `order_amount_90 lt 500`. The operators of each type are in `operators.py`."""

    column: str
    op: str
    value: Operand = None


@dataclass(frozen=True, slots=True)
class Follow:
    """询价后14天内未下单: after one of `first` within the last `last_days`, one of `then` does (`happens`) or does not follow in time."""

    first: tuple[str, ...]
    then: tuple[str, ...]
    within_days: int
    happens: bool
    last_days: int


@dataclass(frozen=True, slots=True)
class Swing:
    """先激增后骤降: within `weeks` weeks activity of `kinds` rises by the share `rise` and then falls by the share `drop`."""

    kinds: tuple[str, ...]
    weeks: int
    rise: float
    drop: float


@dataclass(frozen=True, slots=True)
class All:
    """且: every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801 - `Any` is taken by typing
    """或: at least one part holds."""

    parts: tuple[Node, ...]


Node: TypeAlias = All | Any_ | Condition | Follow | Swing
Demand: TypeAlias = Follow | Swing
"""Conditions about the order of activities: computed by `features/` into a flag column of the frame (`needs.demand_column`)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Matches where `when` is true and `exclude` (排除以下客户) is not true."""

    when: Node
    exclude: Node | None = None
