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
    now = reached(yearly, programme)
    name = now.name if now else ""
    rise = _rank(name, programme) - _rank(before.level, programme)
    if rise > 0:
        return Standing(name, today)
    if rise == 0:
        return before if before.keep_until is None else Standing(before.level, before.since)
    keep_until = before.keep_until or today + timedelta(days=programme.grace_days)
    if today <= keep_until and programme.grace_days:
        return Standing(before.level, before.since, keep_until)
    return Standing(name, today)


def _rank(name: str, programme: Programme) -> int:
    """The place of a level from the lowest (0) on; −1 for none, and for one that the programme has no more."""
    names = [level.name for level in programme.levels]
    return names.index(name) if name in names else -1


def level_named(name: str, programme: Programme) -> MemberLevel | None:
    """The level of that name; None where the programme has none such (any more)."""
    return next((level for level in programme.levels if level.name == name), None)
