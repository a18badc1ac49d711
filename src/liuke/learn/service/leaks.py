"""Leak checks on a workspace's own store: the arrays of a data set, and its columns computed anew without what came later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa

from liuke.base.times import day_start, to_us
from liuke.features.service import Source
from liuke.learn.domain.leaks import Finding, Suspect, blocking, leaks_check, leaks_replayed
from liuke.learn.domain.samples import Dataset
from liuke.learn.service.dataset import Past, sample_at
from liuke.score.model.table import Table

ALLOWED_ROWS = 2_000
"""Customers whose columns are compared at a moment: what reads the future does so for many."""


def leaks_of(past: Past, data: Dataset, *, replay: bool = True) -> tuple[Finding, ...]:
    """Everything that is asked before a training, blocking findings first.

    `replay` computes the middle origin's columns twice more: after the rows that became known later were removed, and after they
    were exchanged among customers.
    """
    found = leaks_check(Suspect(data.table, data.y > 0, data.customers, data.origin))
    later = leaks_future(past, data.origins[len(data.origins) // 2]) if replay and data.origins else ()
    return (*blocking(later), *found)


def leaks_future(past: Past, day: date) -> tuple[Finding, ...]:
    """Whether any column at a day changes with what became known afterwards."""
    at_us = to_us(day_start(day, past.zone))
    whole = sample_at(past, day)
    if not len(whole.customers):
        return ()
    wanted = whole.customers[:: max(1, len(whole.customers) // ALLOWED_ROWS)]
    tables = [_rows(whole.table, whole.customers, wanted)]
    for changed in (cut_after, shuffled_after):
        other = sample_at(replace(past, source=changed(past.source, at_us)), day)
        tables.append(_rows(other.table, other.customers, wanted))
    return leaks_replayed(*tables)


def cut_after(source: Source, at_us: int) -> Source:
    """The same store without the rows that happened at `at_us` or later, or became known later."""
    return _over(source, lambda relation: f"SELECT * FROM {relation} WHERE {_known(at_us)}")


def shuffled_after(source: Source, at_us: int) -> Source:
    """The same store with those rows' customers exchanged and their values turned: there, but of somebody else."""
    return _over(
        source,
        lambda relation: (
            f"SELECT * FROM {relation} WHERE {_known(at_us)} UNION ALL "
            "SELECT * REPLACE (lead(customer_id, 1, customer_id) OVER (ORDER BY hash(activity_id)) AS customer_id, -value AS value) "
            f"FROM {relation} WHERE NOT ({_known(at_us)})"
        ),
    )


def _known(at_us: int) -> str:
    """Past rows known by then, and what was known to lie ahead: the end of a contract, a payment that falls due."""
    return f"(known_us <= {at_us} AND (ts_us < {at_us} OR known_us < ts_us))"


def _over(source: Source, relation: Callable[[str], str]) -> Source:
    """Reads of the relation find the changed rows instead."""
    name = source.relation

    def run(sql: str) -> pa.Table:
        return source.run(f"WITH {name} AS ({relation(f'main.{name}')}) SELECT * FROM ({sql})")

    return replace(source, run=run)


def _rows(table: Table, customers: np.ndarray[tuple[int], np.dtype[np.int64]], wanted: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Table:
    """The rows of these customers in their order; those who are missing are rows without values (NaN)."""
    place = np.searchsorted(customers, wanted).clip(0, len(customers) - 1)
    there = customers[place] == wanted
    taken = table.take(place)
    return Table(taken.columns, {name: np.where(there, taken.number(name), np.nan) for name in taken.names})
