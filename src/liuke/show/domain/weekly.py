"""The weekly risk report (RPT-01) as data: levels against a week ago, who is likely to leave, what was done, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Leaver:
    """One of those most likely to leave. Money in the workspace's currency; `reason`: key and parameters, rendered per reader."""

    customer_id: int
    score: float
    change: float | None
    """Points against a week ago."""
    level: str
    tier: str
    annual_value: float
    expected_loss: float
    owner_id: int | None
    reason: Mapping[str, Any] | None = None
    last_contact: str | None = None
    """ISO day of the last contact from either side."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of the alerts that somebody was told of in the week. Hours are of the clock, told to first answer."""

    told: int = 0
    answered: int = 0
    median_hours: float | None = None
    in_time: int = 0
    """Answered before their deadline, of those that had one."""
    with_deadline: int = 0
    escalated: int = 0
    verdicts: Mapping[str, int] = field(default_factory=dict)
    """valid, false_alarm, known, too_late → how many."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """The report of the seven local days before `week`, a Monday."""

    week: date
    customers: int
    levels: Mapping[str, int]
    levels_before: Mapping[str, int]
    """A week ago; empty where that was not kept."""
    high_value: float
    high_value_before: float | None
    raised: int
    closed: Mapping[str, int]
    """By reason."""
    outcomes: Mapping[str, int]
    lost_value: float
    handled: Handled
    leavers: tuple[Leaver, ...] = ()

    def to_plain(self) -> dict[str, object]:
        """JSON values; `weekly_from_plain` reads them back."""
        return {**asdict(self), "week": self.week.isoformat()}


def weekly_from_plain(data: Mapping[str, Any]) -> Weekly:
    """A stored report."""
    handled, leavers = Handled(**data["handled"]), tuple(Leaver(**row) for row in data["leavers"])
    return Weekly(**{**data, "week": date.fromisoformat(data["week"]), "handled": handled, "leavers": leavers})


def precision(verdicts: Mapping[str, int]) -> tuple[int, int]:
    """(valid, judged) of a verdict mix: 已知 is no false alarm and is left out."""
    valid, wrong, late = (verdicts.get(name, 0) for name in ("valid", "false_alarm", "too_late"))
    return valid + late, valid + late + wrong
