"""A chunk of text to clean typed rows and coded rejects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liuke.accounts.domain.tombstones import Refusals
from liuke.align.domain.attributes import EXTRA
from liuke.align.domain.entities import FieldType
from liuke.align.domain.erased import CODE, erased_rows
from liuke.align.domain.mapping import Plan
from liuke.align.domain.values import Wrong, blanked, read_values
from liuke.connect.domain.chunk import Chunk


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that cannot be imported: message `rejects.<code>`; `params` carry the field's name and the value found."""

    line: int
    cells: Sequence[str]
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clean:
    """`rows`: every field of the entity as a column plus kept columns (`attr:<header>`). `cells` and `wrong` count mapped values."""

    rows: pa.Table
    rejects: Sequence[Reject]
    cells: int
    wrong: int

    @property
    def readable(self) -> float:
        """Share of the mapped values that could be read, 0–1."""
        return 1 - self.wrong / self.cells if self.cells else 1.0


NOBODY = Refusals(0)
"""Where nobody was erased."""


def clean_chunk(chunk: Chunk, plan: Plan, refusals: Refusals = NOBODY) -> Clean:
    """Reads every mapped column; a row with any fault is rejected with its first one, one of somebody who was erased with that."""
    columns: dict[str, pa.Array] = {}
    faults: list[tuple[str, int, Wrong]] = []
    cells = wrong = 0
    for use in plan.uses:
        texts = chunk.columns[use.index]
        columns[use.field.name], found = read_values(texts, use.field, use.reading)
        faults += [(use.field.name, use.index, each) for each in found]
        cells += _filled(texts)
        wrong += sum(map(_unreadable, found))
    table = _complete(columns, plan, len(chunk))
    faults += [("", -1, each) for each in row_faults(plan.entity.name, table)]
    for header, index in plan.kept:
        table = table.append_column(EXTRA + header, blanked(chunk.columns[index], FieldType.TEXT))
    erased = erased_rows(table, refusals)
    good, rejects = _rejected(chunk, [("", -1, erased), *faults] if erased else faults)
    broken = [Reject(row.line, row.cells, row.code, row.params) for row in chunk.broken]
    kept = table if good.all() else table.filter(pa.array(good))
    return Clean(kept, sorted(broken + rejects, key=lambda reject: reject.line), cells, wrong)


def _filled(texts: pa.Array) -> int:
    return len(texts) - (pc.sum(pc.equal(texts, "")).as_py() or 0)


def _unreadable(fault: Wrong) -> int:
    """How many values the fault concerns; a blank one is missing, not unreadable."""
    return 0 if fault.code == "missing" else pc.sum(fault.rows).as_py() or 0


def _complete(columns: Mapping[str, pa.Array], plan: Plan, rows: int) -> pa.Table:
    schema = plan.entity.schema
    return pa.table([columns.get(each.name, pa.nulls(rows, each.type)) for each in schema], schema=schema)


def _rejected(chunk: Chunk, faults: Sequence[tuple[str, int, Wrong]]) -> tuple[NDArray[np.bool_], list[Reject]]:
    """Which rows are good, and the rejects of the others, each with the first fault found."""
    good = np.ones(len(chunk), bool)
    rejects = []
    for name, index, fault in faults:
        bad = pc.fill_null(fault.rows, False).to_numpy(zero_copy_only=False) & good
        good &= ~bad
        for place in np.flatnonzero(bad).tolist():
            cells = [] if fault.code == CODE else [column[place].as_py() for column in chunk.columns]
            params = {"field": name, "value": cells[index][:80] if index >= 0 else "", **fault.params}
            rejects.append(Reject(int(chunk.lines[place]), cells, fault.code, params))
    return good, rejects


def row_faults(entity: str, rows: pa.Table) -> list[Wrong]:
    """What is wrong between the fields of a row, each of which may be right by itself."""
    if entity == "orders":
        given = pc.or_(pc.is_valid(rows["amount"]), pc.and_(pc.is_valid(rows["quantity"]), pc.is_valid(rows["price"])))
        return [Wrong(_whole(pc.invert(given)), "no_amount")]
    if entity == "payments":
        return [Wrong(_whole(pc.and_(pc.is_null(rows["due_on"]), pc.is_null(rows["paid_at"]))), "no_date")]
    if entity == "contracts":
        return [Wrong(_whole(pc.less(rows["ends_on"], rows["starts_on"])), "ends_before_start")]
    if entity == "tickets":
        return [Wrong(_whole(pc.less(rows["closed_at"], rows["opened_at"])), "ends_before_start")]
    return []


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks()
