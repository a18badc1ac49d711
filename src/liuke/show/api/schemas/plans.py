"""Checklists, content packs, visits, comments of a task."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from liuke.show.api.schemas.common import CustomerRef, LevelName, Moment, PersonRef, TierName, at_most
from liuke.show.api.schemas.customers import OpportunityOut

CauseName = Literal["price", "service", "complaint", "product", "competitor", "payment", "contract", "silence", "decline"]
AlertLevel = Literal["early", "medium", "high"]
BulkAction = Literal["claim", "assign", "postpone", "finish"]


class StepSpecBody(Schema):
    """A step of a template. `days` working days after the start (18:00 local) or `hours` of the clock; neither = undated."""

    text: str
    days: int | None = None
    hours: float | None = None
    who: Literal["owner", "supervisor"] = "owner"
    effect: str = ""
    amount: float | None = None
    remind_hours: int = 24


class PlanBody(Schema):
    """A checklist template. Empty tiers, levels, causes = any; `packs` are codes of content packs."""

    name: str
    about: str = ""
    tiers: list[TierName] = Field(default_factory=list)
    levels: list[AlertLevel] = Field(default_factory=list)
    causes: list[CauseName] = Field(default_factory=list)
    packs: list[str] = Field(default_factory=list)
    steps: list[StepSpecBody]


class PlanTemplateOut(PlanBody):
    """A checklist template; `shipped` came with the product, `is_changed` is the workspace's own word on one that did."""

    code: str
    shipped: bool
    is_changed: bool


class ScriptBody(Schema):
    """One thing to say; variables like {{客户名}}."""

    title: str
    text: str


class PackBody(Schema):
    """A content pack."""

    name: str
    about: str = ""
    causes: list[CauseName] = Field(default_factory=list)
    levels: list[AlertLevel] = Field(default_factory=list)
    scripts: list[ScriptBody] = Field(default_factory=list)


class PackFileOut(Schema):
    """An attached file; `size` in bytes."""

    id: int
    name: str
    size: int


class ContentPackOut(PackBody):
    """A content pack with its files. Within a task its scripts are filled for the customer."""

    code: str
    shipped: bool
    is_changed: bool = False
    files: list[PackFileOut] = Field(default_factory=list)


class VariablesOut(Schema):
    """What scripts may say of a customer."""

    variables: list[str]


class StepOut(Schema):
    """A line of a checklist. `owner` is who does it: named, else the task's owner; `owner_id` is null where nobody is named."""

    id: int
    plan_id: int | None
    text: str
    owner: PersonRef | None
    owner_id: int | None
    due_at: datetime | None
    is_overdue: bool
    effect: str
    effect_amount: float | None
    remind_hours: int
    done_at: datetime | None
    done_by: PersonRef | None


class StepIn(Schema):
    """A step as it should be, every field of it."""

    text: str
    owner_id: int | None = None
    due_at: Moment | None = None
    effect: str = ""
    effect_amount: float | None = None
    remind_hours: int = 24


class TickIn(Schema):
    """Done, or open again."""

    done: bool


class OrderIn(Schema):
    """All steps of the task in their new order."""

    step_ids: list[int]


class AppliedPlan(Schema):
    """A plan on a task."""

    id: int
    code: str
    name: str
    applied_by: PersonRef | None
    applied_at: datetime


class ProposedPlan(Schema):
    """A plan that fits, best first."""

    code: str
    name: str
    about: str
    steps: int


class ApplyIn(Schema):
    """Which plan."""

    code: str


class CreatedOut(Schema):
    """The id of what was made."""

    id: int


class CommentOut(Schema):
    """What a colleague said."""

    id: int
    at: datetime
    by: PersonRef | None
    text: str
    mentions: list[PersonRef]
    is_mine: bool


class CommentIn(Schema):
    """`mentions` are memberships that see the task."""

    text: Annotated[str, at_most(2000)]
    mentions: list[int] = Field(default_factory=list)
    request_key: str


class SpotBody(Schema):
    """Where the phone says it is: degrees and metres, by consent."""

    latitude: float
    longitude: float
    accuracy: float


class PhotoOut(Schema):
    """A photo of a visit; its bytes are behind `/visit-photos/{id}`."""

    id: int
    width: int
    height: int


class VisitOut(Schema):
    """拜访记录. Text, place and photos are hidden from readers without personal data; `photo_count` is not."""

    id: int
    customer: CustomerRef
    work_item_id: int | None
    at: datetime
    by: PersonRef | None
    text: str
    place: str
    spot: SpotBody | None
    photos: list[PhotoOut]
    photo_count: int
    is_mine: bool


class VisitIn(Schema):
    """At least a text or a place."""

    text: Annotated[str, at_most(4000)] = ""
    place: Annotated[str, at_most(120)] = ""
    spot: SpotBody | None = None
    work_item_id: int | None = None
    request_key: str


class OpportunityStageIn(Schema):
    """The new stage."""

    stage: str


class StagesOut(Schema):
    """Stages in use, most used first."""

    stages: list[str]


class BulkItemsIn(Schema):
    """The same thing for many tasks; `owner_id` of assign, `due_at` of postpone."""

    item_ids: list[int]
    action: BulkAction
    owner_id: int | None = None
    due_at: Moment | None = None


class WorkSheetOut(Schema):
    """Everything on one task's page besides the task itself."""

    level: LevelName
    tier: TierName
    cause: CauseName | None
    plans: list[AppliedPlan]
    steps: list[StepOut]
    proposed: list[ProposedPlan]
    packs: list[ContentPackOut]
    visits: list[VisitOut]
    opportunities: list[OpportunityOut]
    """Deals in progress with the task's customer."""
    comments: list[CommentOut]
    people: list[PersonRef]
    """Who sees the task and may be named in a comment."""


class FeedOut(Schema):
    """The asker's calendar address; `url` only in the answer that made it."""

    is_on: bool
    created_at: datetime | None = None
    read_at: datetime | None = None
    url: str | None = None
