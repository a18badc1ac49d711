"""The best list for the hours that somebody has (BEY-11): which alerts to work on today, by the money that is expected to be lost.

Until playbooks have measured an uplift, the expected loss (yearly value × probability) stands for what work on it may save.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum

from liuke.base.faults import Faults
from liuke.base.plain import Part
from liuke.score.domain.levels import Level

STEP = 5
"""Minutes are planned in steps of five."""
LONGEST = 12 * 60
_LEVELS = (Level.HIGH, Level.MEDIUM, Level.EARLY)


@dataclass(frozen=True, slots=True)
class Efforts:
    """Minutes that one customer of a level takes, and what a person has per working day unless they say otherwise."""

    minutes: Mapping[Level, int] = field(default_factory=lambda: {Level.HIGH: 45, Level.MEDIUM: 30, Level.EARLY: 15})
    per_day: int = 120

    def to_plain(self) -> dict[str, object]:
        """JSON values; `efforts_from_plain` reads them back."""
        return {"minutes": {level.value: minutes for level, minutes in self.minutes.items()}, "per_day": self.per_day}


def efforts_from_plain(data: Mapping[str, object]) -> tuple[Efforts, Faults]:
    """The efforts, defaults for what is absent, and every fault."""
    given, usual = Part(data), Efforts()
    given.only(usual.to_plain())
    part = given.part("minutes")
    part.only([level.value for level in _LEVELS])
    minutes = {level: part.whole(level.value, (STEP, 8 * 60), usual.minutes[level]) for level in _LEVELS}
    return Efforts(minutes, given.whole("per_day", (0, LONGEST), usual.per_day)), given.faults


class Left(StrEnum):
    """Why an open alert is not on today's list."""

    NO_TIME = "no_time"
    """Others are expected to lose more for the same minutes."""
    SNOOZED = "snoozed"
    DONE_TODAY = "done_today"
    """Somebody followed up today."""
    STOCK = "stock"
    """存量 that was not released yet."""


@dataclass(frozen=True, slots=True)
class Job:
    """One open alert. `promised`: a date was agreed for today or earlier, so it comes first. `off`: why it is not asked about today."""

    alert_id: int
    minutes: int
    expected_loss: float
    promised: bool = False
    off: Left | None = None


@dataclass(frozen=True, slots=True)
class DayList:
    """Chosen ids, the most expected loss first, promised ones before; the rest with the reason."""

    chosen: tuple[int, ...]
    left: Mapping[int, Left]
    minutes: int
    expected_loss: float


def day_list(jobs: Sequence[Job], minutes: int) -> DayList:
    """The choice with the largest expected loss within the minutes: exact, not greedy. Ties go to the lower id.

    Promised ones are taken first, the largest first, as long as they fit.
    """
    asked = sorted((job for job in jobs if job.off is None), key=_rank)
    chosen, room = _promised(asked, minutes // STEP)
    chosen += _best([job for job in asked if not job.promised and job.expected_loss > 0], room)
    ids = tuple(job.alert_id for job in chosen)
    return DayList(ids, _left_out(jobs, set(ids)), sum(job.minutes for job in chosen), sum(job.expected_loss for job in chosen))


def _left_out(jobs: Sequence[Job], chosen: Set[int]) -> dict[int, Left]:
    return {job.alert_id: job.off or Left.NO_TIME for job in jobs if job.alert_id not in chosen}


def _promised(asked: Sequence[Job], room: int) -> tuple[list[Job], int]:
    """Those that were promised and fit, and the room that is left."""
    chosen = []
    for job in asked:
        if job.promised and _steps(job) <= room:
            chosen.append(job)
            room -= _steps(job)
    return chosen, room


def _rank(job: Job) -> tuple[bool, float, int]:
    return not job.promised, -job.expected_loss, job.alert_id


def _steps(job: Job) -> int:
    return max(-(-job.minutes // STEP), 1)


def _best(jobs: Sequence[Job], room: int) -> list[Job]:
    """0/1 knapsack by dynamic programming over steps of five minutes (Martello & Toth 1990, ch. 2): rows × room additions."""
    best = [0.0] * (room + 1)
    taken = [[False] * (room + 1) for _ in jobs]
    for row, job in enumerate(jobs):
        steps = _steps(job)
        for space in range(room, steps - 1, -1):
            with_it = best[space - steps] + job.expected_loss
            if with_it > best[space]:
                best[space], taken[row][space] = with_it, True
    chosen, space = [], room
    for row in range(len(jobs) - 1, -1, -1):
        if taken[row][space]:
            chosen.append(jobs[row])
            space -= _steps(jobs[row])
    return sorted(chosen, key=_rank)
