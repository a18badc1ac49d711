"""Which operators each type of column has, and what operand each takes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from liuke.rules.columns import ColumnType


class Takes(StrEnum):
    """The operand of an operator."""

    NOTHING = "none"
    NUMBER = "number"
    """A number, or another number column with factor and addend."""
    RANGE = "range"
    """Two numbers, both included."""
    TEXT = "text"
    LIST = "list"
    """Texts, 1 to 500."""
    DAYS = "days"
    """A whole number of days."""
    MOMENT = "moment"
    """An ISO date (its local midnight), or another moment column ± days."""


_PRESENCE = {"missing": Takes.NOTHING, "present": Takes.NOTHING}
OPERATORS: Mapping[ColumnType, Mapping[str, Takes]] = {
    ColumnType.NUMBER: {**dict.fromkeys(("eq", "ne", "lt", "le", "gt", "ge"), Takes.NUMBER), "between": Takes.RANGE, **_PRESENCE},
    ColumnType.TEXT: {
        **dict.fromkeys(("eq", "ne"), Takes.TEXT),
        **dict.fromkeys(("in", "not_in"), Takes.LIST),
        **dict.fromkeys(("contains", "not_contains", "starts_with"), Takes.TEXT),
        **_PRESENCE,
    },
    ColumnType.FLAG: {"is_true": Takes.NOTHING, "is_false": Takes.NOTHING, **_PRESENCE},
    ColumnType.MOMENT: {
        **dict.fromkeys(("before", "after"), Takes.MOMENT),
        **dict.fromkeys(("within_last", "within_next", "older_than"), Takes.DAYS),
        **_PRESENCE,
    },
    ColumnType.TAGS: {**dict.fromkeys(("has", "has_not"), Takes.TEXT), "has_any": Takes.LIST, **_PRESENCE},
}
"""Type of the column → operator → operand. `missing` and `present` are never unknown; every other operator is where the column is."""
