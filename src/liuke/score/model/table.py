"""What a model reads: columns with their kinds, as arrays of one length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["number", "category", "text"]
Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `monotone` 1: more means a higher risk, -1: a lower one, 0: either; `family` groups it in explanations."""

    name: str
    kind: Kind = "number"
    monotone: int = 0
    family: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and their values: numbers as float64 (missing: NaN), categories and texts as objects of str (missing: "")."""

    columns: tuple[Column, ...]
    values: Mapping[str, NDArray[Any]]

    def __post_init__(self) -> None:
        sizes = {len(self.values[column.name]) for column in self.columns}
        if len(sizes) > 1:
            raise ValueError(f"columns of {sorted(sizes)} rows in one table")

    def __len__(self) -> int:
        return len(self.values[self.columns[0].name]) if self.columns else 0

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names in their order."""
        return tuple(column.name for column in self.columns)

    def number(self, name: str) -> Numbers:
        """A column as float64; NaN where nothing is known."""
        return np.asarray(self.values[name], dtype=np.float64)

    def words(self, name: str) -> NDArray[np.object_]:
        """A column of categories or texts; "" where nothing is known."""
        return np.asarray(self.values[name], dtype=np.object_)

    def take(self, rows: NDArray[Any]) -> Table:
        """The rows of these numbers (or of this mask), in that order."""
        return replace(self, values={column.name: self.values[column.name][rows] for column in self.columns})

    def only(self, names: Sequence[str]) -> Table:
        """These columns, in this table's order. Raises KeyError for a column that it does not have."""
        missing = sorted(set(names) - set(self.names))
        if missing:
            raise KeyError(f"columns that the table lacks: {', '.join(missing)}")
        chosen = tuple(column for column in self.columns if column.name in set(names))
        return Table(chosen, {column.name: self.values[column.name] for column in chosen})

    def with_columns(self, columns: Sequence[Column], values: Mapping[str, NDArray[Any]]) -> Table:
        """With further columns; one of the same name takes the old one's place."""
        new = {column.name: column for column in columns}
        kept = tuple(new.pop(column.name, column) for column in self.columns)
        return Table((*kept, *new.values()), {**self.values, **values})
