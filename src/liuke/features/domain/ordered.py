"""Metrics of things in order: how many of the newest in a row are of a sort, how fast one side answers the other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """How many of the newest things in a row hit; 0 where the newest does not, null where there is nothing.

    A thing is made of the rows with the same `attrs.<by>` (each row by itself where it has none, or `by` is empty); it needs a row
    of `kinds` and lies at its first one. It hits by a row of the kinds `hits` or by an attribute of `over` above its limit;
    with neither given every thing hits. A row of `unless` undoes that. 3 orders in a row late: `kinds` order.placed, `by` order_id,
    `over` (("late_days", 0.0),).
    """

    name: str
    kinds: tuple[str, ...]
    hits: tuple[str, ...] = ()
    over: tuple[tuple[str, float], ...] = ()
    unless: tuple[str, ...] = ()
    by: str = ""
    days: int = 365


@dataclass(frozen=True, slots=True)
class Reply:
    """Median hours from a row of `asked` to the row of `answered` that directly follows it; null without such a pair.

    The answer lies in `[skip + days, skip)` days before the moment.
    """

    name: str
    asked: tuple[str, ...]
    answered: tuple[str, ...]
    days: int = 30
    skip: int = 0
