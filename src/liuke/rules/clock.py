"""Days relative to now, as the workspace's calendar has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from liuke.base.times import day_start, from_us, to_us


@dataclass(frozen=True, slots=True)
class Clock:
    """`now_us` (UTC microseconds) seen from a time zone (IANA name)."""

    now_us: int
    zone: str

    def ago_us(self, days: int) -> int:
        """The same local wall-clock time `days` calendar days earlier (later where negative), like `features.domain.moment`."""
        local = from_us(self.now_us).astimezone(ZoneInfo(self.zone))
        wall = local.replace(tzinfo=None) - timedelta(days=days)
        return to_us(wall.replace(tzinfo=ZoneInfo(self.zone), fold=local.fold))

    def day_us(self, iso: str) -> int:
        """The first moment of a calendar day."""
        return to_us(day_start(date.fromisoformat(iso), self.zone))
