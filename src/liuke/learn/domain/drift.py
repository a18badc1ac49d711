"""Whether the customers of today still look like those that a model learned from: the population stability index per column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from liuke.score.model.table import Numbers, Table

BINS = 10
SMALLEST = 1e-4
MOVED = 0.25
"""An index from here on is read as a different population (Siddiqi, Credit Risk Scorecards, 2006)."""
RATE_MOVED = 0.1
"""Base rates so far (0–1) from what was expected call for another training."""


@dataclass(frozen=True, slots=True)
class Drift:
    """`columns`: the index of each; `moved`: those over the limit; `rate`: the newest base rate less the expected one, where known."""

    columns: Mapping[str, float]
    moved: tuple[str, ...]
    rate: float | None = None

    @property
    def called(self) -> bool:
        """Whether it is enough to train again: an important part of the columns moved, or the base rate did."""
        return len(self.moved) >= max(2, len(self.columns) // 5) or (self.rate is not None and abs(self.rate) > RATE_MOVED)

    def to_plain(self) -> dict[str, object]:
        """JSON-ready; only the columns that moved."""
        return {"moved": {name: round(self.columns[name], 3) for name in self.moved}, "rate": self.rate, "called": self.called}


def reference_of(table: Table) -> dict[str, dict[str, list[float]]]:
    """Per column the inner edges of its tenths and the shares of rows between them, missing ones last. JSON-ready."""
    found = {}
    for name in table.names:
        values = table.number(name)
        known = values[~np.isnan(values)]
        edges = np.unique(np.quantile(known, np.linspace(0, 1, BINS + 1)[1:-1])) if len(known) else np.empty(0)
        found[name] = {"edges": edges.tolist(), "shares": _shares(values, edges).tolist()}
    return found


def drift_of(reference: Mapping[str, Mapping[str, Sequence[float]]], table: Table, rate: float | None = None) -> Drift:
    """Compares today's rows with a reference. Columns that either side lacks are left out."""
    columns = {
        name: _index(np.asarray(kept["shares"]), _shares(table.number(name), np.asarray(kept["edges"])))
        for name, kept in reference.items()
        if name in table.names
    }
    return Drift(columns, tuple(name for name, value in sorted(columns.items(), key=lambda one: -one[1]) if value > MOVED), rate)


def _shares(values: Numbers, edges: Numbers) -> Numbers:
    known = ~np.isnan(values)
    counts = np.bincount(np.searchsorted(edges, values[known], side="left"), minlength=len(edges) + 1)
    return np.append(counts, (~known).sum()) / max(1, len(values))


def _index(before: Numbers, now: Numbers) -> float:
    """Σ (now − before) · ln(now / before)."""
    b, n = np.maximum(before, SMALLEST), np.maximum(now, SMALLEST)
    return float(((n - b) * np.log(n / b)).sum())
