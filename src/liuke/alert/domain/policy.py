"""The manners of alerting (ALT-12): how many, how long, how soon again. Editable per workspace, validated at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from liuke.base.plain import Part, span_told
from liuke.score.domain.levels import Level

LIMITS: dict[str, tuple[float, float]] = {
    "pushes_per_owner_and_day": (0, 50),
    "stock_releases_per_owner_and_day": (0, 50),
    "close_margin_points": (1, 50),
    "close_after_days": (1, 60),
    "repeat_after_days": (0, 365),
    "worsen_points": (1, 100),
}
"""Lowest and highest allowed value of each number."""
SLA_LIMITS = (0, 2160)
_WHOLE = frozenset(LIMITS) - {"close_margin_points", "worsen_points"}
_ALERTED = (Level.EARLY, Level.MEDIUM, Level.HIGH)


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """Build it with `from_plain`, which checks; the constructor only stores."""

    pushes_per_owner_and_day: int = 2
    """Per working day; the rest waits in the digest."""
    stock_releases_per_owner_and_day: int = 3
    """How many never-told alerts enter an owner's tasks per working day, quietly."""
    push_from: Level = Level.MEDIUM
    """The lowest level that is ever pushed; below it only the digest."""
    close_margin_points: float = 5.0
    """Points under the band at which an alert starts to calm."""
    close_after_days: int = 3
    """Calm local days until it closes or steps down a level."""
    repeat_after_days: int = 7
    """重复预警间隔: days after a close in which only a higher level raises again."""
    worsen_points: float = 10.0
    """A silence by 已知 breaks when the reason or the score worsens by this much."""
    sla_hours: Mapping[Level, int] = field(default_factory=lambda: {Level.HIGH: 24, Level.MEDIUM: 72, Level.EARLY: 0})
    """Hours from being told until the follow-up is due; 0 = no deadline."""
    baseline_notice: bool = True
    """Owners find in their digest who began to lie off the own baseline (SCR-08); how far off is set with the score."""

    def due_hours(self, level: Level) -> int | None:
        """Hours for a level, None where there is no deadline."""
        return self.sla_hours.get(level) or None

    def to_plain(self) -> dict[str, object]:
        """JSON values; `from_plain` reads them back."""
        plain: dict[str, object] = {name: getattr(self, name) for name in LIMITS}
        return {**plain, "push_from": self.push_from.value, "sla_hours": self._hours(), "baseline_notice": self.baseline_notice}

    def _hours(self) -> dict[str, int]:
        return {level.value: hours for level, hours in self.sla_hours.items()}


DEFAULT_POLICY = AlertPolicy()


def from_plain(data: Mapping[str, object]) -> AlertPolicy:
    """A checked policy; absent entries keep their default, `{}` is the default policy.

    Raises Invalid("alert_policy", faults=…) with every fault at once.
    """
    given, names = Part(data), {entry.name for entry in fields(AlertPolicy)}
    given.only(names)
    values: dict[str, Any] = {}
    for name in sorted(set(data) & names):
        values[name] = _checked(name, data[name])
        if values[name] is None:
            given.fault(name, data[name], _allowed(name))
    given.faults.raise_if_any("alert_policy")
    return AlertPolicy(**values)


def _allowed(name: str) -> str:
    levels = " | ".join(level.value for level in _ALERTED)
    if name == "push_from":
        return levels
    if name == "sla_hours":
        return f"{{{levels}: {SLA_LIMITS[0]}–{SLA_LIMITS[1]}}}"
    if name == "baseline_notice":
        return "true | false"
    low, high = LIMITS[name]
    return span_told(low, high)


def _checked(name: str, value: object) -> object:
    """The value as the policy stores it, None where it is not allowed."""
    if name == "push_from":
        return _level(value)
    if name == "sla_hours":
        return _hours(value)
    if name == "baseline_notice":
        return value if isinstance(value, bool) else None
    number = _number(value, LIMITS[name], whole=name in _WHOLE)
    return int(number) if number is not None and name in _WHOLE else number


def _level(value: object) -> Level | None:
    return next((level for level in _ALERTED if level.value == value), None)


def _hours(value: object) -> dict[Level, int] | None:
    if not isinstance(value, Mapping):
        return None
    given = {_level(name): _number(hours, SLA_LIMITS, whole=True) for name, hours in value.items() if name != Level.NORMAL}
    if None in given or None in given.values():
        return None
    return {**DEFAULT_POLICY.sla_hours, **{level: int(hours) for level, hours in given.items() if level and hours is not None}}


def _number(value: object, limits: tuple[float, float], *, whole: bool) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    low, high = limits
    return float(value) if low <= value <= high and not (whole and value != int(value)) else None
