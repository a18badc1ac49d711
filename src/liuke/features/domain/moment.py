"""The moment a number is about, and windows of local calendar days that end there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from liuke.base.times import to_us


@dataclass(frozen=True, slots=True)
class Moment:
    """`as_of` (aware) seen from a workspace's time `zone` (IANA name).

    A window of n days is `[the same local wall-clock time n days earlier, as_of)`. At a local midnight these are the n whole
    calendar days before today, also where the clocks change in between.
    """

    as_of: datetime
    zone: str

    @property
    def us(self) -> int:
        """The end of every window (exclusive), UTC microseconds."""
        return to_us(self.as_of)

    def back_us(self, days: int) -> int:
        """The same local wall-clock time `days` calendar days earlier, UTC microseconds."""
        return to_us(self.back(days))

    def back(self, days: int) -> datetime:
        """Like `back_us`, as an aware datetime in the workspace's zone."""
        local = self.as_of.astimezone(ZoneInfo(self.zone))
        wall = local.replace(tzinfo=None) - timedelta(days=days)
        return wall.replace(tzinfo=ZoneInfo(self.zone), fold=local.fold)
