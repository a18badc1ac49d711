"""Learn from a log's earlier origins, be judged on later ones: nothing of the tested time is known to the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.base.errors import Invalid
from liuke.learn.domain.log_metrics import LogMetrics, log_metrics
from liuke.learn.domain.log_plan import LogLabel, LogOrigins
from liuke.learn.domain.log_result import OriginTested
from liuke.learn.service.activity_log import ActivityLog
from liuke.score.model import Column, Fitted, Recipe, Table, fit
from liuke.stats.ranking import auc

MOST_ROWS = 40_000
"""Rows that are learned from; beyond them customers are drawn, whole."""
LEAST_ROWS = 40
Told = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of customers at any time, from a file of its own: columns and one row per customer id."""

    columns: tuple[Column, ...]
    values: Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class LogQuestion:
    """What to learn and where; `alive` are the kinds that count as signs of life."""

    label: LogLabel
    alive: tuple[str, ...]
    origins: LogOrigins
    active_days: int = 365
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Learned:
    """The model, its columns' meanings, the tested origins and how long it took."""

    fitted: Fitted
    metrics: LogMetrics
    tested: tuple[OriginTested, ...]
    rows: int
    train_rate: float
    single: Mapping[str, float]
    fit_seconds: float
    score_seconds: float


@dataclass(frozen=True, slots=True)
class Frame:
    """Customers at one origin."""

    at_us: int
    ids: NDArray[np.int64]
    table: Table
    lost: NDArray[np.float64]


def frame_of(log: ActivityLog, asked: LogQuestion, metrics: LogMetrics, at_us: int) -> Frame:
    """Who could be lost at a moment, their numbers as known then, and what became of them."""
    ids, lost = log.label(asked.label, asked.alive, asked.active_days, at_us)
    table = log.features(metrics, at_us, ids)
    if asked.known is not None:
        table = table.with_columns(asked.known.columns, {name: values[ids] for name, values in asked.known.values.items()})
    return Frame(at_us, ids, table, lost)


def metrics_of(log: ActivityLog, asked: LogQuestion) -> LogMetrics:
    """The numbers that the log is worth; an event that is asked about is no feature: nobody in question has one."""
    kinds = [kind for kind in log.kinds if not (asked.label.event and kind.name in asked.label.kinds)]
    return log_metrics(kinds, asked.alive)


def learn_log(log: ActivityLog, asked: LogQuestion, *, recipe: Recipe | None = None, told: Told | None = None) -> Learned:
    """Fit on the training origins, score the test origins. Raises Invalid("log_one_outcome") where there is nothing to learn."""
    tell = told or (lambda _share, _step: None)
    metrics = metrics_of(log, asked)
    frames = []
    every = (*asked.origins.train, *asked.origins.test)
    for nth, at_us in enumerate(every):
        tell(0.4 * nth / len(every), "features")
        frames.append(frame_of(log, asked, metrics, at_us))
    train, test = frames[: len(asked.origins.train)], frames[len(asked.origins.train) :]
    ids, table, lost = _stacked(train)
    if len(ids) < LEAST_ROWS or not 0 < lost.mean() < 1:
        raise Invalid("log_one_outcome", rows=len(ids), lost=int(lost.sum()), least=LEAST_ROWS)
    tell(0.4, "fit")
    started = perf_counter()
    fitted = fit(table, lost, groups=ids, recipe=recipe or Recipe(), told=lambda share, step: tell(0.4 + 0.5 * share, step))
    fitted_at = perf_counter()
    tested = tuple(tested_origin(fitted, frame) for frame in test if len(frame.ids))
    return Learned(
        fitted, metrics, tested, len(ids), float(lost.mean()), _alone(table, lost), fitted_at - started, perf_counter() - fitted_at
    )


def tested_origin(fitted: Fitted, frame: Frame) -> OriginTested:
    """A frame with what the model says of it."""
    silence = frame.table.number("life_since")
    return OriginTested(frame.at_us, frame.ids, fitted.probability(frame.table), frame.lost, silence)


def _stacked(frames: Sequence[Frame]) -> tuple[NDArray[np.int64], Table, NDArray[np.float64]]:
    ids = np.concatenate([frame.ids for frame in frames])
    keep = _drawn(ids)
    columns = frames[0].table.columns
    values = {column.name: np.concatenate([frame.table.values[column.name] for frame in frames])[keep] for column in columns}
    return ids[keep], Table(columns, values), np.concatenate([frame.lost for frame in frames])[keep]


def _drawn(ids: NDArray[np.int64], seed: int = 0) -> NDArray[np.bool_]:
    if len(ids) <= MOST_ROWS:
        return np.ones(len(ids), dtype=np.bool_)
    chance = np.random.default_rng(seed).random(int(ids.max()) + 1)
    return np.asarray(chance[ids] < MOST_ROWS / len(ids), dtype=np.bool_)


def _alone(table: Table, lost: NDArray[np.float64]) -> dict[str, float]:
    """How well each number ranks by itself, in either direction (0.5–1): one that knows nearly everything is suspicious."""
    found = {}
    for column in table.columns:
        if column.kind == "number":
            values = table.number(column.name)
            value = auc(np.where(np.isnan(values), -1e18, values), lost)
            found[column.name] = max(value, 1 - value)
    return found
