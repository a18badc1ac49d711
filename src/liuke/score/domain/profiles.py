"""Profiles (SCR-02/03, SCR-04): other bands, base and weights for a group of customers; the first that matches wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from liuke.score.domain.bands import read_bands
from liuke.score.domain.faults import Fault, items, mapping, name_of, names_differ, number, only
from liuke.score.domain.levels import Bands
from liuke.score.domain.weights import FAMILIES, MOST_WEIGHT, SignalSetting, read_setting, unknown_signals
from liuke.signals.domain.catalogue import BY_CODE

MOST_PROFILES = 20
_PARTS = ("name", "when", "base", "bands", "dimensions", "signals")


@dataclass(frozen=True, slots=True)
class Profile:
    """What differs for the customers that `when` (a rule document over attributes, metrics, tags and tier) matches.

    `signals` holds complete settings of the signals that differ; what is None or absent stays as for everybody.
    """

    name: str
    when: Mapping[str, object]
    base: float | None = None
    bands: Bands | None = None
    dimensions: Mapping[str, float] = field(default_factory=dict)
    signals: Mapping[str, SignalSetting] = field(default_factory=dict)

    def to_plain(self) -> dict[str, object]:
        """JSON-ready data."""
        return {
            "name": self.name,
            "when": dict(self.when),
            "base": self.base,
            "bands": None if self.bands is None else asdict(self.bands),
            "dimensions": dict(self.dimensions),
            "signals": {code: {**asdict(setting), "params": dict(setting.params)} for code, setting in self.signals.items()},
        }


def read_profiles(value: object, settings: Mapping[str, SignalSetting], bands: Bands, faults: list[Fault]) -> tuple[Profile, ...]:
    """Profiles from plain data; what a signal's override leaves out comes from `settings`. The rules themselves are checked
    against a workspace's columns, which the data do not tell (`service.profiles`)."""
    profiles = tuple(
        _profile(given, f"profiles.{place}", settings, bands, faults)
        for place, given in enumerate(items(value, "profiles", MOST_PROFILES, faults))
    )
    names_differ([profile.name for profile in profiles], "profiles", faults)
    return profiles


def _profile(given: Mapping[str, object], at: str, settings: Mapping[str, SignalSetting], bands: Bands, faults: list[Fault]) -> Profile:
    faults += only(given, at, _PARTS)
    when = mapping(given.get("when"), f"{at}.when", faults)
    if "when" not in when:
        faults.append({"at": f"{at}.when", "key": "faults.rule_missing"})
    base, own = given.get("base"), given.get("bands")
    weights = mapping(given.get("dimensions"), f"{at}.dimensions", faults)
    faults += only(weights, f"{at}.dimensions", FAMILIES)
    changed = mapping(given.get("signals"), f"{at}.signals", faults)
    faults += unknown_signals(changed, f"{at}.signals")
    return Profile(
        name_of(given.get("name"), f"{at}.name", faults),
        when,
        None if base is None else number(base, f"{at}.base", 0, 100, faults),
        None if own is None else read_bands(mapping(own, f"{at}.bands", faults), bands, f"{at}.bands", faults),
        {name: number(weight, f"{at}.dimensions.{name}", 0, MOST_WEIGHT, faults) for name, weight in weights.items()},
        _settings(changed, f"{at}.signals", settings, faults),
    )


def _settings(
    changed: Mapping[str, object], at: str, settings: Mapping[str, SignalSetting], faults: list[Fault]
) -> dict[str, SignalSetting]:
    return {
        code: read_setting(BY_CODE[code], part, settings.get(code, SignalSetting(BY_CODE[code].points)), f"{at}.{code}", faults)
        for code, part in changed.items()
        if code in BY_CODE
    }
