"""Customers, their page, evidence, outcomes, renewals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema

from liuke.show.api.schemas.common import CustomerRef, CustomerStatus, LevelName, PersonRef, ReasonOut, TagRef, TierName, at_most
from liuke.show.api.schemas.scoring import OverrideOut
from liuke.show.api.schemas.text import ReadingOut


class CustomerRow(Schema):
    """One line of the list."""

    id: int
    key: str
    name: str
    name_is_sample: bool
    owner: PersonRef | None
    status: CustomerStatus
    tier: TierName
    segment: str
    level: LevelName
    score: float
    delta_7d: float | None
    delta_30d: float | None
    history: list[float]
    top_reason: str
    main_family: str
    confidence: float
    annual_value: float
    expected_loss: float
    last_order_at: datetime | None
    last_activity_at: datetime | None
    contract_ends_on: date | None
    open_alert_id: int | None
    tags: list[TagRef]
    is_adjusted: bool = False
    """A person adjusted the score (人工调整)."""


class ContactOut(Schema):
    """A person at the customer; phone and e-mail masked by role."""

    id: int
    name: str
    title: str
    phone: str
    email: str
    is_key: bool
    is_sample: bool


class ContractOut(Schema):
    """A contract of the customer."""

    id: int
    key: str
    name: str
    starts_on: date | None
    ends_on: date
    amount: float
    renewal_id: int | None
    is_sample: bool


class OpportunityOut(Schema):
    """A deal in progress."""

    id: int
    name: str
    stage: str
    stage_set_at: datetime | None
    """When a person set the stage; null = it is the source's."""
    amount: float | None
    close_on: date | None
    is_sample: bool


class ScoreOut(Schema):
    """The score with all its lines: base + Σ points = score, exactly."""

    score: float
    level: LevelName
    base: float
    reasons: list[ReasonOut]
    confidence: float
    confidence_text: str
    confidence_why: list[str]
    """What lowers the confidence, in words; empty where nothing does."""
    override: OverrideOut | None
    """A person's adjustment that holds now."""
    as_of: datetime
    version: int
    not_computable: list[str]
    """Sentences: which signals could not be computed and why."""


class SourceStamp(Schema):
    """截至 time of one source."""

    source: str
    newest_at: datetime | None


class CustomerOut(Schema):
    """The head and profile of a customer's page."""

    id: int
    key: str
    name: str
    name_is_sample: bool
    owner: PersonRef | None
    status: CustomerStatus
    tier: TierName
    segment: str
    attributes: dict[str, Any]
    sample_fields: list[str]
    registered_at: datetime | None
    annual_value: float
    expected_loss: float
    last_order_at: datetime | None
    last_activity_at: datetime | None
    contract_ends_on: date | None
    score: ScoreOut | None
    delta_7d: float | None
    delta_30d: float | None
    open_alert_id: int | None
    open_work_item_id: int | None
    contacts: list[ContactOut]
    contracts: list[ContractOut]
    opportunities: list[OpportunityOut]
    sources: list[SourceStamp]
    tags: list[TagRef]
    suggestion: str
    """What to say or do next, from the main reason."""


class CustomerIn(Schema):
    """A customer made by hand."""

    key: Annotated[str, at_most(80)]
    name: Annotated[str, at_most(160)]
    owner_id: int | None = None
    attributes: Annotated[dict[str, Any], at_most(40)] = {}  # noqa: RUF012 - pydantic copies defaults


class CustomerPatch(Schema):
    """Absent fields stay."""

    name: Annotated[str | None, at_most(160)] = None
    owner_id: int | None = None
    attributes: Annotated[dict[str, Any] | None, at_most(40)] = None


class AssignIn(Schema):
    """Give customers to a person."""

    customer_ids: list[int]
    owner_id: int


class TimelineItem(Schema):
    """One thing that happened. `group` is order, message, ticket, payment, survey, contract, use, visit, alert, work, outcome or score."""

    id: str
    at: datetime
    kind: str
    group: str
    title: str
    text: str
    value: float | None
    channel: str
    actor: str
    is_sample: bool
    link: str | None
    attrs: dict[str, Any]
    reading: ReadingOut | None = None
    """What was read in its words; spans are places in `text`."""


class TimelineOut(Schema):
    """Newest first."""

    items: list[TimelineItem]
    next_cursor: str | None
    counts: dict[str, int]


class ScorePoint(Schema):
    """One past score."""

    at: datetime
    score: float
    level: LevelName
    version: int


class ConfigMark(Schema):
    """A configuration that went live: drawn on the score history."""

    at: datetime
    version: int
    note: str


class ScoreHistoryOut(Schema):
    """Oldest first."""

    points: list[ScorePoint]
    marks: list[ConfigMark]


class EvidenceOut(Schema):
    """The raw rows behind a reason."""

    reason: ReasonOut
    explanation: str
    start: datetime | None
    end: datetime
    rows: list[TimelineItem]
    total: int
    sources: list[SourceStamp]
    weekly: list[float]
    """Up to 26 weekly sums of the measured quantity, oldest first; empty where it makes no sense."""


class OrderLineOut(Schema):
    """One line of an order."""

    sku: str
    description: str
    quantity: float
    price: float | None
    amount: float


OutcomeKind = Literal["renewed", "repurchased", "churned", "paused", "unsaveable"]


class OutcomeIn(Schema):
    """登记结果."""

    kind: OutcomeKind
    occurred_on: date
    cause: str = ""
    competitor: str = ""
    note: str = ""


class OutcomeOut(Schema):
    """A registered outcome; `reverted_at` where it was taken back."""

    id: int
    customer: CustomerRef
    kind: OutcomeKind
    occurred_on: date
    cause: str
    competitor: str
    note: str
    by: PersonRef | None
    at: datetime
    reverted_at: datetime | None


RenewalStatus = Literal["not_started", "talking", "quoted", "renewed", "declined"]


class RenewalRow(Schema):
    """One line of 续约台账."""

    id: int
    contract: str
    contract_key: str
    customer: CustomerRef
    owner: PersonRef | None
    level: LevelName
    score: float
    ends_on: date
    days_left: int
    amount: float
    status: RenewalStatus
    reason: str
    next_step: str
    next_step_on: date | None
    forecast: float
    forecast_is_default: bool
    started_at: datetime | None
    is_sample: bool


class RenewalPatch(Schema):
    """Absent fields stay. `declined` needs a reason."""

    status: RenewalStatus | None = None
    reason: Annotated[str | None, at_most(200)] = None
    next_step: Annotated[str | None, at_most(200)] = None
    next_step_on: date | None = None
    forecast: float | None = None


class RenewalBucket(Schema):
    """Totals of one window: `overdue`, `15`, `30`, `60`, `90`."""

    window: str
    count: int
    amount: float
    forecast_amount: float
    by_status: dict[str, int]


class RenewalsOut(Schema):
    """The ledger with its totals."""

    items: list[RenewalRow]
    next_cursor: str | None
    total: int
    buckets: list[RenewalBucket]
