"""The score's two levels, people's adjustments, and why a score changed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema

from liuke.show.api.schemas.common import CustomerRef, Moment, PersonRef, at_most


class SeasonNow(Schema):
    """A season that multiplies the weights today."""

    name: str
    multipliers: dict[str, float]


class OverrideIn(Schema):
    """人工调整: `fixed` sets the score to `value` (0–100), otherwise `value` points are added (−100 to 100)."""

    fixed: bool
    value: float
    reason: Annotated[str, at_most(200)]
    until: Moment


class OverrideOut(Schema):
    """An adjustment with its author. `holds`: at the workspace's present."""

    id: int
    customer: CustomerRef
    fixed: bool
    value: float
    reason: str
    since: datetime
    until: datetime
    ended_at: datetime | None
    holds: bool
    created_by: PersonRef | None
    ended_by: PersonRef | None


class ChangeLine(Schema):
    """A reason whose points changed: `part` is the cause it belongs to."""

    part: Literal["behaviour", "configuration", "stale", "model", "version"]
    code: str
    text: str
    before: float
    after: float


class ChangePart(Schema):
    """One of the four causes and how many points it moved the score."""

    key: Literal["behaviour", "configuration", "stale", "model", "version"]
    text: str
    points: float


class ScoreChangeOut(Schema):
    """`after - before` = the sum of the four `parts`, exactly. `start` and `end` are the scorings that were compared."""

    start: datetime
    end: datetime
    before: float
    after: float
    version_before: int
    version_after: int
    parts: list[ChangePart]
    lines: list[ChangeLine]
    stale_signals: list[str]
    notes: list[str]
