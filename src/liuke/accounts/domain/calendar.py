"""A workspace's calendar (SCR-07): days off, working-day swaps (调休), shutdowns and campaigns, as periods of local days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

_SATURDAY = 5


class PeriodKind(StrEnum):
    """What a period is."""

    HOLIDAY = "holiday"
    """Public holiday: nobody is at work."""
    WORKDAY = "workday"
    """A weekend day that is worked (调休)."""
    FESTIVAL = "festival"
    """The weeks around a festival: people are at work, business is not as usual."""
    SHUTDOWN = "shutdown"
    """Customers' factories stand still."""
    CAMPAIGN = "campaign"
    """A sales campaign such as 618 or 双11: orders are brought forward."""
    OWN = "own"
    """A period of the workspace's own."""


@dataclass(frozen=True, slots=True)
class Period:
    """Local days `start` to `end`, both within. `tolerant`: silence and falls of these days are nobody's fault.

    `lunar`: it wanders with the moon, so a comparison with a year ago moves along. `key` names a period that the product knows
    by itself; periods of people's own have none.
    """

    kind: PeriodKind
    name: str
    start: date
    end: date
    tolerant: bool = False
    lunar: bool = False
    key: str = ""

    def days(self) -> Iterable[date]:
        """Every day of it."""
        return (self.start + timedelta(days=at) for at in range((self.end - self.start).days + 1))


@dataclass(frozen=True)
class Calendar:
    """All periods of a workspace; the empty one knows weekends only."""

    periods: tuple[Period, ...] = ()
    _off: frozenset[date] = field(init=False, repr=False, compare=False)
    _worked: frozenset[date] = field(init=False, repr=False, compare=False)
    _tolerant: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_off", _days(p for p in self.periods if p.kind is PeriodKind.HOLIDAY))
        object.__setattr__(self, "_worked", _days(p for p in self.periods if p.kind is PeriodKind.WORKDAY))
        object.__setattr__(self, "_tolerant", _days(p for p in self.periods if p.tolerant))

    def is_working_day(self, day: date) -> bool:
        """Whether people are at work: a swapped weekend day is, a public holiday is not, else Monday to Friday."""
        if day in self._worked:
            return True
        return day.weekday() < _SATURDAY and day not in self._off

    def is_tolerant(self, day: date) -> bool:
        """Whether silence on this day says nothing about a customer."""
        return day in self._tolerant

    def lunar_start(self, day: date) -> Period | None:
        """The newest moon-bound period that began on or before `day`."""
        begun = [period for period in self.periods if period.lunar and period.start <= day]
        return max(begun, key=lambda period: period.start, default=None)

    def lunar_before(self, period: Period) -> Period | None:
        """The same festival a year earlier."""
        same = [p for p in self.periods if p.lunar and p.name == period.name and p.start < period.start]
        return max(same, key=lambda earlier: earlier.start, default=None)


def _days(periods: Iterable[Period]) -> frozenset[date]:
    return frozenset(day for period in periods for day in period.days())


WEEKDAYS = Calendar()
"""Monday to Friday, without a holiday."""
