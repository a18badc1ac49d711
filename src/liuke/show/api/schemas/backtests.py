"""Backtests: what is asked, and what it would have found on the workspace's own past (BEY-01)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from liuke.show.api.schemas.common import ErrorOut, JobOut, at_most

SubjectKind = Literal["rule", "rules", "score", "signal", "threshold"]
RunStatus = Literal["queued", "running", "done", "failed", "cancelled"]


class BacktestSubject(Schema):
    """What is tested. `rule`: a rule document (`rule_id` where it is the draft of a stored rule, to compare with the live version);
    `rules`: stored rules by id; `score`: a configuration at its bands (absent: the draft); `signal`: a signal's code;
    `threshold`: the live score at this cut-off (0–100)."""

    kind: SubjectKind
    rule: dict[str, Any] | None = None
    rule_id: int | None = None
    rule_ids: Annotated[list[int], at_most(200)] | None = None
    config: dict[str, Any] | None = None
    signal: Annotated[str, at_most(40)] | None = None
    threshold: Annotated[float, Field(ge=0, le=100)] | None = None


class BacktestIn(Schema):
    """A backtest to run. Dates are local days of the workspace; absent: all of the history that can be labelled."""

    subject: BacktestSubject
    every: Literal["month", "week"] = "month"
    start: date | None = None
    end: date | None = None
    horizon_days: Annotated[int, Field(ge=7, le=400)] | None = None
    """How long a flagged customer is watched for being lost; absent: by the workspace's churn definition."""


class BacktestQuery(Schema):
    """Which backtests: of this kind of subject."""

    subject: SubjectKind | None = None


class Interval(Schema):
    """A figure with its 95% interval (bootstrap over customers) and the number of cases behind it; null where there are too few."""

    value: float | None
    low: float | None
    high: float | None
    n: int


class FiguresOut(Schema):
    """What the subject would have achieved. `precision`, `recall` and `base_rate` are shares 0–1, `lead_days` a median."""

    base_rate: Interval
    precision: Interval
    recall: Interval
    lift: Interval
    lead_days: Interval
    alerts_per_week: float
    alerts_per_owner_week: float | None
    flagged: int


class OriginOut(Schema):
    """One moment of the past: customers who could be lost, flagged at it for the first time, lost later, and both."""

    as_of: date
    eligible: int
    flagged: int
    lost: int
    hits: int


class BacktestCustomer(Schema):
    """A customer caught, missed or falsely alarmed. `lead_days`: from the first flag to the day from which it counted as lost."""

    customer_id: int
    key: str
    name: str
    first_flagged: date | None
    lost_on: date | None
    lead_days: int | None


class BacktestStarted(Schema):
    """The backtest and the job that runs it."""

    id: int
    job: JobOut


class BacktestOut(Schema):
    """One backtest. The lists of customers hold at most 200 each, only such that the reader may see; `counts` has the full numbers."""

    id: int
    status: RunStatus
    progress: float
    error: ErrorOut | None
    subject: BacktestSubject
    every: Literal["month", "week"]
    origins: int
    start: date | None
    end: date | None
    horizon_days: int
    figures: FiguresOut | None
    live: FiguresOut | None
    by_origin: list[OriginOut]
    caught: list[BacktestCustomer]
    missed: list[BacktestCustomer]
    false_alarms: list[BacktestCustomer]
    counts: dict[str, int]
    """caught, missed, false_alarms: how many customers there are in all."""
    without_history: list[str]
    """Columns of which only today's value is known; it stood in for the past."""
    notes: list[str]
    created_at: datetime
    finished_at: datetime | None


class RuleReviewOut(Schema):
    """A rule up for review (RUL-06). `not_lost` is 处理后未流失率: the share of handled alerts not lost since; it is no effect."""

    rule_id: int
    name: str
    customers: int
    triggered: int
    trigger_rate: Interval
    handled: int
    not_lost: Interval
    base_not_lost: Interval
    """The same share over all handled alerts of the workspace, to compare with."""
    proposed: bool
    """Whether it is proposed for retirement: both rates are low, also at the upper ends of their intervals."""
    text: str
