"""Working hours of a workspace: when a message that can wait leaves, and when a wait in hours of working days is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from liuke.accounts.domain.calendar import WEEKDAYS, Calendar
from liuke.alert.domain.workdays import is_working_day
from liuke.base.times import day_start, local_day


@dataclass(frozen=True, slots=True)
class WorkHours:
    """`[starts, ends)` of every working day, local time."""

    starts: time = time(9)
    ends: time = time(18)

    def to_plain(self) -> dict[str, object]:
        """`{"starts": "09:00", "ends": "18:00"}`."""
        return {"starts": self.starts.strftime("%H:%M"), "ends": self.ends.strftime("%H:%M")}

    def next_moment(self, moment: datetime, zone: str, calendar: Calendar = WEEKDAYS) -> datetime:
        """`moment` itself within working hours, else the start of the next ones."""
        day = local_day(moment, zone)
        if is_working_day(day, calendar):
            opens, closes = self._span(day, zone)
            if moment < closes:
                return max(moment, opens)
        day += timedelta(days=1)
        while not is_working_day(day, calendar):
            day += timedelta(days=1)
        return self._span(day, zone)[0]

    def _span(self, day: date, zone: str) -> tuple[datetime, datetime]:
        local = ZoneInfo(zone)
        return datetime.combine(day, self.starts, local), datetime.combine(day, self.ends, local)


def due_after(start: datetime, hours: float, zone: str, calendar: Calendar = WEEKDAYS) -> datetime:
    """The moment `hours` later, where hours of days off do not count: 24 h from Friday noon is Monday noon."""
    moment, left = start, timedelta(hours=hours)
    while True:
        day = local_day(moment, zone)
        end = day_start(day + timedelta(days=1), zone)
        if not is_working_day(day, calendar):
            moment = end
            continue
        if left < end - moment:
            return moment + left
        left -= end - moment
        moment = end
