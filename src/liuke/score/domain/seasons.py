"""Season and campaign profiles (SCR-06): on their days the weights are multiplied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from liuke.accounts.domain.calendar import Period
from liuke.score.domain.faults import Fault, items, mapping, name_of, names_differ, number, only, unknown, yes_or_no
from liuke.score.domain.weights import FAMILIES, MOST_WEIGHT
from liuke.signals.domain.catalogue import SIGNALS

MOST_SEASONS = 20
LEAP_YEAR = 2024
_YEARLY = re.compile(r"\d{2}-\d{2}")
_PARTS = ("name", "from", "to", "period", "multipliers", "enabled")


@dataclass(frozen=True, slots=True)
class Season:
    """`first` and `last` are both `MM-DD` (every year, may run over its end) or both `YYYY-MM-DD`, both included.

    With `period` set, the days are those of the workspace's calendar periods of that key or name instead. `multipliers`: family or
    signal code → factor on its points.
    """

    name: str
    multipliers: Mapping[str, float]
    first: str = ""
    last: str = ""
    period: str = ""
    enabled: bool = True

    def to_plain(self) -> dict[str, object]:
        """JSON-ready data."""
        return {
            "name": self.name, "from": self.first, "to": self.last, "period": self.period,
            "multipliers": dict(self.multipliers), "enabled": self.enabled,
        }  # fmt: skip

    def holds(self, day: date, periods: Iterable[Period] = ()) -> bool:
        """Whether `day` (local) belongs to it."""
        if not self.enabled:
            return False
        if self.period:
            return any(self.period in {period.key, period.name} and period.start <= day <= period.end for period in periods)
        if len(self.first) > len("MM-DD"):
            return self.first <= day.isoformat() <= self.last
        today = f"{day:%m-%d}"
        if self.first <= self.last:
            return self.first <= today <= self.last
        return today >= self.first or today <= self.last


def multipliers_on(seasons: Sequence[Season], day: date, periods: Sequence[Period] = ()) -> dict[str, float]:
    """The factor on each family's and signal's points that day; seasons that overlap multiply."""
    factors: dict[str, float] = {}
    for season in seasons:
        if season.holds(day, periods):
            for name, factor in season.multipliers.items():
                factors[name] = factors.get(name, 1.0) * factor
    return factors


def read_seasons(value: object, faults: list[Fault]) -> tuple[Season, ...]:
    """Seasons from plain data."""
    seasons = tuple(_season(given, f"seasons.{place}", faults) for place, given in enumerate(items(value, "seasons", MOST_SEASONS, faults)))
    names_differ([season.name for season in seasons], "seasons", faults)
    return seasons


def _season(given: Mapping[str, object], at: str, faults: list[Fault]) -> Season:
    faults += only(given, at, _PARTS)
    period = given.get("period", "")
    if not isinstance(period, str):
        faults.append({"at": f"{at}.period", "key": "faults.name", "most": 40})
        period = ""
    first, last = ("", "") if period else _days(given, at, faults)
    allowed = (*FAMILIES, *(signal.code for signal in SIGNALS))
    factors = mapping(given.get("multipliers"), f"{at}.multipliers", faults)
    faults += [unknown(f"{at}.multipliers.{name}", allowed) for name in factors if name not in allowed]
    return Season(
        name_of(given.get("name"), f"{at}.name", faults),
        {name: number(factor, f"{at}.multipliers.{name}", 0, MOST_WEIGHT, faults) for name, factor in factors.items()},
        first,
        last,
        period,
        yes_or_no(given.get("enabled", True), f"{at}.enabled", faults),
    )


def _days(given: Mapping[str, object], at: str, faults: list[Fault]) -> tuple[str, str]:
    first, last = (_day(given.get(name), f"{at}.{name}", faults) for name in ("from", "to"))
    if first and last and len(first) != len(last):
        faults.append({"at": at, "key": "faults.same_form"})
    elif len(first) > len("MM-DD") and first > last:
        faults.append({"at": at, "key": "faults.rising", "allowed": "from ≤ to"})
    return first, last


def _day(value: object, at: str, faults: list[Fault]) -> str:
    """The text where it is a day that exists; 29 February is one of every year."""
    text = value if isinstance(value, str) else ""
    try:
        date.fromisoformat(f"{LEAP_YEAR}-{text}" if _YEARLY.fullmatch(text) else text)
    except ValueError:
        faults.append({"at": at, "key": "faults.day"})
        return ""
    return text
