"""A routing plan read from plain data, with every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import TypeVar

from liuke.alert.domain.ladder import MOST_STEPS, STEP_HOURS, Ladder, Step
from liuke.alert.domain.policy import SLA_LIMITS
from liuke.alert.domain.recipients import Recipient, Who, recipient_from
from liuke.alert.domain.routing import ALL_CHANNELS, Conditions, Hours, Pace, Route, RoutingTable
from liuke.alert.domain.routing_plan import RoutingPlan
from liuke.alert.domain.workhours import WorkHours
from liuke.base.faults import Faults
from liuke.score.domain.levels import Level
from liuke.segments.domain.tiers import Tier
from liuke.signals.domain.reason import Family

MOST_ROUTES = 40
NAME_LENGTH = 60
LEVELS = (Level.EARLY, Level.MEDIUM, Level.HIGH)
_ROUTE = ("name", "tiers", "levels", "families", "signals", "teams", "tell", "channels", "sla_hours", "pace", "hours")
_PLAN = ("routes", "hours", "ladder", "team_digest")
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Known:
    """What a workspace has, so that a row cannot name what is not there. None = not checked (reading back what was published)."""

    teams: Collection[int] | None = None
    members: Collection[int] | None = None
    signals: Collection[str] | None = None
    channels: Collection[str] | None = None
    """`kind:email`, `id:3`."""


@dataclass(slots=True)
class _Reading:
    """The faults found so far."""

    known: Known
    faults: Faults = field(default_factory=Faults)

    def names(self, given: Mapping[str, object], at: str, allowed: Sequence[str]) -> None:
        prefix = f"{at}." if at else ""
        for name in sorted(set(given) - set(allowed)):
            self.faults.add(f"{prefix}{name}", given[name], ", ".join(allowed))

    def mapping(self, value: object, at: str) -> Mapping[str, object]:
        if isinstance(value, Mapping):
            return {str(name): part for name, part in value.items()}
        self.faults.add(at, value, "{…}")
        return {}

    def sequence(self, value: object, at: str) -> Sequence[object]:
        if isinstance(value, list | tuple):
            return value
        self.faults.add(at, value, "[…]")
        return ()

    def flag(self, value: object, at: str) -> bool:
        if not isinstance(value, bool):
            self.faults.add(at, value, "true | false")
        return value is True

    def whole(self, value: object, at: str, limits: tuple[int, int]) -> int:
        low, high = limits
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.faults.add(at, value, f"{low}–{high}")
            return low
        return value

    def each(self, value: object, at: str, read: Callable[[object], _Item | None], allowed: str) -> tuple[_Item, ...]:
        """Every item as `read` makes it; one that it makes nothing of is a fault."""
        found: dict[_Item, None] = {}
        for place, given in enumerate(self.sequence(value, at)):
            item = read(given)
            if item is None:
                self.faults.add(f"{at}.{place}", given, allowed)
            else:
                found[item] = None
        return tuple(found)


def plan_from(data: Mapping[str, object], known: Known | None = None) -> RoutingPlan:
    """A checked plan; an absent part is the default one, `{}` is the default plan.

    Raises Invalid("routing_plan", faults=…) with every fault at once.
    """
    reading = _Reading(known or Known())
    reading.names(data, "", _PLAN)
    default = RoutingPlan()
    plan = RoutingPlan(
        _table(reading, data["routes"]) if "routes" in data else default.table,
        _hours(reading, data["hours"]) if "hours" in data else default.hours,
        _ladder(reading, data["ladder"]) if "ladder" in data else default.ladder,
        reading.flag(data.get("team_digest", default.team_digest), "team_digest"),
    )
    reading.faults.raise_if_any("routing_plan")
    return plan


def _table(reading: _Reading, value: object) -> RoutingTable:
    given = reading.sequence(value, "routes")
    if not 1 <= len(given) <= MOST_ROUTES:
        reading.faults.add("routes", len(given), f"1–{MOST_ROUTES}")
        return RoutingTable()
    routes = [_route(reading, reading.mapping(row, f"routes.{place}"), f"routes.{place}") for place, row in enumerate(given)]
    for place, route in enumerate(routes[:-1]):
        if not route.when.any:
            reading.faults.add(f"routes.{place}", "", "default_last")
    if routes[-1].when.any:
        reading.faults.add(f"routes.{len(routes) - 1}", "", "default_open")
    return RoutingTable(tuple(routes))


def _route(reading: _Reading, row: Mapping[str, object], at: str) -> Route:
    reading.names(row, at, _ROUTE)
    tell = _recipients(reading, row.get("tell", ["owner"]), f"{at}.tell")
    sla = row.get("sla_hours")
    name = row.get("name", "")
    if not isinstance(name, str) or len(name) > NAME_LENGTH:
        reading.faults.add(f"{at}.name", name, f"≤ {NAME_LENGTH}")
    return Route(
        str(name).strip(),
        _conditions(reading, row, at),
        tell,
        _channels(reading, row.get("channels", [ALL_CHANNELS]), f"{at}.channels"),
        None if sla is None else reading.whole(sla, f"{at}.sla_hours", SLA_LIMITS),
        _word(reading, row.get("pace", Pace.NOW.value), f"{at}.pace", tuple(Pace)),
        _word(reading, row.get("hours", Hours.WORKING.value), f"{at}.hours", tuple(Hours)),
    )


def _conditions(reading: _Reading, row: Mapping[str, object], at: str) -> Conditions:
    known = reading.known
    tiers, families = [tier.value for tier in Tier], [family.value for family in Family]

    def level(value: object) -> Level | None:
        return next((level for level in LEVELS if level.value == value), None)

    def team(value: object) -> int | None:
        return value if isinstance(value, int) and (known.teams is None or value in known.teams) else None

    return Conditions(
        frozenset(reading.each(row.get("tiers", []), f"{at}.tiers", _one_of(tiers), ", ".join(tiers))),
        frozenset(reading.each(row.get("levels", []), f"{at}.levels", level, ", ".join(LEVELS))),
        frozenset(reading.each(row.get("families", []), f"{at}.families", _one_of(families), ", ".join(families))),
        frozenset(reading.each(row.get("signals", []), f"{at}.signals", _one_of(known.signals), "SIG-…")),
        frozenset(reading.each(row.get("teams", []), f"{at}.teams", team, "id")),
    )


def _recipients(reading: _Reading, value: object, at: str) -> tuple[Recipient, ...]:
    known = reading.known

    def read(text: object) -> Recipient | None:
        found = recipient_from(text)
        if found is None:
            return None
        ids = {Who.TEAM: known.teams, Who.PERSON: known.members}.get(found.who)
        return found if ids is None or found.id in ids else None

    found = reading.each(value, at, read, "owner, supervisors, team:…, person:…, role:…")
    if not found and not value:
        reading.faults.add(at, value, "≥ 1")
    return found


def _channels(reading: _Reading, value: object, at: str) -> tuple[str, ...]:
    known = reading.known.channels
    return reading.each(value, at, _one_of(None if known is None else [ALL_CHANNELS, *known]), "all, kind:…, id:…")


def _one_of(allowed: Collection[str] | None) -> Callable[[object], str | None]:
    return lambda value: value if isinstance(value, str) and (allowed is None or value in allowed) else None


_Word = TypeVar("_Word", Pace, Hours)


def _word(reading: _Reading, value: object, at: str, words: Sequence[_Word]) -> _Word:
    found = next((word for word in words if word.value == value), None)
    if found is None:
        reading.faults.add(at, value, " | ".join(words))
        return words[0]
    return found


def _hours(reading: _Reading, value: object) -> WorkHours:
    given = reading.mapping(value, "hours")
    reading.names(given, "hours", ("starts", "ends"))
    default = WorkHours()
    starts = _clock(reading, given.get("starts"), "hours.starts", default.starts)
    ends = _clock(reading, given.get("ends"), "hours.ends", default.ends)
    if ends <= starts:
        reading.faults.add("hours.ends", given.get("ends"), f"> {starts:%H:%M}")
    return WorkHours(starts, ends)


def _clock(reading: _Reading, value: object, at: str, default: time) -> time:
    if value is None:
        return default
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        reading.faults.add(at, value, "00:00–23:59")
        return default


def _ladder(reading: _Reading, value: object) -> Ladder:
    given, default = reading.mapping(value, "ladder"), Ladder()
    reading.names(given, "ladder", ("enabled", "levels", "steps"))
    steps = reading.sequence(given.get("steps", []), "ladder.steps")
    if len(steps) > MOST_STEPS:
        reading.faults.add("ladder.steps", len(steps), f"0–{MOST_STEPS}")
    by_name = {level.value: level for level in LEVELS}
    return Ladder(
        reading.flag(given.get("enabled", default.enabled), "ladder.enabled"),
        frozenset(reading.each(given.get("levels", [*default.levels]), "ladder.levels", lambda v: by_name.get(str(v)), ", ".join(LEVELS))),
        tuple(_step(reading, step, f"ladder.steps.{place}") for place, step in enumerate(steps)) if "steps" in given else default.steps,
    )


def _step(reading: _Reading, value: object, at: str) -> Step:
    given = reading.mapping(value, at)
    reading.names(given, at, ("hours", "tell"))
    return Step(reading.whole(given.get("hours"), f"{at}.hours", STEP_HOURS), _recipients(reading, given.get("tell", []), f"{at}.tell"))
