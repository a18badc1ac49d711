"""Member levels with a period of grace (LOY-03 保级): whoever misses the amount keeps the level for a while, and is told until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from liuke.act.loyalty.domain.programme import MemberLevel, Programme


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer's level by name (blank = none) since a day; `keep_until`: missed, kept through that day."""

    level: str = ""
    since: date | None = None
    keep_until: date | None = None


def reached(yearly: float, programme: Programme) -> MemberLevel | None:
    """The highest level that the yearly amount reaches."""
    return next((level for level in reversed(programme.levels) if yearly >= level.least), None)


def placed(yearly: float, before: Standing, programme: Programme, today: date) -> Standing:
    """The standing at `today`. A rise counts at once; a fall after the grace. Placing twice on a day changes nothing."""
    names = [level.name for level in programme.levels]
    rank = names.index(before.level) if before.level in names else -1
    now = reached(yearly, programme)
    rank_now = names.index(now.name) if now else -1
    if rank_now > rank:
        return Standing(names[rank_now], today)
    if rank_now == rank:
        return before if before.keep_until is None else Standing(before.level, before.since)
    keep_until = before.keep_until or today + timedelta(days=programme.grace_days)
    if today <= keep_until and programme.grace_days:
        return Standing(before.level, before.since, keep_until)
    return Standing(now.name if now else "", today)


def level_named(name: str, programme: Programme) -> MemberLevel | None:
    """The level of that name; None where the programme has none such (any more)."""
    return next((level for level in programme.levels if level.name == name), None)
