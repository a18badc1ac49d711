"""The promised precision and the model card, as the API shows them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from liuke.show.api.schemas.backtests import Interval

VerdictName = Literal["holds", "unreachable", "unproven"]


class PromiseQuery(Schema):
    """Which target to look at (absent: the saved one), and of which model version (absent: the live one)."""

    target: Annotated[float, Field(ge=0.7, le=0.95)] | None = None
    version: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class PromiseIn(Schema):
    """A target to save and publish."""

    target: Annotated[float, Field(ge=0.7, le=0.95)]


class PromiseRate(Schema):
    """A base rate that the threshold took into account. `source`: newest, season (a year
    earlier), pooled (all known moments, where they hardly differ) or expected."""

    source: Literal["newest", "season", "pooled", "expected"]
    day: date
    rate: float
    decides: bool


class PromiseOption(Schema):
    """A target and what it costs. Shares are 0–1; `precision` by drawing customers, `wilson_…` as if alerts were independent."""

    target: float
    verdict: VerdictName
    reason: str
    threshold: float | None
    precision: Interval
    wilson_low: float
    wilson_high: float
    base_rate: Interval
    lift: Interval
    recall: Interval
    lead_days: Interval
    alerts: int
    hits: int
    alerts_per_week: float
    judged: int
    made: int
    kept: int
    refusals: int


class PromiseShare(Schema):
    """A month, tier or team: customers there, lost, alerts, hits, and Wilson's interval of the precision."""

    name: str
    eligible: int
    lost: int
    alerts: int
    hits: int
    low: float
    high: float


class PromiseBin(Schema):
    """A tenth of the rows by probability: said against happened, with Wilson's interval."""

    said: float
    happened: float
    low: float
    high: float
    n: int


class PromisePoint(Schema):
    """A point of the precision–recall and ROC curves."""

    recall: float
    precision: float
    false_rate: float


class PromiseWeekly(Schema):
    """What one threshold would have alerted: a week's alerts after the first moment, and the stock at it."""

    per_week: float
    stock: int
    precision: float | None


class PromiseReport(Schema):
    """The target looked at, what other targets cost, and how it was measured. `chosen_point`: today's threshold on
    the curve."""

    version: int
    live: bool
    saved_target: float
    may_publish: bool
    chosen: PromiseOption
    options: list[PromiseOption]
    rule: Literal["each", "mean", ""]
    probability: float | None
    rates: list[PromiseRate]
    horizon_days: int
    start: date | None
    end: date | None
    rows: int
    treated: int
    auc: float | None
    reliability: list[PromiseBin]
    curve: list[PromisePoint]
    chosen_point: PromisePoint | None
    by_month: list[PromiseShare]
    by_tier: list[PromiseShare]
    by_team: list[PromiseShare]
    before: PromiseWeekly
    after: PromiseWeekly
    meaning: list[str]


class PromiseOut(Schema):
    """`report` is null where no model has been judged: `missing` says why, `stage` how far the data allow."""

    report: PromiseReport | None
    missing: str | None


class CardSection(Schema):
    """A titled part of the card: sentences, then a table where `head` is not empty."""

    code: str
    title: str
    lines: list[str]
    head: list[str]
    rows: list[list[str]]


class CardOut(Schema):
    """The model card in the reader's language."""

    number: int
    title: str
    sections: list[CardSection]


class CardQuery(Schema):
    """In which form to download, and in which language (absent: the reader's)."""

    form: Literal["markdown", "html"] = "html"
    language: Literal["zh-CN", "en"] | None = None
