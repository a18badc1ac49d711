"""`liuke evaluate-log`: how well could losses be told ahead from this log, judged on moments that the model did not know?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from liuke.base.errors import Invalid
from liuke.base.times import from_us
from liuke.facts.domain.kinds import NOT_AN_INTERACTION
from liuke.learn.domain.log_plan import LogLabel, log_origins
from liuke.learn.domain.log_result import OriginTested, Quality, quality_of
from liuke.learn.domain.log_rows import LogWarning, clean_log, keys
from liuke.learn.service.activity_log import ActivityLog, open_log
from liuke.learn.service.log_file import log_columns, read_any
from liuke.learn.service.log_model import Known, Learned, LogQuestion, Told, learn_log
from liuke.score.model import Recipe, table_of

NO_SIGN_OF_LIFE = frozenset({kind.value for kind in NOT_AN_INTERACTION}) | {"order.cancelled", "refund.made"}
SUSPICIOUS = 0.95
RECIPE = Recipe(members=("linear", "shallow"), threads=1)
"""Deep trees are left out: on overlapping snapshots they learn customers by heart and get the weight 0. One thread: on a busy machine
several wait for each other."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures, what was learned, and what a reader must know."""

    label: LogLabel
    quality: Quality
    learned: Learned
    warnings: tuple[LogWarning, ...]


@dataclass(frozen=True, slots=True)
class LogAsked:
    """What a person asks of a log: see `liuke evaluate-log`."""

    label: LogLabel
    origins: int = 0
    train_before_us: int | None = None
    active_days: int = 365
    zone: str = "UTC"
    recipe: Recipe = RECIPE


def evaluate_log(path: Path, asked: LogAsked, *, now_us: int, customers: Path | None = None, told: Told | None = None) -> Evaluation:
    """Read, learn, judge. Raises Invalid with the reason where a log cannot answer the question."""
    table, broken = read_any(path)
    rows = clean_log(table, log_columns(table), now_us=now_us, zone=asked.zone)
    warnings = [*([LogWarning("broken", broken)] if broken else []), *rows.warnings]
    if not rows.table.num_rows:
        raise Invalid("log_empty", rows=table.num_rows)
    log = open_log(rows.table, zone=asked.zone)
    try:
        known = known_of(customers, log) if customers is not None else None
        return _evaluated(log, asked, known, warnings, told)
    finally:
        log.close()


def _evaluated(log: ActivityLog, asked: LogAsked, known: Known | None, warnings: list[LogWarning], told: Told | None) -> Evaluation:
    alive = alive_of(log, asked.label)
    if len(log.customers) < 2:
        raise Invalid("log_one_customer")
    origins = log_origins(log.first_us, log.last_us, asked.label.horizon_days, asked.origins, asked.train_before_us)
    question = LogQuestion(asked.label, alive, origins, asked.active_days, known)
    learned = learn_log(log, question, recipe=asked.recipe, told=told)
    quality = quality_of(learned.tested)
    if not quality.n:
        raise Invalid("log_one_outcome", rows=sum(len(one.lost) for one in learned.tested), lost=_lost(learned.tested), least=1)
    return Evaluation(asked.label, quality, learned, (*warnings, *_warnings(learned, quality, known)))


def _lost(tested: Sequence[OriginTested]) -> int:
    return int(sum(one.lost.sum() for one in tested))


def alive_of(log: ActivityLog, label: LogLabel) -> tuple[str, ...]:
    """The signs of life: those that the label names, else every kind but what we do, what is undone, and the event itself.

    Raises Invalid("log_kind") for a kind that the log does not have.
    """
    names = [kind.name for kind in log.kinds]
    unknown = [kind for kind in label.kinds if kind not in names]
    if unknown:
        raise Invalid("log_kind", got=", ".join(unknown), allowed=", ".join(names[:40]))
    if label.kinds and not label.event:
        return label.kinds
    alive = _signs_beside(label.kinds, names)
    if not alive:
        raise Invalid("log_kind", got="", allowed=", ".join(names[:40]))
    return tuple(alive)


def _signs_beside(event: Sequence[str], names: Sequence[str]) -> list[str]:
    """Every kind but the event's, and where others remain, but what we do and what is undone."""
    rest = [name for name in names if name not in event]
    return [name for name in rest if name not in NO_SIGN_OF_LIFE] or rest


def known_of(path: Path, log: ActivityLog) -> Known:
    """Attributes of customers: the column customer_id (or the first) names them. Raises Invalid("log_customers") where none is known."""
    table, _ = read_any(path)
    name = next((each for each in table.column_names if each.strip().lower() == "customer_id"), table.column_names[0])
    place = {key: row for row, key in enumerate(keys(table[name]).to_pylist()) if key is not None}
    rows = [place.get(customer, -1) for customer in log.customers]
    if max(rows) < 0:
        raise Invalid("log_customers", column=name)
    found = table_of(table.drop_columns([name]).take(pa.array(np.maximum(rows, 0))))
    missing = np.asarray(rows) < 0
    values: Mapping[str, np.ndarray[tuple[int], np.dtype[np.generic]]] = {
        f"own:{column.name}": np.where(missing, np.nan if column.kind == "number" else "", found.values[column.name])
        for column in found.columns
    }
    columns = tuple(type(column)(f"own:{column.name}", column.kind) for column in found.columns)
    return Known(columns, values)


def _warnings(learned: Learned, quality: Quality, known: Known | None) -> list[LogWarning]:
    found = [LogWarning("not_dated")] if known is not None else []
    found += [LogWarning("suspicious", what=name) for name, value in learned.single.items() if value > SUSPICIOUS]
    if quality.customers < 200:
        found.append(LogWarning("few_customers", quality.customers))
    untested = sum(1 for one in learned.tested if not 0 < one.lost.mean() < 1)
    if untested:
        found.append(LogWarning("one_outcome", untested))
    if quality.auc < quality.recency_auc:
        found.append(LogWarning("recency_better"))
    return found


def plain_of(found: Evaluation) -> dict[str, object]:
    """The JSON document of `liuke evaluate-log`; `warnings` are filled by the caller, in words."""
    quality, learned = found.quality, found.learned
    label = f"event:{'+'.join(found.label.kinds)}" if found.label.event else f"inactivity:{found.label.horizon_days}d"
    return {
        "auc": quality.auc,
        "auc_ci": list(quality.auc_ci),
        "ap": quality.ap,
        "precision_top10": quality.precision_top10,
        "logloss": quality.logloss,
        "ece": quality.ece,
        "base_rate": quality.base_rate,
        "n": quality.n,
        "customers": quality.customers,
        "recency_auc": quality.recency_auc,
        "fit_seconds": round(learned.fit_seconds, 3),
        "score_seconds": round(learned.score_seconds, 3),
        "model": "+".join(f"{name} {weight:.2f}" for name, weight in learned.fitted.members.items()),
        "label": label,
        "horizon_days": found.label.horizon_days,
        "train_rows": learned.rows,
        "train_base_rate": learned.train_rate,
        "origins": [_origin(one) for one in learned.tested],
    }


def _origin(one: OriginTested) -> dict[str, object]:
    quality = quality_of([one], times=1)
    figures = {name: None if np.isnan(value) else value for name, value in (("auc", quality.auc), ("recency_auc", quality.recency_auc))}
    return {"as_of": from_us(one.at_us).date().isoformat(), "n": len(one.lost), "base_rate": float(one.lost.mean()), **figures}
