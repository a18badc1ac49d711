"""Shapes of 团队(晨会), the day's list and the weekly report."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from liuke.show.api.schemas.common import CustomerRef, LevelName, PersonRef, TierName
from liuke.show.api.schemas.rules import ShareOut

LeftName = Literal["no_time", "snoozed", "done_today", "stock"]


class HandledOut(Schema):
    """How alerts were answered. Hours are of the clock, from being told to the first answer."""

    told: int
    answered: int
    median_hours: float | None
    in_time: int
    with_deadline: int
    escalated: int
    verdicts: dict[str, int]
    precision: ShareOut | None
    """有效 and 太晚 of all but 已知, with its interval."""


class TeamRow(Schema):
    """One person of the morning board."""

    person: PersonRef
    away: bool
    customers: int
    open: dict[str, int]
    """Open alerts by level, as 预警中心 lists them: without snoozed ones."""
    overdue: int
    silent: int
    """High-value customers without contact for 30 days."""
    handled: HandledOut


class TeamBoard(Schema):
    """The board: figures of the last `days` days, everything else as of now."""

    as_of: datetime
    days: int
    silent_days: int
    rows: list[TeamRow]
    total: HandledOut
    unowned: int
    """Open alerts that nobody owns."""


class SilentRow(Schema):
    """A high-value customer whom nobody has spoken to."""

    customer: CustomerRef
    owner: PersonRef | None
    score: float
    level: LevelName
    annual_value: float
    last_contact_at: datetime | None


class DayItem(Schema):
    """One alert of the day's list, or one that is not on it."""

    alert_id: int
    customer: CustomerRef
    level: LevelName
    score: float
    expected_loss: float
    minutes: int
    promised: bool
    reason: str
    why_left: LeftName | None = None


class DayRow(Schema):
    """One person's day. `left` names the largest of those left out; `left_counts` counts all by reason."""

    person: PersonRef
    away: bool
    minutes: int
    own_minutes: bool
    used: int
    expected_loss: float
    chosen: list[DayItem]
    left: list[DayItem]
    left_counts: dict[str, int]


class EffortsOut(Schema):
    """Minutes per customer by level, and per person and day."""

    minutes: dict[str, int]
    per_day: int


class DayOut(Schema):
    """BEY-11 for everybody whom the reader leads."""

    as_of: datetime
    efforts: EffortsOut
    rows: list[DayRow]


class EffortsIn(Schema):
    """New efforts."""

    minutes: dict[str, int]
    per_day: int


class MinutesIn(Schema):
    """A person's minutes per working day; null = as the workspace has it."""

    minutes: Annotated[int, Field(ge=0, le=720)] | None


class ReportRow(Schema):
    """One week of the list."""

    week: date
    made_at: datetime
    high: int
    raised: int
    lost: int


class LeaverOut(Schema):
    """One of those most likely to leave."""

    customer: CustomerRef
    owner: PersonRef | None
    score: float
    change: float | None
    level: LevelName
    tier: TierName
    annual_value: float
    expected_loss: float
    reason: str
    last_contact: date | None


class ReportOut(Schema):
    """The weekly report of the reader's slice. `levels_before` is empty where the week before was not kept."""

    week: date
    since: date
    until: date
    made_at: datetime
    is_live: bool
    """Counted now: the week's report is not made yet."""
    customers: int
    levels: dict[str, int]
    levels_before: dict[str, int]
    high_value: float
    high_value_before: float | None
    raised: int
    closed: dict[str, int]
    outcomes: dict[str, int]
    lost_value: float
    handled: HandledOut
    leavers: list[LeaverOut]
