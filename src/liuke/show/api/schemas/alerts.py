"""Alerts, verdicts, work items, notices, today."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema

from liuke.show.api.schemas.common import CustomerRef, LevelName, Moment, PersonRef, ReasonOut, TierName, at_most

VerdictName = Literal["valid", "false_alarm", "known", "too_late"]
FalseReason = Literal["", "seasonal", "project", "other_entity", "bad_data"]
WorkStatus = Literal["todo", "doing", "done", "cancelled"]


class VerdictOut(Schema):
    """The verdict that counts."""

    id: int
    verdict: VerdictName
    reason: str
    until: datetime | None
    note: str
    by: PersonRef | None
    at: datetime


class AlertRow(Schema):
    """One line of 预警中心."""

    id: int
    customer: CustomerRef
    tier: TierName
    segment: str
    owner: PersonRef | None
    status: Literal["open", "snoozed", "closed"]
    origin: Literal["stock", "live"]
    level: LevelName
    score: float
    delta_7d: float | None
    history: list[float]
    top_reason: str
    main_family: str
    annual_value: float
    expected_loss: float
    opened_at: datetime
    due_at: datetime | None
    is_overdue: bool
    pushed_at: datetime | None
    snoozed_until: datetime | None
    closed_at: datetime | None
    close_reason: str
    work_item_id: int | None
    work_status: WorkStatus | None
    verdict: VerdictName | None
    is_adjusted: bool = False
    """A person adjusted the score (人工调整)."""
    escalation_step: int = 0
    """How far up the ladder it went at its present level; 0 = not at all."""
    stands_in: bool = False
    """代办: the owner is away and the reader stands in."""


class FollowUpOut(Schema):
    """One contact with the customer."""

    id: int
    at: datetime
    by: PersonRef | None
    result: Literal["reached", "missed", "rescheduled", "note"]
    note: str
    next_at: datetime | None


class AlertOut(AlertRow):
    """An alert with its reasons, verdict and work."""

    base: float
    reasons: list[ReasonOut]
    verdict_detail: VerdictOut | None
    follow_ups: list[FollowUpOut]
    suggestion: str
    phone: str | None
    """The key contact's number, masked by role."""
    similar: str
    """Verdicts on this reason so far: 「近90天该信号 12 条,有效 8 条」; empty while nobody has judged."""


class AlertCounts(Schema):
    """Chips of 预警中心."""

    mine: int
    team: int
    all: int
    overdue: int
    escalated: int
    high: int
    stock: int
    snoozed: int
    unassigned: int
    closed_7d: int


class BulkIn(Schema):
    """Which alerts; at most 500."""

    alert_ids: list[int]


class BulkAssignIn(BulkIn):
    """Give alerts (and their customers' work items) to a person."""

    owner_id: int


class BulkSnoozeIn(BulkIn):
    """Hide until a moment of the workspace clock."""

    until: Moment


class BulkCloseIn(BulkIn):
    """Close with a reason."""

    reason: Literal["handled", "false_alarm", "known"]
    note: str = ""


class VerdictIn(Schema):
    """One tap (BEY-03). false_alarm asks `reason`, known asks `until` and `signal`."""

    verdict: VerdictName
    reason: FalseReason = ""
    signal: str = ""
    until: Moment | None = None
    note: str = ""


class UndoIn(Schema):
    """The token of an earlier answer."""

    undo_token: str


class WorkItemOut(Schema):
    """One thing to do."""

    id: int
    kind: Literal["winback", "renewal", "manual", "playbook"]
    title: str
    customer: CustomerRef
    level: LevelName
    score: float
    annual_value: float
    reason: str
    owner: PersonRef | None
    status: WorkStatus
    seq: int
    """How often it was moved; a change of status names the move that was seen."""
    due_at: datetime | None
    is_overdue: bool
    note: str
    alert_id: int | None
    renewal_id: int | None
    created_at: datetime
    finished_at: datetime | None
    follow_ups: list[FollowUpOut]
    escalation_step: int = 0
    """How far up the ladder its alert went; 0 = not at all."""
    stands_in: bool = False
    """代办: the owner is away and the reader stands in."""


class WorkCounts(Schema):
    """Chips of 我的任务."""

    today: int
    week: int
    overdue: int
    done: int
    open: int


class WorkItemIn(Schema):
    """A manual work item."""

    customer_id: int
    title: str
    due_at: Moment | None = None
    owner_id: int | None = None
    note: Annotated[str, at_most(4000)] = ""


class WorkItemPatch(Schema):
    """Absent fields stay."""

    title: str | None = None
    due_at: Moment | None = None
    owner_id: int | None = None
    note: Annotated[str | None, at_most(4000)] = None
    status: WorkStatus | None = None
    seq: int | None = None
    """The move that the reader has seen: where it was moved since, the status stays."""


class FollowUpIn(Schema):
    """跟进. `request_key` is made by the client: the same tap twice is one follow-up."""

    result: Literal["reached", "missed", "rescheduled", "note"]
    note: Annotated[str, at_most(4000)] = ""
    next_at: Moment | None = None
    done: bool = False
    request_key: str


class NoticeOut(Schema):
    """An in-app notification."""

    id: int
    text: str
    link: str
    created_at: datetime
    read_at: datetime | None


class NoticesOut(Schema):
    """Newest first."""

    items: list[NoticeOut]
    unread: int


class TodayItem(Schema):
    """One of at most five customers on the phone's home: why, ¥, what to say."""

    customer: CustomerRef
    work_item_id: int | None
    alert_id: int | None
    level: LevelName
    score: float
    why: str
    annual_value: float
    say: str
    phone: str | None
    due_at: datetime | None


class TodayOut(Schema):
    """今日."""

    items: list[TodayItem]
    done_today: int
    open_total: int
    overdue: int


class SavedViewIn(Schema):
    """A named set of filters: `query` is the URL's query text."""

    page: Literal["alerts", "customers", "tasks", "renewals"]
    name: str
    query: str
    shared: bool = False


class SavedViewOut(SavedViewIn):
    """A saved view."""

    id: int
    mine: bool
