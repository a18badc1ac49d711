"""挽回流程: what flows are made of, flows and versions, simulation, who is in them and why not, approvals, ready ones."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema

from liuke.show.api.schemas.common import ChoiceOut, CustomerRef, Fault, Moment, at_most

PlaybookKind = Literal["winback", "care", "recall"]
EnrolmentStatus = Literal["active", "waiting", "done", "exited", "stopped", "failed"]
ArmName = Literal["treated", "holdout"]


class FlowFieldOut(Schema):
    """A field of the inspector. `choices` are its own; a kind that refers to the workspace's things has its list apart."""

    name: str
    kind: str
    label: str
    required: bool
    choices: list[ChoiceOut]
    low: float
    high: float
    default: str | float | bool | None


class FlowKindOut(Schema):
    """A kind of trigger or node. The outlets of a split come from its arms."""

    name: str
    group: str
    label: str
    about: str
    icon: str
    fields: list[FlowFieldOut]
    outlets: list[ChoiceOut]
    optional: list[str]


class FlowTemplateOut(Schema):
    """A message template, for choosing with a preview."""

    code: str
    name: str
    purpose: str
    channels: list[str]
    subject: str
    body: str


class FlowKindsOut(Schema):
    """Everything that a flow can be made of. `choices` by the kind of field: tag, channel, member, plan, signals …"""

    triggers: list[FlowKindOut]
    nodes: list[FlowKindOut]
    choices: dict[str, list[ChoiceOut]]
    templates: list[FlowTemplateOut]


class SpecIn(Schema):
    """A flow's document, not kept."""

    spec: dict[str, Any]


class ProblemsOut(Schema):
    """What stands against publishing; `where` is the place: `nodes.n1.params.days`."""

    faults: list[Fault]


class PlaybookVersionOut(Schema):
    """One state of a flow."""

    number: int
    status: Literal["draft", "trial", "published", "retired"]
    spec: dict[str, Any]
    note: str
    created_by: str | None
    created_at: datetime
    published_at: datetime | None


class PlaybookArmOut(Schema):
    """One side of the comparison: everybody who entered, those in it now, those who reached the goal, those whose time is over."""

    entered: int = 0
    running: int = 0
    reached: int = 0
    over: int = 0


class PlaybookOut(Schema):
    """A flow with what is live and what is being edited. Counts are of the customers that the asker sees."""

    id: int
    code: str
    name: str
    about: str
    kind: PlaybookKind
    enabled: bool
    paused_at: datetime | None
    archived: bool
    live: PlaybookVersionOut | None
    draft: PlaybookVersionOut | None
    treated: PlaybookArmOut
    holdout: PlaybookArmOut
    updated_at: datetime
    updated_by: str | None


class PlaybookSaveIn(Schema):
    """The whole flow; a draft may have faults. `seen_at`: `updated_at` that the editor began with."""

    name: Annotated[str, at_most(80)]
    about: Annotated[str, at_most(400)] = ""
    kind: PlaybookKind = "winback"
    spec: dict[str, Any]
    note: Annotated[str, at_most(200)] = ""
    seen_at: Moment | None = None


class PlaybookPublishIn(Schema):
    """Why, in a line."""

    note: Annotated[str, at_most(200)] = ""


class CountedOut(Schema):
    """How many for one reason, in words."""

    key: str
    text: str
    count: int


class NodeCountsOut(Schema):
    """Who stands where now, how many went on, and by which way."""

    standing: dict[str, int]
    left: dict[str, int]
    outlets: dict[str, dict[str, int]]


class EnrolmentOut(Schema):
    """One stay of a customer in a flow."""

    id: int
    playbook_id: int
    playbook: str
    version: int
    customer: CustomerRef
    arm: ArmName
    status: EnrolmentStatus
    node: str
    node_text: str
    waiting_for: str
    wake_at: datetime | None
    entered_at: datetime
    ended_at: datetime | None
    end_text: str
    goal_at: datetime | None


class EnrolmentQuery(Schema):
    """A page of who is in a flow."""

    node: str = ""
    status: str = ""
    arm: str = ""
    cursor: str = ""
    limit: int = 50


class EnrolmentStepOut(Schema):
    """One step of a customer's way."""

    at: datetime
    node: str
    kind: str
    text: str


class StayOut(Schema):
    """A stay with its steps."""

    enrolment: EnrolmentOut
    steps: list[EnrolmentStepOut]


class EnrolIn(Schema):
    """Customers chosen, or those of a filter of the customers' page: `level=high&tier=high`."""

    customer_ids: list[int] = []  # noqa: RUF012 - pydantic copies defaults
    filter: Annotated[str, at_most(1000)] = ""


class EnrolledOut(Schema):
    """How it went."""

    treated: int
    holdout: int
    refused: list[CountedOut]


class EntryCheckOut(Schema):
    """One thing that was looked at; `text` says what it means where it fails."""

    name: str
    ok: bool
    text: str


class PastRefusalOut(Schema):
    """An occurrence that led to no entry, or a message that was held back."""

    at: datetime
    text: str


class WhyNotOut(Schema):
    """为什么没有进入."""

    playbook: str
    verdict: str
    text: str
    checks: list[EntryCheckOut]
    refusals: list[PastRefusalOut]
    touches: list[PastRefusalOut]


class ApprovalOut(Schema):
    """A yes or no that a flow waits for."""

    id: int
    playbook: str
    customer: CustomerRef
    text: str
    asked_at: datetime
    due_at: datetime


class ApprovalIn(Schema):
    """Yes or no."""

    approved: bool
    note: Annotated[str, at_most(200)] = ""


class ReadyOut(Schema):
    """A ready playbook; `taken` is the workspace's own copy. `asks`: what has to be filled in before publishing."""

    code: str
    group: str
    kind: PlaybookKind
    name: str
    about: str
    steps: list[str]
    asks: int
    taken: int | None
