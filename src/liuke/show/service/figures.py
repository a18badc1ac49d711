"""Figures of a scored day, for all customers and for every slice that a board can ask for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from django.db import transaction

from liuke.accounts.store.models import Workspace
from liuke.alert.store.models import Alert
from liuke.base.times import day_start, local_day, to_us
from liuke.facts.store.models import Customer
from liuke.features.service import Run
from liuke.show.domain.card import segment_of
from liuke.show.domain.figures import BINS, PERIODS, Figures, Month, Turnover
from liuke.show.domain.spans import moments, month_starts
from liuke.show.queries.config import churn_of
from liuke.show.queries.warehouse_sql import kept_sql, monthly_sql
from liuke.show.store.models import CustomerCard, DayFigures

SEGMENTS = 12
"""How many of the largest segments boards show by name."""
LEVELS = ("normal", "early", "medium", "high")
Rows = npt.NDArray[np.intp]
Row = tuple[Any, ...]
"""customer_id, status, level, score, annual_value, main_family, segment, team_id, owner_id."""
COLUMNS = 9


@dataclass(frozen=True, slots=True)
class Book:
    """The cards of a workspace as columns, in ascending order of customer id, and which rows belong to which slice."""

    ids: npt.NDArray[np.int64]
    active: npt.NDArray[np.bool_]
    level: npt.NDArray[np.int8]
    score: npt.NDArray[np.float64]
    value: npt.NDArray[np.float64]
    family: Sequence[str]
    segment: Sequence[str]
    slices: Mapping[str, Rows]


@dataclass(frozen=True, slots=True)
class Past:
    """What the customers did, row for row as in the book: bit masks of the moments kept, orders and activity per month."""

    kept: npt.NDArray[np.int64]
    orders: npt.NDArray[np.int64]
    active: npt.NDArray[np.bool_]


def figures_write(*, workspace: Workspace, as_of: datetime, run: Run, scored: pa.Table | None = None) -> int:
    """Write the figures of the local day of `as_of`, replacing those of an earlier run of that day; answers how many slices.

    Call it after `cards_write` and after the review of alerts: it counts cards and open alerts as they are, and reads the
    past before `as_of` from the warehouse by `run`. A replay, which leaves the cards alone, gives the table that it `scored`:
    levels and money then come from there, owners and segments are those of today.
    """
    book = _book(_rows_of_cards(workspace) if scored is None else _rows_of_run(workspace, scored))
    past = _past(workspace, as_of, run, book)
    starts = month_starts(as_of, workspace.time_zone)
    alerts = _alert_counts(workspace)
    day = local_day(as_of, workspace.time_zone)
    figures = {name: _figures(book, past, rows, starts, alerts.get(name, Counter())) for name, rows in book.slices.items()}
    rows = [DayFigures(workspace=workspace, day=day, slice=name, figures=found.to_plain()) for name, found in figures.items()]
    with transaction.atomic():
        DayFigures.objects.filter(workspace=workspace, day=day).delete()
        DayFigures.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _rows_of_cards(workspace: Workspace) -> list[Row]:
    fields = ("customer_id", "status", "level", "score", "annual_value", "main_family", "segment", "team_id", "owner_id")
    return list(CustomerCard.objects.filter(workspace=workspace).order_by("customer_id").values_list(*fields))


def _rows_of_run(workspace: Workspace, scored: pa.Table) -> list[Row]:
    """The same columns for the customers of a scoring; whoever it found lost counts as lost, whatever was registered since."""
    customers = Customer.objects.filter(workspace=workspace).values_list("pk", "attributes", "owner__team_id", "owner_id")
    heads = {pk: (segment_of(attributes), team, owner) for pk, attributes, team, owner in customers}
    names = ("customer_id", "is_lost", "level", "score", "annual_value", "main_family")
    columns = [scored.column(name).to_pylist() for name in names]
    rows = [
        (customer_id, "lost" if is_lost else "active", level, score, value, family or "", *heads[customer_id])
        for customer_id, is_lost, level, score, value, family in zip(*columns, strict=True)
        if customer_id in heads
    ]
    return sorted(rows, key=lambda row: int(row[0]))


def _book(rows: list[Row]) -> Book:
    columns: list[tuple[object, ...]] = list(zip(*rows, strict=True)) or [()] * COLUMNS
    ids, status, level, score, value, family, segment, team, owner = columns
    active = np.array([text == "active" for text in status], dtype=np.bool_)
    slices: dict[str, Rows] = {"": np.arange(len(rows))}
    slices |= _members("segment", segment, _largest_segments(segment, active))
    slices |= _members("team", team, set(team) - {None})
    slices |= _members("owner", owner, set(owner) - {None})
    return Book(
        np.array(ids, dtype=np.int64),
        active,
        np.array([LEVELS.index(str(name)) for name in level], dtype=np.int8),
        np.array(score, dtype=np.float64),
        np.array(value, dtype=np.float64),
        [str(x) for x in family],
        [str(x) for x in segment],
        slices,
    )


def _largest_segments(segment: Sequence[object], active: npt.NDArray[np.bool_]) -> set[object]:
    """The named segments with the most active customers."""
    sizes = Counter(name for name, is_active in zip(segment, active, strict=True) if is_active and name)
    return {name for name, _ in sizes.most_common(SEGMENTS)}


def _members(prefix: str, column: Sequence[object], wanted: Iterable[object]) -> dict[str, Rows]:
    places: dict[object, list[int]] = {name: [] for name in wanted}
    for place, name in enumerate(column):
        if name in places:
            places[name].append(place)
    return {f"{prefix}:{name}": np.array(rows, dtype=np.intp) for name, rows in places.items()}


def _past(workspace: Workspace, as_of: datetime, run: Run, book: Book) -> Past:
    churn, zone = churn_of(workspace), workspace.time_zone
    size, months = len(book.ids), month_starts(as_of, zone)
    kept, orders = np.zeros(size, dtype=np.int64), np.zeros((size, len(months)), dtype=np.int64)
    active = np.zeros((size, len(months)), dtype=np.bool_)
    if not size:
        return Past(kept, orders, active)
    table = run(kept_sql(moments(as_of, zone, churn.days), churn.kinds, as_of))
    places, known = _places(book, table)
    kept[places] = table.column("kept").to_numpy()[known]
    table = run(monthly_sql([to_us(day_start(month, zone)) for month in months], churn.kinds, as_of))
    places, known = _places(book, table)
    month = table.column("month").to_numpy()[known].astype(np.intp)
    orders[places, month] = table.column("orders").to_numpy()[known]
    active[places, month] = np.array(table.column("active").to_pylist(), dtype=np.bool_)[known]
    return Past(kept, orders, active)


def _places(book: Book, table: pa.Table) -> tuple[Rows, npt.NDArray[np.bool_]]:
    """Rows of the book for the table's customers, and which of the table's rows have one."""
    ids = table.column("customer_id").to_numpy().astype(np.int64)
    places = np.minimum(np.searchsorted(book.ids, ids), len(book.ids) - 1)
    known = book.ids[places] == ids
    return places[known], known


def _alert_counts(workspace: Workspace) -> Mapping[str, Counter[str]]:
    """Per slice how many alerts are open, and how many of them lie on the 存量风险清单."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    open_alerts = Alert.objects.filter(workspace=workspace, status=Alert.Status.OPEN)
    for origin, pushed_at, owner, team, segment in open_alerts.values_list(
        "origin", "pushed_at", "owner_id", "owner__team_id", "customer__customercard__segment"
    ):
        for name in ("", f"segment:{segment}", f"team:{team}", f"owner:{owner}"):
            counts[name]["open"] += 1
            counts[name]["stock"] += origin == Alert.Origin.STOCK and pushed_at is None
    return counts


