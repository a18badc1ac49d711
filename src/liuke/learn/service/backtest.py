"""Run a subject on the workspace's own past: at each origin the frame of that moment, and the outcome that followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.base.errors import Invalid
from liuke.base.times import day_start, from_us, local_day, to_us
from liuke.facts.store.models import Customer
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.service.everybody import everybody
from liuke.learn.domain.backtest import Asked, Found, Snapshot, found_in
from liuke.learn.domain.origins import origins
from liuke.learn.domain.plan import Plan
from liuke.learn.domain.subject import Subject
from liuke.learn.service.history import History
from liuke.learn.service.planning import plan_of
from liuke.score.store.versions import churn_of
from liuke.signals.service.columns import catalogue_of
from liuke.warehouse import Warehouse

Progress = Callable[[float, date], None]
"""The share done (0–1) and the origin at hand; raises to stop."""
MANY = 50_000
"""Customers from which on the bootstrap draws fewer times."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `horizon_days` None: as many days as the workspace's churn definition has."""

    subject: Subject
    every: str = "month"
    start: date | None = None
    end: date | None = None
    horizon_days: int | None = None
    repeat_days: int = 90


@dataclass(frozen=True, slots=True)
class Report:
    """The answer. `owners`: people who own customers; `without_history`: columns whose value of today stood in for the past."""

    origins: tuple[date, ...]
    horizon_days: int
    churn_days: int
    repeat_days: int
    owners: int
    subject: Found
    live: Found | None
    without_history: tuple[str, ...]
    notes: tuple[str, ...]


def backtest(*, workspace: Workspace, warehouse: Warehouse, question: Question, progress: Progress) -> Report:
    """Answer a question. Raises Invalid for a faulty subject, or where no origin has an outcome yet; see `planning.plan_of`."""
    catalogue, churn = catalogue_of(workspace), churn_of(workspace)
    plan = plan_of(workspace, question.subject, catalogue)
    source = everybody(warehouse, workspace.pk)
    horizon = question.horizon_days or churn.days
    days = _origins(workspace, warehouse, question, churn, horizon)
    history = History(workspace, warehouse, source, catalogue, churn, horizon)
    shots = _shots(history, plan, days, workspace.time_zone, progress)
    times = 1000 if max((len(shot.ids) for shot in shots["subject"]), default=0) < MANY else 200
    asked = Asked(question.repeat_days, churn.days, times)
    return Report(
        origins=tuple(days),
        horizon_days=horizon,
        churn_days=churn.days,
        repeat_days=question.repeat_days,
        owners=Customer.objects.filter(workspace=workspace, owner__isnull=False).values("owner").distinct().count(),
        subject=found_in(shots["subject"], asked),
        live=found_in(shots["live"], asked) if "live" in shots else None,
        without_history=history.without,
        notes=(*plan.notes, *history.notes),
    )


def _shots(history: History, plan: Plan, days: Sequence[date], zone: str, progress: Progress) -> dict[str, list[Snapshot]]:
    """What each arm said at each origin, and what followed."""
    runs = {names: history.prepared([plan.arms[name] for name in names]) for names in _together(plan)}
    shots: dict[str, list[Snapshot]] = {name: [] for name in plan.arms}
    for nth, day in enumerate(days):
        progress(nth / len(days), day)
        as_of = day_start(day, zone)
        label = history.label(as_of)
        for names, run in runs.items():
            for name, shot in history.at(as_of, run, {name: plan.arms[name] for name in names}, label).items():
                shots[name].append(shot)
    return shots


def _together(plan: Plan) -> list[tuple[str, ...]]:
    """Arms of one configuration share their frames."""
    if plan.live is None:
        return [("subject",)]
    return [("subject", "live")] if plan.live.config == plan.subject.config else [("subject",), ("live",)]


def _origins(workspace: Workspace, warehouse: Warehouse, question: Question, churn: ChurnDefinition, horizon: int) -> list[date]:
    now, zone = workspace_now(workspace), workspace.time_zone
    marks = ", ".join("?" for _ in churn.kinds)
    sql = f"SELECT min(ts_us) AS first, max(ts_us) AS last FROM activity WHERE kind IN ({marks}) AND ts_us < ?"
    (row,) = warehouse.query(workspace.pk, sql, [*churn.kinds, to_us(now)]).to_pylist()
    if row["first"] is None:
        raise Invalid("backtest_no_history", kinds=", ".join(churn.kinds))
    first, last = (local_day(from_us(row[name]), zone) for name in ("first", "last"))
    return origins(every=question.every, first=first, last=last, horizon=horizon, start=question.start, end=question.end)
