"""Which columns a model reads: not those that say nothing, say it twice, or name the row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.score.model.table import Column, Table

NAMES_OF_IDS = re.compile(
    r"(^|[_\s])(id|uuid|guid|no|key|index|rownumber|row)$|id$|编号$|号码$|流水号$|^序号$|账号$|手机号|电话$", re.IGNORECASE
)
FEWEST = 50
"""Below so many rows a column of all different values may still be a measure."""


SCREENED_ROWS = 5000
"""Rows that the screening of very wide tables looks at."""


def left_out(table: Table) -> Mapping[str, str]:
    """Column → why it is not read: `constant`, `id`, or `same as <column>`."""
    reasons: dict[str, str] = {}
    seen: dict[bytes, str] = {}
    for column in table.columns:
        reason = _reason(column, table.values[column.name])
        if not reason:
            print_of = _print(column, table.values[column.name])
            reason = f"same as {seen[print_of]}" if print_of in seen else ""
            seen.setdefault(print_of, column.name)
        if reason:
            reasons[column.name] = reason
    return reasons


def _reason(column: Column, values: NDArray[Any]) -> str:
    if column.kind == "number":
        known = values[~np.isnan(values)]
        if len(known) in (0, len(values)) and (not len(known) or known.min() == known.max()):
            return "constant"
        return "id" if _numbers_rows(column.name, known, len(values)) else ""
    distinct = len(set(values.tolist()))
    if distinct <= 1:
        return "constant"
    return "id" if column.kind == "category" and len(values) >= FEWEST and distinct > 0.9 * len(values) else ""


def _numbers_rows(name: str, known: NDArray[Any], rows: int) -> bool:
    """Whole numbers, all different, and either called an id or counting the rows one by one."""
    if rows < FEWEST or len(known) < rows or not np.array_equal(known, np.floor(known)):
        return False
    distinct = np.unique(known)
    if len(distinct) < rows:
        return len(distinct) > 0.9 * rows and bool(NAMES_OF_IDS.search(name))
    return bool(NAMES_OF_IDS.search(name)) or distinct[-1] - distinct[0] == rows - 1


def _print(column: Column, values: NDArray[Any]) -> bytes:
    """Equal for equal columns; categories by which rows share a level, whatever it is called."""
    if column.kind == "number":
        return np.asarray(values, dtype=np.float64).tobytes()
    first: dict[str, int] = {}
    return np.array([first.setdefault(word, len(first)) for word in values.tolist()], dtype=np.int64).tobytes()


def screened(table: Table, y: NDArray[Any], most: int) -> tuple[str, ...]:
    """The `most` columns that tell most by themselves: for tables of thousands of columns. A category counts by its levels' rates."""
    rows = np.random.default_rng(0).permutation(len(table))[:SCREENED_ROWS]
    hit = np.asarray(y, dtype=np.float64)[rows]
    strength = [_strength(column, table.values[column.name][rows], hit) for column in table.columns]
    kept = np.sort(np.argsort(-np.array(strength), kind="stable")[:most])
    return tuple(table.names[place] for place in kept)


def _strength(column: Column, values: NDArray[Any], hit: NDArray[np.float64]) -> float:
    """Squared correlation of ranks with the outcome (numbers), or the spread of levels' rates beyond chance (categories)."""
    if column.kind == "number":
        missing = np.isnan(values)
        _, rank = np.unique(values[~missing], return_inverse=True)
        return max(_correlation(rank, hit[~missing]) * float(1 - missing.mean()), _correlation(missing, hit))
    _, level, sizes = np.unique(values.astype(np.str_), return_inverse=True, return_counts=True)
    rates = np.bincount(level, weights=hit) / sizes
    chance = (len(sizes) - 1) / len(hit)
    return float((sizes * (rates - hit.mean()) ** 2).sum() / (len(hit) * hit.var())) - chance if hit.var() else 0.0


def _correlation(one: NDArray[Any], other: NDArray[np.float64]) -> float:
    """Squared; 0 where one of the two does not vary."""
    if not len(one) or not (spread := np.std(one) * np.std(other)):
        return 0.0
    return float(((one - np.mean(one)) @ (other - other.mean()) / len(other) / spread) ** 2)
