"""What single columns and rows betray: the outcome itself, the order of filing, copies, windows that end at the event."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.learn.domain.promise import Flags, Ids, Numbers
from liuke.score.model.table import Column, Table
from liuke.stats.ranking import auc

BINS = 20
TELLING = 0.6
"""An AUC above which an end of observation or a running number counts as bound to the outcome."""
SHORT = 0.72
"""AUC of a duration (short = lost) from which counts are compared with their rate per unit of time."""
TOGETHER = 0.3
"""Correlation from which a count is taken to grow with a duration."""
FALL = 0.05
"""What counts lose when divided by the duration before they count as measures of it."""
_DURATION = re.compile(
    r"tenure|(days|months|weeks)_?(active|since_(signup|registration|start)|known|observed)|account_?age|age_of_account|observ"
    r"|在网|账龄|入网|注册天数"
)


def single_auc(table: Table, column: Column, lost: Flags, seed: int) -> float:
    """How well one column alone tells the outcome (0.5–1): by its order, or by the rates of its bins learned on the other half."""
    if column.kind == "text":
        return 0.5
    binned = _binned_auc(_bins(table, column), lost, seed)
    if column.kind == "category":
        return binned
    values = table.number(column.name)
    known = ~np.isnan(values)
    if known.sum() < BINS or not lost[known].any() or lost[known].all():
        return binned
    ordered = auc(values[known], lost[known])
    return max(binned, ordered, 1 - ordered) if known.mean() > 0.5 else binned


def rows_again(table: Table, lost: Flags, origin: Ids | None) -> float:
    """The share of rows that repeat an earlier row of the same moment in everything.

    Only rows count that say much: at least five values (or all columns where there are fewer) that are not their column's commonest
    one. Two customers who both did nothing are no copies.
    """
    coded = _coded(table)
    if not coded.size:
        return 0.0
    common = np.array([np.bincount(column).argmax() for column in coded.T])
    rich = (coded != common).sum(axis=1) >= min(5, coded.shape[1])
    parts = [coded, lost.astype(np.int64)[:, None]]
    if origin is not None:
        parts.append(origin.astype(np.int64)[:, None])
    rows = np.concatenate(parts, axis=1)[rich]
    if not len(rows):
        return 0.0
    _, first = np.unique(rows, axis=0, return_index=True)
    return (len(rows) - len(first)) / len(coded)


def ended_early(until: Numbers, lost: Flags, origin: Ids | None) -> float | None:
    """The AUC of how early observation ended, where lost rows were observed for less (or more) than kept ones; else None."""
    groups = np.zeros(len(lost), dtype=np.int64) if origin is None else origin
    values, weights = [], []
    for at in np.unique(groups):
        here = groups == at
        value = auc(-until[here], lost[here])
        if not np.isnan(value):
            values.append(value)
            weights.append(int(here.sum()))
    if not values:
        return None
    mean = float(np.average(values, weights=weights))
    return max(mean, 1 - mean) if max(mean, 1 - mean) > TELLING else None


def grows_with_time(table: Table, lost: Flags) -> tuple[str, ...]:
    """Durations that tell the outcome by being short, with the counts that tell it only because they grow with them.

    A count is named when its rate per unit of the duration tells clearly less than it does. Empty without such a count, and
    without a duration that is named as one: a short tenure alone is an honest sign.
    """
    numbers = [column.name for column in table.columns if column.kind == "number"]
    found: list[str] = []
    for name in numbers:
        duration = table.number(name)
        if not _DURATION.search(name.lower()) or _clear_auc(-duration, lost) < SHORT:
            continue
        counts = [other for other in numbers if other != name and _collapses(table.number(other), duration, lost)]
        if counts:
            found += [name, *counts]
    return tuple(dict.fromkeys(found))


def numbered_by_outcome(table: Table, lost: Flags) -> list[tuple[str, float]]:
    """Whole numbers that never repeat (running numbers, ids) and yet tell the outcome, with their AUC."""
    found = []
    for column in table.columns:
        if column.kind != "number":
            continue
        values = table.number(column.name)
        if not _whole(values) or len(np.unique(values)) < len(values) or len(values) < 2 * BINS:
            continue
        value = _clear_auc(values, lost)
        if max(value, 1 - value) > TELLING:
            found.append((column.name, max(value, 1 - value)))
    return found


def _collapses(count: Numbers, duration: Numbers, lost: Flags) -> bool:
    if np.isnan(count).any() or (count < 0).any() or np.ptp(count) == 0:
        return False
    if np.corrcoef(count, np.nan_to_num(duration))[0, 1] < TOGETHER:
        return False
    plain = _clear_auc(-count, lost)
    rate = _clear_auc(-count / np.maximum(duration, 1e-9), lost)
    return plain > SHORT - FALL and plain - max(rate, 1 - rate) > FALL


def _whole(values: NDArray[Any]) -> bool:
    """Whether these could be ids: words, or whole numbers without a gap."""
    return values.dtype.kind != "f" or bool((values == np.round(values)).all())


def _clear_auc(values: Numbers, lost: Flags) -> float:
    """The AUC of what is known; 0.5 where that says nothing."""
    known = ~np.isnan(values)
    found = auc(values[known], lost[known]) if known.any() else float("nan")
    return 0.5 if np.isnan(found) else found


def _bins(table: Table, column: Column) -> Ids:
    """Each value's bin: the category, or one of twenty equal parts; missing is a bin of its own."""
    if column.kind == "category":
        return np.unique(table.words(column.name).astype(str), return_inverse=True)[1].astype(np.int64)
    values = table.number(column.name)
    known = ~np.isnan(values)
    edges = np.unique(np.quantile(values[known], np.linspace(0, 1, BINS + 1)[1:-1])) if known.any() else np.empty(0)
    return np.where(known, np.searchsorted(edges, np.nan_to_num(values), side="right"), len(edges) + 1).astype(np.int64)


def _binned_auc(bins: Ids, lost: Flags, seed: int) -> float:
    """Rates learned on one half, judged on the other, both ways: many small categories cannot praise themselves."""
    half = np.random.default_rng(seed).permutation(len(bins)) % 2 == 0
    found = []
    for learn in (half, ~half):
        sizes = np.bincount(bins[learn], minlength=int(bins.max(initial=0)) + 1)
        hits = np.bincount(bins[learn], weights=lost[learn], minlength=len(sizes))
        base = float(lost[learn].mean()) if learn.any() else 0.5
        rates = (hits + base) / (sizes + 1)
        found.append(auc(rates[bins[~learn]], lost[~learn]))
    known = [value for value in found if not np.isnan(value)]
    return float(np.mean(known)) if known else 0.5


def _coded(table: Table) -> NDArray[np.int64]:
    """(rows, columns) the number of each value in its column, missing values equal to each other; texts and ids left out."""
    columns = []
    for column in table.columns:
        if column.kind == "text":
            continue
        values = table.words(column.name).astype(str) if column.kind == "category" else table.number(column.name)
        found, code = np.unique(values, return_inverse=True)
        if len(found) < len(values) or not _whole(values):
            columns.append(code.astype(np.int64))
    return np.stack(columns, axis=1) if columns else np.empty((len(table), 0), dtype=np.int64)
