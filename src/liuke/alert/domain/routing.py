"""The routing table (ALT-02, 05, 07, 11): value tier × level × cause × team → who, by which channels, how fast. Pure.

The first row that matches holds; the last row asks for nothing and so matches every alert.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from liuke.alert.domain.recipients import OWNER, SUPERVISORS, Recipient
from liuke.score.domain.levels import Level

ALL_CHANNELS = "all"


class Pace(StrEnum):
    """At once (within the attention budget), or only in the day's digest."""

    NOW = "now"
    DIGEST = "digest"


class Hours(StrEnum):
    """When a message may leave: in working hours, or whenever it is written."""

    WORKING = "working"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Situation:
    """An alert as the table sees it. `family` and `signals` are of the reasons that speak for it, `family` of the main one."""

    alert_id: int
    level: Level
    tier: str = ""
    family: str = ""
    signals: frozenset[str] = frozenset()
    owner_id: int | None = None
    team_id: int | None = None
    """The owner's team, else the customer's owner's."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a row asks for; an empty set asks for nothing."""

    tiers: frozenset[str] = frozenset()
    levels: frozenset[Level] = frozenset()
    families: frozenset[str] = frozenset()
    signals: frozenset[str] = frozenset()
    teams: frozenset[int] = frozenset()

    @property
    def any(self) -> bool:
        """Whether it asks for anything."""
        return bool(self.tiers or self.levels or self.families or self.signals or self.teams)

    def hold(self, alert: Situation) -> bool:
        """Whether an alert meets all of them."""
        wanted: tuple[tuple[Collection[object], object], ...] = (
            (self.tiers, alert.tier), (self.levels, alert.level), (self.families, alert.family), (self.teams, alert.team_id)
        )  # fmt: skip
        return all(not allowed or value in allowed for allowed, value in wanted) and (
            not self.signals or not self.signals.isdisjoint(alert.signals)
        )


@dataclass(frozen=True, slots=True)
class Route:
    """One row. `channels`: `all`, `kind:email` or `id:3`; none = only inside the product, where everybody told reads it anyway.

    `sla_hours`: until the follow-up is due; None = what the alert policy says for the level, 0 = no deadline.
    """

    name: str = ""
    when: Conditions = field(default_factory=Conditions)
    tell: tuple[Recipient, ...] = (OWNER,)
    channels: tuple[str, ...] = (ALL_CHANNELS,)
    sla_hours: int | None = None
    pace: Pace = Pace.NOW
    hours: Hours = Hours.WORKING

    def uses(self, kind: str, channel_id: int) -> bool:
        """Whether a configured channel is one of its ways."""
        return not {ALL_CHANNELS, f"kind:{kind}", f"id:{channel_id}"}.isdisjoint(self.channels)


DEFAULT_ROUTES = (
    Route(when=Conditions(levels=frozenset({Level.HIGH})), tell=(OWNER, SUPERVISORS)),
    Route(),
)
"""Until a workspace publishes a table of its own: owners hear of theirs, supervisors of 高危 (ALT-02)."""


@dataclass(frozen=True, slots=True)
class RoutingTable:
    """Rows in order. Build it with `routing_read.table_from`, which checks; the constructor only stores."""

    routes: Sequence[Route] = DEFAULT_ROUTES

    def row_of(self, alert: Situation) -> int:
        """The place of the first row that matches, from 0."""
        return next(place for place, route in enumerate(self.routes) if route.when.hold(alert))

    def route_of(self, alert: Situation) -> Route:
        """The row that holds for an alert."""
        return self.routes[self.row_of(alert)]

    @property
    def default(self) -> Route:
        """The last row."""
        return self.routes[-1]
