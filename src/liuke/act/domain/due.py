"""When work is due: deadlines that count working days, and the groups of 我的任务."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from liuke.alert.domain.workhours import due_after
from liuke.base.times import day_start, local_day

__all__ = ["DueBounds", "DueGroup", "due_after", "due_bounds"]


class DueGroup(StrEnum):
    """The headings of 我的任务, in order."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    UNDATED = "undated"
    """Nobody was told yet (存量, digest only) or no deadline was set."""


@dataclass(frozen=True, slots=True)
class DueBounds:
    """Where the groups end, in UTC: overdue < `now` ≤ today < `tomorrow` ≤ week < `next_week` ≤ later."""

    now: datetime
    tomorrow: datetime
    next_week: datetime

    def group(self, due_at: datetime | None) -> DueGroup:
        """The heading of an open item."""
        if due_at is None:
            return DueGroup.UNDATED
        for end, name in ((self.now, DueGroup.OVERDUE), (self.tomorrow, DueGroup.TODAY), (self.next_week, DueGroup.WEEK)):
            if due_at < end:
                return name
        return DueGroup.LATER


def due_bounds(now: datetime, zone: str) -> DueBounds:
    """Bounds of the local calendar at `now`; a week ends on Sunday."""
    today = local_day(now, zone)
    monday = today + timedelta(days=7 - today.weekday())
    return DueBounds(now, day_start(today + timedelta(days=1), zone), day_start(monday, zone))
