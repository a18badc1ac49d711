"""Boards and the score's settings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema

from liuke.show.api.schemas.accounts import BandsOut
from liuke.show.api.schemas.alerts import AlertRow
from liuke.show.api.schemas.common import CustomerRef, LevelName, at_most
from liuke.show.api.schemas.scoring import SeasonNow


class KpiOut(Schema):
    """One figure with its past. `basis` says how it is counted; `good` says which direction is good."""

    key: Literal["high_risk_customers", "open_alerts", "value_at_high_risk", "churn_rate", "retention_rate"]
    value: float
    unit: Literal["customers", "alerts", "money", "percent"]
    delta: float | None
    """Against the period before: relative for counts and money, in percentage points for percent."""
    good: Literal["up", "down"]
    spark: list[float]
    basis: str
    note: str = ""


class TrendPoint(Schema):
    """One month (or week) of the past."""

    day: date
    churn_rate: float | None
    retention_rate: float | None
    active_customers: int
    orders: int
    lost: int
    opening: int
    complete: bool
    """False for the running period."""


class HistogramBin(Schema):
    """Customers with a score in [start, start + 10)."""

    start: int
    count: int
    level: LevelName


class HeatCell(Schema):
    """Share of a segment's customers at risk whose main reason is of this family."""

    family: str
    segment: str
    share: float
    count: int
    of: int


class HeatMapOut(Schema):
    """Causes × segments."""

    families: list[str]
    segments: list[str]
    cells: list[HeatCell]


class ChecklistItem(Schema):
    """One step of the first five minutes, with live status."""

    key: Literal["sample", "first_alert", "import", "scoring", "channel", "people"]
    done: bool
    link: str


class DashboardOut(Schema):
    """预警看板."""

    as_of: datetime
    customers: int
    kpis: list[KpiOut]
    trend: list[TrendPoint]
    levels: dict[LevelName, int]
    histogram: list[HistogramBin]
    heat_map: HeatMapOut
    top: list[AlertRow]
    checklist: list[ChecklistItem]
    segments: list[str]
    stock_open: int
    stale_sources: list[str]


class ParamOut(Schema):
    """One number of a signal that can be edited."""

    name: str
    label: str
    unit: Literal["days", "percent", "count", "weeks", "points", "ratio"]
    minimum: float
    maximum: float
    step: float
    default: float


class SignalOut(Schema):
    """A signal of the catalogue, for the editor."""

    key: str
    mission_id: str
    family: str
    name: str
    description: str
    params: list[ParamOut]
    protective: bool
    fires_now: int
    not_computable: str | None


class ScoreConfigOut(Schema):
    """A configuration: `config` is plain data of `ScoreConfig`."""

    version: int
    status: Literal["draft", "published", "retired"]
    config: dict[str, Any]
    note: str
    created_by: str | None
    created_at: datetime
    published_at: datetime | None


class ScoringOut(Schema):
    """评分设置: what is live, the draft if there is one, and the catalogue."""

    live: ScoreConfigOut
    draft: ScoreConfigOut | None
    signals: list[SignalOut]
    histogram: list[HistogramBin]
    bands: BandsOut
    seasons_now: list[SeasonNow]
    """Seasons that multiply the live weights today."""
    overrides: int
    """People's adjustments that hold now."""
    mode: Literal["rules", "calibrated", "model"]
    """What makes the scores: the weights as set, as adjusted to outcomes, or a learned model."""
    model: int | None
    """The live model's version."""


class ScoreDraftIn(Schema):
    """The whole configuration; all faults are answered at once."""

    config: dict[str, Any]
    note: Annotated[str, at_most(200)] = ""


class LevelMove(Schema):
    """Customers that go from one level to another."""

    before: LevelName
    after: LevelName
    count: int


class PreviewCustomer(Schema):
    """A customer whose level would change."""

    customer: CustomerRef
    before: float
    after: float
    level_before: LevelName
    level_after: LevelName


class ScorePreviewOut(Schema):
    """What the draft would change, on the customers of today.

    In a large workspace a sample of about 20,000 is scored: `is_sample` is true, and the counts are those of the sample.
    """

    customers: int
    is_sample: bool = False
    changed: int
    levels_before: dict[LevelName, int]
    levels_after: dict[LevelName, int]
    moves: list[LevelMove]
    sample: list[PreviewCustomer]
    histogram_after: list[HistogramBin]
    profiles: dict[str, int]
    """Customers per profile of the draft, by its name; the first that matches counts."""


class SearchHit(Schema):
    """Ctrl K: a customer, an alert or a page."""

    type: Literal["customer", "alert", "page"]
    id: str
    title: str
    subtitle: str
    link: str
