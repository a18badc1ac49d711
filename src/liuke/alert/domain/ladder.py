"""The escalation ladder (ALT-04): whom an alert that nobody takes in hand goes to next, and when. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar
from liuke.accounts.domain.roles import Role
from liuke.alert.domain.recipients import OWNER, SUPERVISORS, Recipient, Who
from liuke.alert.domain.workdays import is_working_day
from liuke.alert.domain.workhours import due_after
from liuke.base.times import local_day
from liuke.score.domain.levels import Level

STEP_HOURS = (0, 720)
"""Fewest and most hours of a step."""
MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class Step:
    """`hours` after the deadline (first step) or after the step before; hours of days off do not count."""

    hours: int
    tell: tuple[Recipient, ...]


DEFAULT_STEPS = (
    Step(0, (OWNER,)),
    Step(8, (SUPERVISORS,)),
    Step(24, (Recipient(Who.ROLE, Role.OPERATIONS.value), Recipient(Who.ROLE, Role.ADMIN.value))),
)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Of which levels, and the steps in order."""

    enabled: bool = True
    levels: frozenset[Level] = frozenset({Level.MEDIUM, Level.HIGH})
    steps: Sequence[Step] = DEFAULT_STEPS


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open alert whose task nobody took in hand, with the steps that it has taken at its level."""

    alert_id: int
    level: Level
    due_at: datetime
    owner_id: int | None
    team_id: int | None
    expected_loss: float
    taken: int = 0
    last_at: datetime | None = None


def next_step(ladder: Ladder, waiting: Waiting, *, now: datetime, zone: str, calendar: Calendar = WEEKDAYS) -> int | None:
    """The step (from 1) that is due now, None while it has time, on days off and after the last one. One step at a time."""
    taken = waiting.taken
    if not ladder.enabled or waiting.level not in ladder.levels or taken >= len(ladder.steps):
        return None
    if waiting.due_at >= now or not is_working_day(local_day(now, zone), calendar):
        return None
    since = waiting.last_at if taken and waiting.last_at else waiting.due_at
    return taken + 1 if due_after(since, ladder.steps[taken].hours, zone, calendar) <= now else None