def _figures(book: Book, past: Past, rows: Rows, starts: Sequence[date], alerts: Counter[str]) -> Figures:
    active = rows[book.active[rows]]
    level = np.bincount(book.level[active], minlength=len(LEVELS))
    bins = np.bincount(np.minimum(book.score[active] // BINS, BINS - 1).astype(np.intp), minlength=BINS)
    turnovers = _turnovers(past.kept[rows], len(starts))
    return Figures(
        customers=len(active),
        levels={name: int(count) for name, count in zip(LEVELS, level, strict=True)},
        histogram=tuple(int(count) for count in bins),
        high_value=round(float(book.value[active][book.level[active] == LEVELS.index("high")].sum()), 2),
        open_alerts=alerts["open"],
        stock_open=alerts["stock"],
        heat=_heat(book, active),
        periods={days: turnovers.periods[index] for index, days in enumerate(PERIODS)},
        months=tuple(
            Month(
                day,
                turnovers.months[index].opening,
                turnovers.months[index].lost,
                int(past.active[rows, index].sum()),
                int(past.orders[rows, index].sum()),
                index < len(starts) - 1,
            )
            for index, day in enumerate(starts)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Turnovers:
    months: Sequence[Turnover]
    periods: Sequence[tuple[Turnover, Turnover]]


def _turnovers(kept: npt.NDArray[np.int64], months: int) -> _Turnovers:
    """Opening and lost between moments, in the order of `spans.moments`."""

    def between(start: int, end: int) -> Turnover:
        opening = (kept >> start) & 1
        return Turnover(int(opening.sum()), int((opening & ~(kept >> end) & 1).sum()))

    now = months
    periods = [(between(at, now), between(at + 1, at)) for at in range(now + 1, now + 1 + 2 * len(PERIODS), 2)]
    return _Turnovers([between(index, index + 1) for index in range(months)], periods)


def _heat(book: Book, active: Rows) -> Mapping[str, Mapping[str, int]]:
    """Segment → family → customers at risk; only rows at 初级预警 and above are walked."""
    cells: dict[str, Counter[str]] = defaultdict(Counter)
    for row in active[book.level[active] > 0]:
        cells[book.segment[row]][book.family[row]] += 1
    largest = sorted(cells, key=lambda name: -sum(cells[name].values()))[:SEGMENTS]
    return {name: dict(cells[name]) for name in largest}
