"""Hours in which messages may leave, by weekday, and the next moment that is within. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SPAN = re.compile(r"^([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$")
CLOSED = "closed"
_DAY = 1440


@dataclass(frozen=True, slots=True)
class Hours:
    """Local minutes `[start, end)` of one day; equal = closed all day."""

    start: int
    end: int

    @property
    def is_closed(self) -> bool:
        """Whether nothing leaves on such a day."""
        return self.start >= self.end


def hours_read(text: object) -> Hours | None:
    """`09:00-20:00`, `closed`; None for anything else."""
    if text == CLOSED:
        return Hours(0, 0)
    match = _SPAN.match(text) if isinstance(text, str) else None
    if match is None:
        return None
    hour, minute, until_hour, until_minute = (int(part) for part in match.groups())
    hours = Hours(hour * 60 + minute, until_hour * 60 + until_minute)
    return None if hours.is_closed or hours.end > _DAY else hours


def hours_write(hours: Hours) -> str:
    """The way back."""
    if hours.is_closed:
        return CLOSED
    return f"{hours.start // 60:02d}:{hours.start % 60:02d}-{hours.end // 60:02d}:{hours.end % 60:02d}"


def is_open(moment: datetime, week: Sequence[Hours], zone: str) -> bool:
    """Whether `moment` lies within its local day's hours."""
    local = moment.astimezone(ZoneInfo(zone))
    hours = week[local.weekday()]
    return hours.start <= local.hour * 60 + local.minute < hours.end


def next_open(moment: datetime, week: Sequence[Hours], zone: str, *, within: int, closed: Callable[[date], bool]) -> datetime | None:
    """The first moment at or after `moment` that is open, on a day that is not `closed`; None after `within` further days."""
    local = moment.astimezone(ZoneInfo(zone))
    for days in range(within + 1):
        day = local.date() + timedelta(days=days)
        hours = week[day.weekday()]
        if hours.is_closed or closed(day):
            continue
        opens, closes = _at(day, hours.start, zone), _at(day, hours.end, zone)
        candidate = max(moment.astimezone(UTC), opens)
        if candidate < closes and is_open(candidate, week, zone):
            return candidate
    return None


def _at(day: date, minute: int, zone: str) -> datetime:
    """A local minute of a day in UTC; minute 1440 is the next midnight."""
    midnight = datetime.combine(day + timedelta(days=minute // _DAY), time(minute % _DAY // 60, minute % 60), ZoneInfo(zone))
    return midnight.astimezone(UTC)
