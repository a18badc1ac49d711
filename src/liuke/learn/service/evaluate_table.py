"""`liuke evaluate`: how well does a model tell the outcome of a flat table's rows, judged on rows that it did not see?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from liuke.base.errors import Invalid
from liuke.connect.domain.limits import LIMITS
from liuke.learn.domain.leaks import Finding, Suspect, leaks_check
from liuke.learn.domain.table_rows import FEWEST, Outcome, column_named, features_of, later_rows, outcome_of
from liuke.learn.service.log_file import read_any
from liuke.score.model import Recipe, Split, Table
from liuke.score.model.choose import left_out
from liuke.score.model.judge import Examined, Judged, joined_groups, judged, same_rows
from liuke.score.model.recipe import Told
from liuke.score.model.splits import forward_splits, grouped_folds

MOST_COLUMNS = 20_000
FEW_ROWS = 200
LEAKS_COLUMNS = 300
"""Above so many columns only the names are asked for leaks: one figure per column takes its time."""


@dataclass(frozen=True, slots=True)
class TableAsked:
    """What a person asks of a table: see `liuke evaluate`. Empty texts: not given."""

    label: str
    positive: str = ""
    id: str = ""
    group: str = ""
    time: str = ""
    train_until: str = ""
    folds: int = 5
    recipe: Recipe = field(default_factory=Recipe)


@dataclass(frozen=True, slots=True)
class TableWarning:
    """Something that a reader must know; text `warnings.table_<code>`."""

    code: str
    rows: int = 0
    what: str = ""


@dataclass(frozen=True, slots=True)
class TableJudged:
    """The figures, which value counted as lost, and what to know about them."""

    figures: Judged
    positive: str
    warnings: tuple[TableWarning, ...]
    leaks: tuple[Finding, ...]


def evaluate_table(path: Path, asked: TableAsked, *, clock: Callable[[], float], told: Told | None = None) -> TableJudged:
    """Read, learn, judge. Raises Invalid or NotFound with the reason and what to do where a table cannot be judged."""
    data, broken = read_any(path, replace(LIMITS, columns=MOST_COLUMNS))
    roles = {role: column_named(data, name, role) for role, name in _roles(asked).items() if name}
    if ("time" in roles) != bool(asked.train_until):
        raise Invalid("table_time")
    outcome = outcome_of(data[roles["label"]], asked.positive)
    known = data.filter(pa.array(outcome.known))
    table = features_of(known, list(roles.values()))
    groups, repeated = _groups(known, table, roles)
    dropped = left_out(table)
    if len(dropped) == len(table.columns):
        raise Invalid("table_features", left_out=", ".join(dropped))
    outer, inner = _splits(known, outcome, groups, roles, asked)
    figures = judged(Examined(table, outcome.y, groups, asked.recipe, inner), outer, clock=clock, told=told)
    leaks = _leaks(table, outcome)
    rows = {"broken": broken, "no_label": int((~outcome.known).sum()), "repeated": repeated}
    warnings = [TableWarning(code, count) for code, count in rows.items() if count]
    warnings += [TableWarning("left_out", len(dropped), ", ".join(f"{name} ({why})" for name, why in list(dropped.items())[:20]))] * bool(
        dropped
    )
    warnings += [TableWarning("few", len(table))] * (len(table) < FEW_ROWS)
    return TableJudged(figures, outcome.positive, tuple(warnings), leaks)


def _roles(asked: TableAsked) -> dict[str, str]:
    return {"label": asked.label, "id": asked.id, "group": asked.group, "time": asked.time}


def _groups(known: pa.Table, table: Table, roles: dict[str, str]) -> tuple[NDArray[np.int64], int]:
    """Rows that belong together: equal ones, those of one group; and how many repeat an earlier row. Ids are not asked."""
    ids = [name for name, why in left_out(table).items() if why == "id"]
    chosen = table.only([name for name in table.names if name not in ids])
    same = same_rows(chosen) if chosen.columns else np.arange(len(table))
    repeated = len(same) - len(np.unique(same))
    if "group" not in roles:
        return same, repeated
    given = known[roles["group"]].cast(pa.string()).fill_null("").to_numpy()
    return joined_groups(given.astype(np.str_), same), repeated


def _splits(
    known: pa.Table, outcome: Outcome, groups: NDArray[np.int64], roles: dict[str, str], asked: TableAsked
) -> tuple[Sequence[Split], Callable[[NDArray[np.int64]], Sequence[Split] | None]]:
    """Outer splits, and how training rows are split again: forward in time where there is a time, else by group."""
    if "time" not in roles:
        return grouped_folds(outcome.y, groups, asked.folds, asked.recipe.seed), lambda _rows: None
    split, at = later_rows(known[roles["time"]], asked.train_until)
    for side, rows in (("before", split.train), ("after", split.test)):
        lost = int(outcome.y[rows].sum())
        if min(lost, len(rows) - lost) < FEWEST:
            raise Invalid("table_few_in_time", side=side, lost=lost, stayed=len(rows) - lost, least=FEWEST)
    return (split,), lambda rows: forward_splits(at[rows], outcome.y[rows])


def _leaks(table: Table, outcome: Outcome) -> tuple[Finding, ...]:
    chosen = table if len(table.columns) <= LEAKS_COLUMNS else Table(table.columns[:LEAKS_COLUMNS], table.values)
    return leaks_check(Suspect(chosen, outcome.y.astype(np.bool_), split=False))


def plain_of(found: TableJudged) -> dict[str, object]:
    """The JSON document of `liuke evaluate`; `warnings` are filled by the caller, in words."""
    figures = found.figures
    return {
        "auc": _finite(figures.auc),
        "auc_ci": [_finite(bound) for bound in figures.auc_ci],
        "ap": _finite(figures.ap),
        "precision_top10": _finite(figures.precision_top10),
        "logloss": _finite(figures.logloss),
        "ece": _finite(figures.ece),
        "base_rate": figures.base_rate,
        "n": figures.n,
        "fit_seconds": figures.fit_seconds,
        "score_seconds": figures.score_seconds,
        "model": " + ".join(f"{weight:.2f} {name}" for name, weight in figures.members.items()),
        "positive": found.positive,
        "leaks": [finding.to_plain() for finding in found.leaks],
    }


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None
