"""What another configuration would change, before it is published (SCR-04): two scorings of the same customers compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from liuke.base.errors import Invalid
from liuke.score.domain.levels import Level


@dataclass(frozen=True, slots=True)
class Moved:
    """A customer whose level would change."""

    customer_id: object
    before: float
    after: float
    level_before: Level
    level_after: Level


@dataclass(frozen=True, slots=True)
class Preview:
    """Customers not lost in either scoring; `moves` counts them by (level before, level after), changed levels only."""

    customers: int
    changed: int
    levels_before: Mapping[Level, int]
    levels_after: Mapping[Level, int]
    moves: Mapping[tuple[Level, Level], int]
    sample: tuple[Moved, ...]


def score_preview(before: pa.Table, after: pa.Table, *, sample: int = 20) -> Preview:
    """Compare two tables of `SCORE_SCHEMA` over the same customers. `sample`: those whose score moves most, then by id.

    Lost customers are in the pool, not in the levels, so they do not count. Raises Invalid("preview_customers") where the
    two do not hold the same customers.
    """
    before, after = before.sort_by("customer_id"), after.sort_by("customer_id")
    if not before["customer_id"].equals(after["customer_id"]):
        raise Invalid("preview_customers", before=before.num_rows, after=after.num_rows)
    alive = ~(_flags(before, "is_lost") | _flags(after, "is_lost"))
    old, new = _ranks(before)[alive], _ranks(after)[alive]
    size = len(Level)
    pairs = np.bincount(old * size + new, minlength=size * size).reshape(size, size)
    levels = list(Level)
    moves = {(levels[a], levels[b]): int(pairs[a, b]) for a in range(size) for b in range(size) if a != b and pairs[a, b]}
    return Preview(
        customers=int(alive.sum()),
        changed=sum(moves.values()),
        levels_before={level: int(pairs[at].sum()) for at, level in enumerate(levels)},
        levels_after={level: int(pairs[:, at].sum()) for at, level in enumerate(levels)},
        moves=moves,
        sample=_sample(before, after, alive, sample),
    )


def _flags(table: pa.Table, name: str) -> np.ndarray:
    return np.asarray(table[name].to_numpy(zero_copy_only=False), dtype=np.bool_)


def _ranks(table: pa.Table) -> np.ndarray:
    found = np.asarray(table["level"].to_numpy(zero_copy_only=False), dtype=str)
    ranks = np.zeros(len(found), dtype=np.int64)
    for level in Level:
        ranks[found == level.value] = level.rank
    return ranks


def _sample(before: pa.Table, after: pa.Table, alive: np.ndarray, size: int) -> tuple[Moved, ...]:
    rows = np.nonzero(alive & (_ranks(before) != _ranks(after)))[0]
    old, new = before["score"].to_numpy(), after["score"].to_numpy()
    largest = rows[np.argsort(-np.abs(new[rows] - old[rows]), kind="stable")][:size]
    return tuple(
        Moved(
            before["customer_id"][at].as_py(),
            float(old[at]),
            float(new[at]),
            Level(before["level"][at].as_py()),
            Level(after["level"][at].as_py()),
        )
        for at in largest.tolist()
    )
