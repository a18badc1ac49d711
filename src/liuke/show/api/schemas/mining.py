"""挖掘 and 流失体检: searches of a workspace's past, and what they found."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema

from liuke.show.api.schemas.backtests import FiguresOut, RunStatus
from liuke.show.api.schemas.common import ErrorOut, JobOut, at_most
from liuke.show.api.schemas.rules import SentenceOut

MiningKind = Literal["rules", "missed", "clusters", "links"]
RunKind = Literal["rules", "missed", "clusters", "links", "checkup"]


class MiningIn(Schema):
    """What to look for."""

    kind: MiningKind


class MiningQuery(Schema):
    """Which searches: of this kind."""

    kind: RunKind | None = None


class MiningStarted(Schema):
    """The search and the job that runs it."""

    id: int
    job: JobOut


class MinedRuleOut(Schema):
    """A candidate: its sentences, its proof on later moments (`hits` of `n` customers were lost; `low`–`high` is Wilson's 95%;

    `base` of as many drawn at the same moments; `adjusted`: p-value after all candidates), and its backtest where one was run.
    """

    sentences: list[SentenceOut]
    document: dict[str, Any]
    n: int
    hits: int
    rate: float
    low: float
    high: float
    base: float
    lift: float
    adjusted: float
    found_rate: float
    found_n: int
    backtest: FiguresOut | None


class MinedRulesOut(Schema):
    """Candidate rules, best first; `tested`: how many were put to the proof."""

    rules: list[MinedRuleOut]
    tested: int
    found_rows: int
    proof_rows: int
    horizon_days: int
    found_until: date
    proof_from: date


class SpokeOut(Schema):
    """A signal that spoke for a missed loss: how strongly (0–1), and how many more alerts a threshold there would have raised."""

    signal: str
    name: str
    strength: float
    more_alerts: int


class MissedLossOut(Schema):
    """A customer lost without an alert. `score`: its highest before; alerting from there on had raised `more_alerts` further alerts."""

    customer_id: int
    key: str
    name: str
    lost_on: date
    annual_value: float
    score: float
    more_alerts: int
    signals: list[SpokeOut]


class ThresholdOut(Schema):
    """Alerting from this strength (or score) on: missed losses caught, further alerts raised."""

    at: float
    caught: int
    more_alerts: int


class SignalMissedOut(Schema):
    """A signal over all missed losses: in how many it spoke, and its thresholds."""

    signal: str
    name: str
    spoke: int
    thresholds: list[ThresholdOut]


class MissedOut(Schema):
    """Losses without an alert. `replayed`: no alerts are so old, the score in use stands for them. `silent`: no signal spoke."""

    losses: int
    alerted: int
    silent: int
    money: float
    replayed: bool
    watch_score: float
    listed: list[MissedLossOut]
    by_signal: list[SignalMissedOut]
    by_score: list[ThresholdOut]


class TraitOut(Schema):
    """What sets a cluster apart: a column, so many standard deviations from all who left, and both medians."""

    column: str
    label: str
    deviation: float
    median: float
    all_median: float


class ClusterOut(Schema):
    """A kind of customers who left; `examples` are customers whom the reader sees."""

    name: str
    customers: int
    share: float
    money: float
    traits: list[TraitOut]
    signals: list[str]
    examples: list[dict[str, Any]]


class ClustersOut(Schema):
    """Kinds of customers who left, by money. `silhouette` (−1–1): how distinct they are."""

    clusters: list[ClusterOut]
    silhouette: float
    customers: int


class LinkOut(Schema):
    """Of the `n` customers who did all `items`, `lost` were lost: `confidence` with `low`–`high`, against `base` of all."""

    text: str
    items: list[str]
    n: int
    lost: int
    support: float
    confidence: float
    low: float
    high: float
    base: float
    lift: float
    adjusted: float


class LinksOut(Schema):
    """Associations with loss; `tested`: combinations counted."""

    links: list[LinkOut]
    tested: int
    customers: int


class MiningOut(Schema):
    """One search. What it found stands under its kind; a check-up's report is a page of its own."""

    id: int
    kind: RunKind
    status: RunStatus
    progress: float
    job: JobOut | None
    error: ErrorOut | None
    file: str
    created_at: datetime
    finished_at: datetime | None
    rules: MinedRulesOut | None = None
    missed: MissedOut | None = None
    clusters: ClustersOut | None = None
    links: LinksOut | None = None


class AdoptIn(Schema):
    """Which candidate (counted from 0) becomes a draft, and under which name (empty: its sentence)."""

    nth: int
    name: Annotated[str, at_most(80)] = ""


class Adopted(Schema):
    """The rule that was made; its draft waits to be looked at and published."""

    rule_id: int


class ReportQuery(Schema):
    """`mask`: customers' names show only their beginning; `download`: as a file."""

    mask: bool = False
    download: bool = False
