"""All that a workspace may set about who is told: the table, the working hours, the ladder, the supervisors' digest."""

from __future__ import annotations

from dataclasses import dataclass, field

from liuke.alert.domain.ladder import Ladder
from liuke.alert.domain.routing import Route, RoutingTable
from liuke.alert.domain.workhours import WorkHours
from liuke.score.domain.levels import Level


@dataclass(frozen=True, slots=True)
class RoutingPlan:
    """Build it with `routing_read.plan_from`, which checks; the constructor only stores."""

    table: RoutingTable = field(default_factory=RoutingTable)
    hours: WorkHours = field(default_factory=WorkHours)
    ladder: Ladder = field(default_factory=Ladder)
    team_digest: bool = True
    """Supervisors hear once a working day of their team's new 高危, overdue and escalated alerts."""

    def to_plain(self) -> dict[str, object]:
        """JSON values that `routing_read.plan_from` reads back."""
        ladder = self.ladder
        return {
            "routes": [_route(route) for route in self.table.routes],
            "hours": self.hours.to_plain(),
            "ladder": {
                "enabled": ladder.enabled,
                "levels": _levels(ladder.levels),
                "steps": [{"hours": step.hours, "tell": [one.to_plain() for one in step.tell]} for step in ladder.steps],
            },
            "team_digest": self.team_digest,
        }


def _route(route: Route) -> dict[str, object]:
    when = route.when
    return {
        "name": route.name,
        "tiers": sorted(when.tiers),
        "levels": _levels(when.levels),
        "families": sorted(when.families),
        "signals": sorted(when.signals),
        "teams": sorted(when.teams),
        "tell": [one.to_plain() for one in route.tell],
        "channels": list(route.channels),
        "sla_hours": route.sla_hours,
        "pace": route.pace.value,
        "hours": route.hours.value,
    }


def _levels(levels: frozenset[Level]) -> list[str]:
    return [level.value for level in sorted(levels, key=lambda level: -level.rank)]
