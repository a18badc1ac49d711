"""What a model learns from: the customers who could be lost at each origin, their columns then, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.score.domain.calibration import RateAt
from liuke.score.model.table import Numbers, Table

Ids = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sample:
    """The eligible customers of one origin, a row each in rising order of `customers`.

    `table`: the model's columns as they were known then. `score`: the score in use; `recency`: days since the last sign of life.
    `lost_at_us`: -1 where not lost.
    """

    day: date
    as_of_us: int
    table: Table
    customers: Ids
    lost: Flags
    lost_at_us: Ids
    annual_value: Numbers
    tier: NDArray[np.object_]
    score: Numbers
    recency: Numbers
    treated: Flags

    def take(self, rows: NDArray[Any]) -> Sample:
        """The rows of this mask or these numbers."""
        cut = {
            name: getattr(self, name)[rows]
            for name in ("customers", "lost", "lost_at_us", "annual_value", "tier", "score", "recency", "treated")
        }
        return replace(self, table=self.table.take(rows), **cut)


@dataclass(frozen=True, slots=True)
class Dataset:
    """All samples under each other, oldest first; `origin` numbers the origins per row.

    `table` has the columns worth learning from, `whole` all of them, for models that were learned elsewhere.
    """

    table: Table
    whole: Table
    y: Numbers
    customers: Ids
    origin: Ids
    origins: tuple[date, ...]
    origin_us: Ids
    annual_value: Numbers
    tier: NDArray[np.object_]
    lost_at_us: Ids
    score: Numbers
    recency: Numbers
    treated: Flags

    def __len__(self) -> int:
        return len(self.y)

    def rows_of(self, origins: Sequence[int]) -> Ids:
        """The numbers of the rows of these origins."""
        return np.flatnonzero(np.isin(self.origin, list(origins)))

    @property
    def rates(self) -> tuple[RateAt, ...]:
        """The base rate of every origin."""
        sizes = np.bincount(self.origin, minlength=len(self.origins))
        lost = np.bincount(self.origin, weights=self.y, minlength=len(self.origins))
        return tuple(RateAt(day, float(lost[at] / sizes[at]) if sizes[at] else 0.0, int(sizes[at])) for at, day in enumerate(self.origins))

    @property
    def people(self) -> tuple[int, int]:
        """Distinct customers lost at least once, and distinct customers who stayed at least once."""
        return len(np.unique(self.customers[self.y == 1])), len(np.unique(self.customers[self.y == 0]))


def dataset_of(samples: Sequence[Sample]) -> Dataset:
    """One data set of samples, oldest first, without columns that say nothing or say another's again. At least one sample."""
    sizes = [len(sample.customers) for sample in samples]

    def together(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(sample, name) for sample in samples])

    columns = samples[0].table.columns
    table = Table(columns, {c.name: np.concatenate([sample.table.number(c.name) for sample in samples]) for c in columns})
    return Dataset(
        table=table.only(telling(table)),
        whole=table,
        y=together("lost").astype(np.float64),
        customers=together("customers"),
        origin=np.repeat(np.arange(len(samples)), sizes),
        origins=tuple(sample.day for sample in samples),
        origin_us=np.repeat(np.array([sample.as_of_us for sample in samples], dtype=np.int64), sizes),
        annual_value=together("annual_value"),
        tier=together("tier"),
        lost_at_us=together("lost_at_us"),
        score=together("score"),
        recency=together("recency"),
        treated=together("treated"),
    )


def telling(table: Table) -> tuple[str, ...]:
    """The columns that are neither constant (missing counts as a value) nor equal to an earlier one in every row."""
    seen: set[bytes] = set()
    kept = []
    for column in table.columns:
        values = np.ascontiguousarray(table.number(column.name))
        same = np.isnan(values).all() or (values == values[0]).all() if len(values) else True
        mark = values.tobytes()
        if not same and mark not in seen:
            kept.append(column.name)
        seen.add(mark)
    return tuple(kept)


def thinned(sample: Sample, share: float) -> Sample:
    """About `share` (0–1) of the customers, the same ones at every origin: chosen by their id, not by chance."""
    if share >= 1:
        return sample
    mixed = (sample.customers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)
    return sample.take(mixed < share * 2**24)
