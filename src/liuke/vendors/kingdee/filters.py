"""Conditions of FilterString. It is SQL-like and run by the ERP: names are checked, values are quoted, nothing else gets in."""

from __future__ import annotations

import re
from collections.abc import Iterable

FIELD = re.compile(r"^[A-Za-z_][A-Za-z0-9_]{0,79}(\.[A-Za-z_][A-Za-z0-9_]{0,79}){0,2}$")
"""Names of fields: letters, digits, underscores, and dots for properties such as FCustId.FNumber."""
FORM = re.compile(r"^[A-Za-z_][A-Za-z0-9_]{0,79}$")
LONGEST_VALUE = 200


def field(name: str) -> str:
    """The name, if it is one. Raises ValueError."""
    if not FIELD.match(name):
        raise ValueError(f"no field name: {name!r}")
    return name


def literal(value: str | int) -> str:
    """A number as it is, a text in quotes with its own quotes doubled. Raises ValueError for control characters and long texts."""
    if isinstance(value, int):
        return str(value)
    if len(value) > LONGEST_VALUE or any(ord(sign) < 32 for sign in value):
        raise ValueError("no plain value")
    return "'" + value.replace("'", "''") + "'"


def compare(name: str, operator: str, value: str | int) -> str:
    """`name operator value`. Raises ValueError for another operator than = <> < > <= >=."""
    if operator not in {"=", "<>", "<", ">", "<=", ">="}:
        raise ValueError(f"no operator: {operator!r}")
    return f"{field(name)} {operator} {literal(value)}"


def among(name: str, values: Iterable[str | int]) -> str:
    """`name IN (…)`; no value at all is a condition that nothing meets."""
    texts = [literal(value) for value in values]
    return f"{field(name)} IN ({', '.join(texts)})" if texts else "1 = 0"


def every(*conditions: str) -> str:
    """All of them, blank ones left out; blank for none."""
    given = [condition for condition in conditions if condition]
    return given[0] if len(given) == 1 else " AND ".join(f"({condition})" for condition in given)


def after(keys: Iterable[tuple[str, str | int]]) -> str:
    """Rows behind a place in an ascending order by several fields: `a > x OR (a = x AND (b > y OR …))`."""
    places = list(keys)
    text = ""
    for name, value in reversed(places):
        further = compare(name, ">", value)
        text = f"{further} OR ({compare(name, '=', value)} AND ({text}))" if text else further
    return text
