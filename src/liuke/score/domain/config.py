"""The score's configuration as data: base, dimensions, signals, bands, tiers, profiles, seasons. All faults come at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from liuke.base.errors import Invalid
from liuke.score.domain.bands import read_bands
from liuke.score.domain.baseline import BaselineRule, read_baseline
from liuke.score.domain.faults import Fault, mapping, number, only, unknown
from liuke.score.domain.levels import Bands
from liuke.score.domain.profiles import Profile, read_profiles
from liuke.score.domain.seasons import Season, read_seasons
from liuke.score.domain.weights import Dimension, SignalSetting, plain_dimensions, read_dimensions, read_setting, unknown_signals
from liuke.segments.domain.tiers import TierRule
from liuke.signals.domain.catalogue import SIGNALS

__all__ = ["Fault", "ScoreConfig", "SignalSetting", "checked", "from_plain"]
PARTS = ("base", "dimensions", "signals", "bands", "tiers", "profiles", "seasons", "baseline")


@dataclass(frozen=True, slots=True)
class ScoreConfig:
    """`base` is the score of a customer about whom no signal says anything (0–100)."""

    base: float
    signals: Mapping[str, SignalSetting]
    bands: Bands = field(default_factory=Bands)
    tiers: TierRule = field(default_factory=TierRule)
    dimensions: Mapping[str, Dimension] = field(default_factory=plain_dimensions)
    profiles: tuple[Profile, ...] = ()
    seasons: tuple[Season, ...] = ()
    baseline: BaselineRule = field(default_factory=BaselineRule)

    def to_plain(self) -> dict[str, object]:
        """JSON-ready data; `from_plain` gives the same configuration back."""
        return {
            "base": self.base,
            "dimensions": {family: asdict(dimension) for family, dimension in self.dimensions.items()},
            "signals": {code: {**asdict(setting), "params": dict(setting.params)} for code, setting in self.signals.items()},
            "bands": asdict(self.bands),
            "tiers": asdict(self.tiers),
            "profiles": [profile.to_plain() for profile in self.profiles],
            "seasons": [season.to_plain() for season in self.seasons],
            "baseline": asdict(self.baseline),
        }

    def changed(self, code: str, **params: float) -> ScoreConfig:
        """This configuration with other numbers for one signal (not validated: pass the result through `checked`)."""
        setting = self.signals[code]
        return replace(self, signals={**self.signals, code: replace(setting, params={**setting.params, **params})})


def from_plain(data: Mapping[str, object], fallback: ScoreConfig) -> ScoreConfig:
    """A configuration from JSON data; what is absent is taken from `fallback`.

    Raises Invalid("score_config", faults=[{"at", "key", …}]) with every fault at once and what is allowed.
    """
    faults: list[Fault] = only(data, "", PARTS)
    given = mapping(data.get("signals"), "signals", faults)
    faults += unknown_signals(given, "signals")
    signals = {
        signal.code: read_setting(
            signal,
            given.get(signal.code),
            fallback.signals.get(signal.code, SignalSetting(signal.points)),
            f"signals.{signal.code}",
            faults,
        )
        for signal in SIGNALS
    }
    bands = read_bands(mapping(data.get("bands"), "bands", faults), fallback.bands, "bands", faults)
    config = ScoreConfig(
        number(data.get("base", fallback.base), "base", 0, 100, faults),
        signals,
        bands,
        _tiers(mapping(data.get("tiers"), "tiers", faults), fallback.tiers, faults),
        read_dimensions(mapping(data.get("dimensions"), "dimensions", faults), fallback.dimensions, faults),
        read_profiles(data["profiles"], signals, bands, faults) if "profiles" in data else fallback.profiles,
        read_seasons(data["seasons"], faults) if "seasons" in data else fallback.seasons,
        read_baseline(mapping(data.get("baseline"), "baseline", faults), fallback.baseline, faults),
    )
    if faults:
        raise Invalid("score_config", faults=faults)
    return config


def checked(config: ScoreConfig) -> ScoreConfig:
    """The same configuration, complete (every signal, every number). Raises like `from_plain`."""
    return from_plain(config.to_plain(), config)


def _tiers(given: Mapping[str, object], fallback: TierRule, faults: list[Fault]) -> TierRule:
    faults += only(given, "tiers", ("by", "high", "mid"))
    by = given.get("by", fallback.by)
    if by not in {"amount", "percentile"}:
        faults.append(unknown("tiers.by", ("amount", "percentile")))
    limit = 1.0 if by == "percentile" else 1e12
    high, mid = (number(given.get(name, getattr(fallback, name)), f"tiers.{name}", 0, limit, faults) for name in ("high", "mid"))
    if not mid < high:
        faults.append({"at": "tiers", "key": "faults.rising", "allowed": "mid < high"})
    return TierRule(str(by), high, mid)
