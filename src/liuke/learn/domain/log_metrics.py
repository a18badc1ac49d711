"""Which numbers a log without further knowledge is worth: the same declarative metrics as everywhere, per kind of activity found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liuke.features.domain.metric import Aggregate, Declared, Metric, Ratio
from liuke.score.model.table import Column

FULL, SHORT, MOST_KINDS = 2, 10, 12
"""Kinds that get every number, those that get the short list, and kinds in all; rarer ones count only among all kinds together."""
_WINDOWS = (30, 60, 90, 180, 365)


@dataclass(frozen=True, slots=True)
class LogKind:
    """A kind of activity in a log: `rows`, the `customers` who have it, and whether its rows carry a `value`."""

    name: str
    rows: int
    customers: int
    valued: bool


@dataclass(frozen=True, slots=True)
class LogMetrics:
    """`declared` is what to compute, `columns` what the model reads, `meanings` says what each column is, for people."""

    declared: tuple[Declared, ...]
    columns: tuple[Column, ...]
    meanings: tuple[str, ...]


@dataclass(slots=True)
class _Made:
    declared: list[Declared]
    columns: list[Column]
    meanings: list[str]

    def add(self, item: Declared, meaning: str, monotone: int = 0) -> None:
        self.declared.append(item)
        self.columns.append(Column(item.name, monotone=monotone))
        self.meanings.append(meaning)


def log_metrics(kinds: Sequence[LogKind], alive: Sequence[str]) -> LogMetrics:
    """Numbers for the kinds of a log; `alive` are its signs of life, which get every number together and the risk's direction."""
    made = _Made([], [], [])
    wide = sorted(kinds, key=lambda kind: (-kind.customers, -kind.rows, kind.name))[:MOST_KINDS]
    valued = any(kind.valued for kind in kinds if kind.name in alive)
    _full(made, "life", tuple(alive), valued=valued, directed=True)
    rest = [kind for kind in wide if tuple(alive) != (kind.name,)]
    for nth, kind in enumerate(rest[:FULL]):
        _full(made, f"k{nth}", (kind.name,), valued=kind.valued, directed=False)
    for nth, kind in enumerate(rest[FULL : FULL + SHORT], FULL):
        _short(made, f"k{nth}", kind)
    return LogMetrics(tuple(made.declared), tuple(made.columns), tuple(made.meanings))


def _full(made: _Made, name: str, kinds: tuple[str, ...], *, valued: bool, directed: bool) -> None:
    what = "+".join(kinds[:3])
    made.add(Metric(f"{name}_since", Aggregate.DAYS_SINCE, kinds), f"{what}: days since", 1 if directed else 0)
    made.add(Metric(f"{name}_known", Aggregate.DAYS_KNOWN, kinds), f"{what}: days known")
    for days in _WINDOWS:
        made.add(Metric(f"{name}_n_{days}", Aggregate.COUNT, kinds, days=days), f"{what}: count in {days} days")
    for days in (30, 90, 180):
        made.add(
            Metric(f"{name}_n_before_{days}", Aggregate.COUNT, kinds, days=days, skip=days), f"{what}: count in the {days} days before"
        )
    for days in (30, 90):
        made.add(
            Metric(f"{name}_season_{days}", Aggregate.COUNT, kinds, days=days, skip=365 - days), f"{what}: count a year ago, {days} days"
        )
    for days in (180, 365):
        made.add(Metric(f"{name}_days_{days}", Aggregate.ACTIVE_DAYS, kinds, days=days), f"{what}: active days in {days} days")
    for gap in (Aggregate.GAP_MEDIAN, Aggregate.GAP_MEAN, Aggregate.GAP_STD, Aggregate.GAP_RECENT, Aggregate.GAP_EARLIER):
        made.add(Metric(f"{name}_{gap.value}", gap, kinds), f"{what}: {gap.value.replace('_', ' ')}")
    made.add(Metric(f"{name}_slope", Aggregate.SLOPE, kinds, days=182, of=""), f"{what}: slope of the weekly count")
    made.add(Ratio(f"{name}_rhythm", f"{name}_since", f"{name}_gap_median"), f"{what}: days since by own median gap")
    made.add(Ratio(f"{name}_rhythm_mean", f"{name}_since", f"{name}_gap_mean"), f"{what}: days since by own mean gap")
    if valued:
        _values(made, name, kinds, what)


def _values(made: _Made, name: str, kinds: tuple[str, ...], what: str) -> None:
    for days in (30, 90, 180, 365):
        made.add(Metric(f"{name}_sum_{days}", Aggregate.SUM, kinds, days=days), f"{what}: sum in {days} days")
    for days in (90, 180):
        made.add(Metric(f"{name}_sum_before_{days}", Aggregate.SUM, kinds, days=days, skip=days), f"{what}: sum in the {days} days before")
    for aggregate in (Aggregate.MEAN, Aggregate.MAX):
        made.add(Metric(f"{name}_{aggregate.value}", aggregate, kinds, days=365), f"{what}: {aggregate.value} in 365 days")
    made.add(Metric(f"{name}_last", Aggregate.LAST, kinds), f"{what}: last value")


def _short(made: _Made, name: str, kind: LogKind) -> None:
    kinds = (kind.name,)
    made.add(Metric(f"{name}_since", Aggregate.DAYS_SINCE, kinds), f"{kind.name}: days since")
    for days in (30, 90, 365):
        made.add(Metric(f"{name}_n_{days}", Aggregate.COUNT, kinds, days=days), f"{kind.name}: count in {days} days")
    if kind.valued:
        made.add(Metric(f"{name}_mean", Aggregate.MEAN, kinds, days=365), f"{kind.name}: mean in 365 days")
        made.add(Metric(f"{name}_sum_365", Aggregate.SUM, kinds, days=365), f"{kind.name}: sum in 365 days")
        made.add(Metric(f"{name}_last", Aggregate.LAST, kinds), f"{kind.name}: last value")
