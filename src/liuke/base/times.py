"""Time as the product counts it: UTC microseconds in bulk, aware datetimes for single things, local days for windows."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_US = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_now() -> datetime:
    """The real clock. Domain code never calls this: `now` and `as_of` are arguments."""
    return datetime.now(UTC)


def to_us(moment: datetime) -> int:
    """Microseconds since 1970 UTC, exact. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError(f"naive datetime {moment!r}: say which time zone")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_us(us: int) -> datetime:
    """The aware UTC datetime of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=us)


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day in `zone` (an IANA name) at `moment`."""
    return moment.astimezone(ZoneInfo(zone)).date()


def day_start(day: date, zone: str) -> datetime:
    """The first moment of a local calendar day, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
