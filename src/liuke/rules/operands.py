"""The operand of a condition: what its operator takes, checked against the column's type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from liuke.rules.columns import Column, ColumnType
from liuke.rules.faults import Faults, shown
from liuke.rules.operators import Takes
from liuke.rules.syntax import Operand, Other

FindColumn = Callable[[object, str, ColumnType | None], Column | None]
"""The column of a name, of a type; tells the fault itself."""
_FURTHEST = 36_500


def operand_read(value: object, takes: Takes, column: Column, at: str, *, faults: Faults, find: FindColumn) -> Operand:
    """The operand; where it is wrong, a fault and something harmless."""
    match takes:
        case Takes.NUMBER:
            return _other_number(value, at, faults, find) if isinstance(value, Mapping) else faults.number(value, at)
        case Takes.RANGE:
            return _range(value, at, faults)
        case Takes.TEXT:
            return faults.text(value, at, column.choices)
        case Takes.LIST:
            return faults.texts(value, at, column.choices)
        case Takes.DAYS:
            return faults.whole(value, at, 1, faults.limits.days)
        case _:
            return _other_moment(value, at, faults, find) if isinstance(value, Mapping) else _day(value, at, faults)


def _range(value: object, at: str, faults: Faults) -> Operand:
    if not isinstance(value, list) or len(value) != 2:
        faults.add(at, "range")
        return None
    low, high = (faults.number(edge, f"{at}.{nth}") for nth, edge in enumerate(value))
    if low > high:
        faults.add(at, "range_order", low=low, high=high)
    return (low, high)


def _day(value: object, at: str, faults: Faults) -> str:
    try:
        if isinstance(value, str) and 1900 <= date.fromisoformat(value).year <= 2200 and len(value) == 10:
            return value
    except ValueError:
        pass
    faults.add(at, "day", value=shown(value))
    return "1970-01-01"


def _other_number(value: Mapping[str, object], at: str, faults: Faults, find: FindColumn) -> Operand:
    faults.only(value, ("column", "times", "plus"), at)
    column = find(value.get("column"), f"{at}.column", ColumnType.NUMBER)
    times = faults.number(value.get("times", 1), f"{at}.times", -1e6, 1e6)
    plus = faults.number(value.get("plus", 0), f"{at}.plus")
    return Other(column.name, times, plus) if column else None


def _other_moment(value: Mapping[str, object], at: str, faults: Faults, find: FindColumn) -> Operand:
    faults.only(value, ("column", "days"), at)
    column = find(value.get("column"), f"{at}.column", ColumnType.MOMENT)
    days = faults.whole(value.get("days", 0), f"{at}.days", -_FURTHEST, _FURTHEST)
    return Other(column.name, days=days) if column else None
