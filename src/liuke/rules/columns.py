"""What a rule may speak about: columns with a type and the stratum in which they are computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class ColumnType(StrEnum):
    """The type of a column; in brackets what the frame holds. A missing value is NULL; NaN and infinities count as missing."""

    NUMBER = "number"
    """DOUBLE."""
    TEXT = "text"
    """VARCHAR; compared as written, upper and lower case differ."""
    FLAG = "flag"
    """BOOLEAN."""
    MOMENT = "moment"
    """BIGINT, UTC microseconds."""
    TAGS = "tags"
    """VARCHAR[]; an empty list means that there are none, NULL that nobody knows."""


class Stratum(IntEnum):
    """In which round of a scoring a column is known. A definition may use its own stratum's inputs and lower ones."""

    METRIC = 1
    """Attributes and metrics."""
    TAG = 2
    """Tags, value tiers and segments over metrics."""
    SIGNAL = 3
    """Signals and rules that add points."""
    SCORE = 4
    """Score and level."""
    PREDICTION = 5
    """Predictive tags and alerts."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the frame. `unit` as metrics have it (money, days, share …); `choices` are a text column's only values, if known."""

    name: str
    type: ColumnType
    stratum: Stratum
    unit: str = ""
    choices: tuple[str, ...] = ()


Catalogue = Mapping[str, Column]
"""The columns of a workspace, by name."""
