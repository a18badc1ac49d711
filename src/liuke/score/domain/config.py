"""The score's configuration as data: base, points and numbers per signal, bands, tiers. All faults are reported at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from liuke.base.errors import Invalid
from liuke.score.domain.levels import Bands
from liuke.segments.domain.tiers import TierRule
from liuke.signals.domain.catalogue import BY_CODE, SIGNALS
from liuke.signals.domain.signal import Signal

Fault = dict[str, object]
"""`at` (path), `key` (catalogue key of the sentence), and what is allowed."""


@dataclass(frozen=True, slots=True)
class SignalSetting:
    """`points` at full strength (negative for protective signals), the signal's numbers, and whether it counts."""

    points: float
    enabled: bool = True
    params: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScoreConfig:
    """`base` is the score of a customer about whom no signal says anything (0–100)."""

    base: float
    signals: Mapping[str, SignalSetting]
    bands: Bands = field(default_factory=Bands)
    tiers: TierRule = field(default_factory=TierRule)

    def to_plain(self) -> dict[str, object]:
        """JSON-ready data; `from_plain` gives the same configuration back."""
        signals = {code: {**asdict(setting), "params": dict(setting.params)} for code, setting in self.signals.items()}
        return {"base": self.base, "signals": signals, "bands": asdict(self.bands), "tiers": asdict(self.tiers)}

    def changed(self, code: str, **params: float) -> ScoreConfig:
        """This configuration with other numbers for one signal (not validated: pass the result through `checked`)."""
        setting = self.signals[code]
        return replace(self, signals={**self.signals, code: replace(setting, params={**setting.params, **params})})


def from_plain(data: Mapping[str, object], fallback: ScoreConfig) -> ScoreConfig:
    """A configuration from JSON data; what is absent is taken from `fallback`.

    Raises Invalid("score_config", faults=[{"at", "key", …}]) with every fault at once and what is allowed.
    """
    faults: list[Fault] = [
        _unknown(name, ("base", "signals", "bands", "tiers")) for name in data if name not in {"base", "signals", "bands", "tiers"}
    ]
    base = _number(data.get("base", fallback.base), "base", 0, 100, faults)
    bands = _bands(_mapping(data.get("bands"), "bands", faults), fallback.bands, faults)
    tiers = _tiers(_mapping(data.get("tiers"), "tiers", faults), fallback.tiers, faults)
    given = _mapping(data.get("signals"), "signals", faults)
    faults += [_unknown(f"signals.{code}", tuple(BY_CODE)) for code in given if code not in BY_CODE]
    signals = {
        signal.code: _setting(signal, _mapping(given.get(signal.code), f"signals.{signal.code}", faults), fallback, faults)
        for signal in SIGNALS
    }
    if faults:
        raise Invalid("score_config", faults=faults)
    return ScoreConfig(base, signals, bands, tiers)


def checked(config: ScoreConfig) -> ScoreConfig:
    """The same configuration, complete (every signal, every number). Raises like `from_plain`."""
    return from_plain(config.to_plain(), config)


def _unknown(at: str, allowed: tuple[str, ...]) -> Fault:
    return {"at": at, "key": "faults.unknown", "allowed": list(allowed)}


def _mapping(value: object, at: str, faults: list[Fault]) -> Mapping[str, object]:
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return {str(name): part for name, part in value.items()}
    faults.append({"at": at, "key": "faults.object"})
    return {}


def _number(value: object, at: str, low: float, high: float, faults: list[Fault]) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or not low <= value <= high:
        faults.append({"at": at, "key": "faults.range", "value": value, "low": low, "high": high})
        return low
    return float(value)


def _bands(given: Mapping[str, object], fallback: Bands, faults: list[Fault]) -> Bands:
    names = ("early", "medium", "high")
    faults += [_unknown(f"bands.{name}", names) for name in given if name not in names]
    early, medium, high = (_number(given.get(name, getattr(fallback, name)), f"bands.{name}", 1, 99, faults) for name in names)
    if not early < medium < high:
        faults.append({"at": "bands", "key": "faults.rising", "allowed": "early < medium < high"})
    return Bands(early, medium, high)


def _tiers(given: Mapping[str, object], fallback: TierRule, faults: list[Fault]) -> TierRule:
    faults += [_unknown(f"tiers.{name}", ("by", "high", "mid")) for name in given if name not in {"by", "high", "mid"}]
    by = given.get("by", fallback.by)
    if by not in {"amount", "percentile"}:
        faults.append(_unknown("tiers.by", ("amount", "percentile")))
    limit = 1.0 if by == "percentile" else 1e12
    high, mid = (_number(given.get(name, getattr(fallback, name)), f"tiers.{name}", 0, limit, faults) for name in ("high", "mid"))
    if not mid < high:
        faults.append({"at": "tiers", "key": "faults.rising", "allowed": "mid < high"})
    return TierRule(str(by), high, mid)


def _setting(signal: Signal, given: Mapping[str, object], fallback: ScoreConfig, faults: list[Fault]) -> SignalSetting:
    at = f"signals.{signal.code}"
    before = fallback.signals.get(signal.code, SignalSetting(signal.points))
    faults += [_unknown(f"{at}.{name}", ("points", "enabled", "params")) for name in given if name not in {"points", "enabled", "params"}]
    low, high = (-100.0, 0.0) if signal.protective else (0.0, 100.0)
    points = _number(given.get("points", before.points), f"{at}.points", low, high, faults)
    enabled = given.get("enabled", before.enabled)
    if not isinstance(enabled, bool):
        faults.append({"at": f"{at}.enabled", "key": "faults.yes_or_no"})
    params = _mapping(given.get("params"), f"{at}.params", faults)
    names = tuple(parameter.name for parameter in signal.parameters)
    faults += [_unknown(f"{at}.params.{name}", names) for name in params if name not in names]
    numbers = {
        p.name: _number(params.get(p.name, before.params.get(p.name, p.default)), f"{at}.params.{p.name}", p.low, p.high, faults)
        for p in signal.parameters
    }
    return SignalSetting(points, enabled is True, numbers)
