"""Who stands in for whom on a local day. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Away:
    """Membership ids and local days; `ends_on` is the last day away."""

    member: int
    deputy: int
    starts_on: date
    ends_on: date

    def covers(self, day: date) -> bool:
        """Whether the member is away on this day."""
        return self.starts_on <= day <= self.ends_on


def stand_ins(absences: Iterable[Away], day: date, present: Collection[int]) -> dict[int, int]:
    """Deputy by member who is away on `day`. A deputy who is away too hands on to theirs.

    `present`: members who may still come in. Where a chain ends with nobody, or in a circle, the member keeps what is theirs:
    nothing may fall between two chairs.
    """
    away: dict[int, int] = {}
    for absence in absences:
        if absence.covers(day):
            away.setdefault(absence.member, absence.deputy)
    found = {member: _last(member, away) for member in away}
    return {member: deputy for member, deputy in found.items() if deputy is not None and deputy in present}


def _last(member: int, away: dict[int, int]) -> int | None:
    """The end of the chain of deputies, None for a circle."""
    seen, here = {member}, away[member]
    while here in away:
        if here in seen:
            return None
        seen.add(here)
        here = away[here]
    return None if here in seen else here
