"""Keeping a file quick: rows of many small appends are gathered by customer, and room that deleted rows leave is given back.

Done in portions: each is one short transaction, writers go on between two, readers always. What is interrupted has done whole portions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from liuke.warehouse.domain.steps import Gather, Warehouse

GROUP = 122_880
"""Rows of a row group in DuckDB: what is skipped or read as a whole."""
PORTION = 500_000
"""Rows gathered in one transaction: under a second each."""
SCATTERED = 24.0
"""Row groups that a customer's page may read before gathering pays: below it a page takes some twenty milliseconds."""
WASTE = 0.3
"""Share of a file's blocks that may be free before it is made anew."""
SMALL = 64 << 20
"""Bytes below which nobody minds."""
Told = Callable[[float], None]
_SPREAD = f"""
    SELECT coalesce(sum(high - low + 1) / nullif(max(high) - min(low) + 1, 0), 0)::DOUBLE AS spread
    FROM (SELECT min(customer_id)::DOUBLE AS low, max(customer_id)::DOUBLE AS high FROM activity GROUP BY rowid // {GROUP})"""
_UPTO = (
    "SELECT customer_id, sum(count(*)) OVER (ORDER BY customer_id)::BIGINT AS upto FROM activity GROUP BY customer_id ORDER BY customer_id"
)
_BLOCKS = "SELECT block_size::BIGINT AS size, total_blocks::BIGINT AS total, free_blocks::BIGINT AS free FROM pragma_database_size()"


@dataclass(frozen=True, slots=True)
class Compacted:
    """What was done: `spread` before and after, rows moved, bytes given back."""

    before: float
    after: float
    moved: int = 0
    bytes_freed: int = 0


def spread(warehouse: Warehouse, workspace_id: int) -> float:
    """How many row groups hold the range in which a random customer lies: 1 where all is in order, 0 without rows."""
    return float(warehouse.query(workspace_id, _SPREAD)["spread"][0].as_py())


def compact(
    warehouse: Warehouse, workspace_id: int, *, removed: int = 0, told: Told = lambda _fraction: None, portion: int = PORTION
) -> Compacted:
    """Gather rows where they lie scattered, then make the file anew where much of it is empty.

    `removed`: rows that were just deleted. DuckDB counts a block as free only when all its rows are gone, so rows that went from
    among others do not show in the file's own figures.
    """
    before = spread(warehouse, workspace_id)
    moved = _gather(warehouse, workspace_id, told, portion) if before > SCATTERED else 0
    freed = _shrink(warehouse, workspace_id, removed)
    return Compacted(before, spread(warehouse, workspace_id) if moved else before, moved, freed)


def _gather(warehouse: Warehouse, workspace_id: int, told: Told, portion: int) -> int:
    found = warehouse.query(workspace_id, _UPTO)
    customers, upto = found["customer_id"].to_numpy(), found["upto"].to_numpy()
    moved, first = 0, 0
    while first < len(customers):
        begun = int(upto[first - 1]) if first else 0
        last = max(int(np.searchsorted(upto, begun + portion, side="right")) - 1, first)
        step = Gather(int(customers[first]), int(customers[last]))
        moved += int(warehouse.transact(workspace_id, None, [step]).counts[0]["moved"])
        first = last + 1
        told(first / len(customers))
    return moved


def _shrink(warehouse: Warehouse, workspace_id: int, removed: int) -> int:
    before = _blocks(warehouse, workspace_id)
    rows = int(warehouse.query(workspace_id, "SELECT count(*) AS n FROM activity")["n"][0].as_py())
    empty = max(before["free"] / max(before["total"], 1), removed / max(rows + removed, 1))
    if empty < WASTE or before["total"] * before["size"] < SMALL:
        return 0
    warehouse.rewrite(workspace_id)
    after = _blocks(warehouse, workspace_id)
    return max(before["total"] - after["total"], 0) * before["size"]


def _blocks(warehouse: Warehouse, workspace_id: int) -> dict[str, int]:
    row = warehouse.query(workspace_id, _BLOCKS).to_pylist()[0]
    return {name: int(value) for name, value in row.items()}
