"""Whom a route or a step of the ladder names, and which people that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from liuke.accounts.domain.roles import Role

TOLD_ROLES = (Role.ADMIN, Role.OPERATIONS, Role.SUPERVISOR, Role.MANAGER, Role.ANALYST)
"""Roles that see customers; IT does not."""


class Who(StrEnum):
    """The ways to name somebody; the last three carry an id or a role."""

    OWNER = "owner"
    SUPERVISORS = "supervisors"
    """The supervisors of the owner's team."""
    TEAM = "team"
    """The supervisors of a team."""
    PERSON = "person"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Recipient:
    """`owner`, `supervisors`, `team:3`, `person:7` or `role:admin`. `of` is the part behind the colon."""

    who: Who
    of: str = ""

    def to_plain(self) -> str:
        """The text that `recipient_from` reads."""
        return f"{self.who.value}:{self.of}" if self.of else self.who.value

    @property
    def id(self) -> int:
        """The team's or the membership's id."""
        return int(self.of)


OWNER, SUPERVISORS = Recipient(Who.OWNER), Recipient(Who.SUPERVISORS)


def recipient_from(text: object) -> Recipient | None:
    """The recipient of a text, None where it names nobody."""
    head, _, tail = str(text).partition(":")
    who = next((who for who in Who if who.value == head), None)
    if who in (Who.OWNER, Who.SUPERVISORS):
        return None if tail else Recipient(who)
    if who in (Who.TEAM, Who.PERSON):
        return Recipient(who, tail) if tail.isdecimal() else None
    if who is Who.ROLE and tail in TOLD_ROLES:
        return Recipient(who, tail)
    return None


@dataclass(frozen=True, slots=True)
class Member:
    """A person who may come in."""

    id: int
    role: str
    team_id: int | None


@dataclass(frozen=True)
class Staff:
    """Everybody who may come in, and who stands in for whom today."""

    members: Sequence[Member]
    deputies: Mapping[int, int] = field(default_factory=dict)
    _ids: frozenset[int] = field(init=False, repr=False, compare=False)
    _by_role: Mapping[str, tuple[Member, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_role: defaultdict[str, list[Member]] = defaultdict(list)
        for member in self.members:
            by_role[member.role].append(member)
        object.__setattr__(self, "_ids", frozenset(member.id for member in self.members))
        object.__setattr__(self, "_by_role", {role: tuple(found) for role, found in by_role.items()})

    def reader(self, member_id: int | None) -> int | None:
        """Who hears what is meant for a member: the deputy while away. None for nobody and for people who left."""
        if member_id is None or member_id not in self._ids:
            return None
        return self.deputies.get(member_id, member_id)

    def readers(self, recipients: Iterable[Recipient], owner_id: int | None, team_id: int | None) -> tuple[int, ...]:
        """The people whom the recipients name, deputies in place of whoever is away, each once, in the order named."""
        named = (member for recipient in recipients for member in self._named(recipient, owner_id, team_id))
        present = (self.reader(member) for member in named)
        return tuple(dict.fromkeys(member for member in present if member is not None))

    def _named(self, recipient: Recipient, owner_id: int | None, team_id: int | None) -> Iterable[int | None]:
        match recipient.who:
            case Who.OWNER:
                return (owner_id,)
            case Who.PERSON:
                return (recipient.id,)
            case Who.ROLE:
                return [member.id for member in self._by_role.get(recipient.of, ())]
            case _:
                team = team_id if recipient.who is Who.SUPERVISORS else recipient.id
                supervisors = self._by_role.get(Role.SUPERVISOR.value, ())
                return [member.id for member in supervisors if team is not None and member.team_id == team]
