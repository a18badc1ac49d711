"""When scheduled work is next due."""

from __future__ import annotations

from datetime import datetime, timedelta


def slot_after(slot: datetime, every: timedelta, now: datetime) -> datetime:
    """The first of `slot + n * every` (n >= 1) that is later than `now`. `every` must be positive."""
    missed = max((now - slot) // every, 0)
    return slot + (missed + 1) * every
