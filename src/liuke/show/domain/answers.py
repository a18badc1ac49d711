"""How people answered the alerts that they were told of: one alert's course, one owner's answers, and several people's as figures. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from liuke.show.domain.weekly import Handled


@dataclass(frozen=True, slots=True)
class Course:
    """One alert since its owner was told: the first answer and the end of the time to answer, None where there is none."""

    told: datetime
    answered: datetime | None = None
    due: datetime | None = None

    @property
    def in_time(self) -> bool:
        """Answered by the deadline."""
        return self.answered is not None and self.due is not None and self.answered <= self.due

    def is_judged(self, until: datetime) -> bool:
        """Whether its deadline counts by then: it was answered, or the deadline is over."""
        return self.due is not None and (self.answered is not None or self.due < until)


@dataclass(frozen=True, slots=True)
class Answers:
    """One owner's alerts of a time. `hours`: told to first answer, of those that were answered."""

    told: int = 0
    hours: tuple[float, ...] = ()
    in_time: int = 0
    with_deadline: int = 0
    escalated: int = 0
    verdicts: Mapping[str, int] = field(default_factory=dict)


def answers_of(courses: Sequence[Course], until: datetime, *, escalated: int, verdicts: Mapping[str, int]) -> Answers:
    """One owner's alerts, as far as they had gone by `until`."""
    judged = [one for one in courses if one.is_judged(until)]
    return Answers(
        told=len(courses),
        hours=tuple((one.answered - one.told).total_seconds() / 3600 for one in courses if one.answered is not None),
        in_time=sum(one.in_time for one in judged),
        with_deadline=len(judged),
        escalated=escalated,
        verdicts=verdicts,
    )


def handled(parts: Iterable[Answers]) -> Handled:
    """One or several people's answers as figures."""
    listed = list(parts)
    hours = [one for part in listed for one in part.hours]
    verdicts: Counter[str] = Counter()
    for part in listed:
        verdicts.update(part.verdicts)
    return Handled(
        told=sum(part.told for part in listed), answered=len(hours), median_hours=round(median(hours), 1) if hours else None,
        in_time=sum(part.in_time for part in listed), with_deadline=sum(part.with_deadline for part in listed),
        escalated=sum(part.escalated for part in listed), verdicts=dict(verdicts),
    )  # fmt: skip
