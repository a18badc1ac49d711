"""模型: what counts as lost, how far the outcomes reach, versions with their figures, and what is done with them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from liuke.show.api.schemas.backtests import Interval
from liuke.show.api.schemas.common import JobOut, PersonRef, at_most
from liuke.show.api.schemas.rules import KindOut

LabelKindName = Literal["inactivity", "non_renewal", "event", "spend_drop", "outcome"]
StageName = Literal["rules", "calibrated", "model"]
ModelStatusName = Literal["training", "failed", "candidate", "shadow", "live", "retired", "refused"]


class LabelShape(Schema):
    """What counts as lost; see docs/how-to/model.md. `drop` is a share 0–1, the others are days."""

    kind: LabelKindName
    horizon_days: int
    active_days: int
    kinds: list[str]
    drop: float
    grace_days: int


class LabelIn(Schema):
    """A definition as somebody gives it; what is absent stays as it is. Faults come back by field."""

    kind: Annotated[str, at_most(20)] | None = None
    horizon_days: int | None = None
    active_days: int | None = None
    kinds: list[Annotated[str, at_most(60)]] | None = None
    drop: float | None = None
    grace_days: int | None = None


class ModelSettingIn(Schema):
    """Settings to keep. `target`: the precision that red alerts promise (0.70–0.95)."""

    definition: LabelIn = Field(default_factory=LabelIn)
    target: float | None = None
    retrain: bool | None = None


class ModelSettingOut(Schema):
    """`kinds`: those that the workspace has, to choose from. `saved`: whether a person chose, or it follows from the churn definition."""

    definition: LabelShape
    target: float
    retrain: bool
    saved: bool
    kinds: list[KindOut]


class MissingOut(Schema):
    """One thing that the next stage needs, in words too."""

    what: str
    have: int
    need: int
    text: str


class RatePoint(Schema):
    """At an origin: of `n` customers who could be lost, the share that was (0–1)."""

    day: date
    rate: float
    n: int


class ReturnShare(Schema):
    """Of `silent` silences of so many days, the share (0–1) that ended within 90 more days, with Wilson's 95% interval."""

    days: int
    silent: int
    share: float | None
    low: float
    high: float


class LabelPreviewOut(Schema):
    """What a definition finds in the workspace's past. `suggested_days`: the silence from which few return; null without a curve."""

    definition: LabelShape
    stage: StageName
    next_stage: StageName | None
    missing: list[MissingOut]
    lost: int
    stayed: int
    outcomes: int
    """Registered outcomes, which come before everything else."""
    origins: list[RatePoint]
    judged: int
    curve: list[ReturnShare]
    suggested_days: int | None


class ComparedOut(Schema):
    """One way to rank, on the same customers at the same origins. `behind`: the model's AUC less this one's."""

    name: Literal["stack", "logistic", "tree", "forest", "score", "recency"]
    auc: Interval
    ap: Interval
    top: Interval
    log_loss: Interval
    ece: float | None
    behind: Interval


class WeightOut(Schema):
    """A signal's points before and after; `fired`: the share of rows (0–1) for which it said anything."""

    code: str
    name: str
    family: str
    before: float
    after: float
    fired: float


class SeasonFactorOut(Schema):
    """In a quarter of the year a family counts so many times as much, with its 95% interval."""

    quarter: int
    family: str
    factor: float
    low: float
    high: float
    n: int


class ImportanceOut(Schema):
    """A column by its mean part of the log-odds, regardless of sign."""

    code: str
    name: str
    family: str
    size: float


class ModelLeakOut(Schema):
    """A finding of the leak checks that warns."""

    check: str
    text: str
    columns: list[str]


class ShadowCustomer(Schema):
    """A customer whose two scores lie far apart."""

    customer_id: int
    name: str
    used: float
    shadow: float


class ShadowDayOut(Schema):
    """A day in shadow: customers by level in use (rows) and in shadow (columns: 正常, 初级, 中级, 高危)."""

    day: date
    customers: int
    levels: list[list[int]]
    agree: float
    rank: float | None
    apart: list[ShadowCustomer]


class ModelRow(Schema):
    """A version as lists show it. `auc` beside `recency_auc` and the base rate; null before it is trained."""

    number: int
    stage: StageName
    status: ModelStatusName
    why: Literal["asked", "month", "drift"]
    definition: LabelShape
    auc: Interval | None
    recency_auc: Interval | None
    base_rate: float | None
    rows: int
    customers: int
    created_by: PersonRef | None
    created_at: datetime
    published_at: datetime | None
    shadow_since: datetime | None
    shadow_left: int
    job: JobOut | None
    objections: list[str]
    """Why it was refused, in words."""


class ModelVersionOut(ModelRow):
    """Everything about a version. `can_publish` etc. say what its state allows, not what the reader may."""

    lost: int
    stayed: int
    judged: int
    slope: float | None
    promise_logit: float | None
    missing: list[MissingOut]
    origins: list[RatePoint]
    comparison: list[ComparedOut]
    weights: list[WeightOut]
    seasons: list[SeasonFactorOut]
    importance: list[ImportanceOut]
    members: dict[str, float]
    leaks: list[ModelLeakOut]
    shadow: list[ShadowDayOut]


class ModelPageOut(Schema):
    """The page 模型: settings, all versions newest first, the number of the live one, and whether the asker may change anything."""

    setting: ModelSettingOut
    live: int | None
    versions: list[ModelRow]
    may_publish: bool


class ModelPublishIn(Schema):
    """`early`: publish although the time in shadow is not over."""

    early: bool = False


class ModelWeightsIn(Schema):
    """The signals whose suggested points go into a draft of the score, and whether the suggested seasons do."""

    codes: list[Annotated[str, at_most(40)]]
    seasons: bool = False


class ModelDraftOut(Schema):
    """The draft of the score's configuration that was made."""

    version: int


class ModelChanged(Schema):
    """The version, and the job that scores everybody again where the score changed."""

    version: ModelRow
    job: JobOut | None
