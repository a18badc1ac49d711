"""Two-level indicators (SCR-05): a weight per dimension, points per signal within it; effective points are their product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from liuke.score.domain.faults import Fault, mapping, name_of, number, only, unknown, yes_or_no
from liuke.signals.domain.catalogue import SIGNALS
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Signal

FAMILIES = tuple(family.value for family in Family)
MOST_WEIGHT = 3.0
"""A dimension counts at most three times."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """First level: one family of signals. `name` blank means the family's own; `weight` multiplies its signals' points."""

    weight: float = 1.0
    name: str = ""


@dataclass(frozen=True, slots=True)
class SignalSetting:
    """`points` at full strength (negative for protective signals), the signal's numbers, and whether it counts."""

    points: float
    enabled: bool = True
    params: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shares:
    """Whole percents: of each dimension among all, and of each signal within its dimension; each set sums to 100, or is all 0."""

    dimensions: Mapping[str, int]
    signals: Mapping[str, int]


def plain_dimensions() -> dict[str, Dimension]:
    """Every family once, as delivered."""
    return {family: Dimension() for family in FAMILIES}


def read_dimensions(given: Mapping[str, object], fallback: Mapping[str, Dimension], faults: list[Fault]) -> dict[str, Dimension]:
    """All dimensions; what is absent comes from `fallback`."""
    faults += only(given, "dimensions", FAMILIES)
    return {family: _dimension(given.get(family), fallback.get(family, Dimension()), f"dimensions.{family}", faults) for family in FAMILIES}


def _dimension(value: object, before: Dimension, at: str, faults: list[Fault]) -> Dimension:
    given = mapping(value, at, faults)
    faults += only(given, at, ("weight", "name"))
    weight = number(given.get("weight", before.weight), f"{at}.weight", 0, MOST_WEIGHT, faults)
    return Dimension(weight, name_of(given.get("name", before.name), f"{at}.name", faults, blank=True))


def read_setting(signal: Signal, value: object, before: SignalSetting, at: str, faults: list[Fault]) -> SignalSetting:
    """A signal's setting, complete; what is absent comes from `before`."""
    given = mapping(value, at, faults)
    faults += only(given, at, ("points", "enabled", "params"))
    low, high = (-100.0, 0.0) if signal.protective else (0.0, 100.0)
    points = number(given.get("points", before.points), f"{at}.points", low, high, faults)
    enabled = yes_or_no(given.get("enabled", before.enabled), f"{at}.enabled", faults)
    params = mapping(given.get("params"), f"{at}.params", faults)
    faults += only(params, f"{at}.params", tuple(parameter.name for parameter in signal.parameters))
    numbers = {
        p.name: number(params.get(p.name, before.params.get(p.name, p.default)), f"{at}.params.{p.name}", p.low, p.high, faults)
        for p in signal.parameters
    }
    return SignalSetting(points, enabled, numbers)


def effective(signal: Signal, setting: SignalSetting, dimensions: Mapping[str, Dimension]) -> float:
    """Points at full strength after the dimension's weight; 0 where the signal is off."""
    if not setting.enabled:
        return 0.0
    return setting.points * dimensions.get(signal.family.value, Dimension()).weight


def shares_of(signals: Mapping[str, SignalSetting], dimensions: Mapping[str, Dimension]) -> Shares:
    """How much each dimension and each signal counts, by the size of its points; protective ones count with their size."""
    families = {family: [s for s in SIGNALS if s.code in signals and s.family.value == family] for family in FAMILIES}
    totals = {family: sum(abs(effective(s, signals[s.code], dimensions)) for s in own) for family, own in families.items()}
    within: dict[str, int] = {}
    for own in families.values():
        within |= percents({s.code: abs(signals[s.code].points) * signals[s.code].enabled for s in own})
    return Shares(percents(totals), within)


def percents(sizes: Mapping[str, float]) -> dict[str, int]:
    """Whole percents that sum to 100 (largest remainders, earlier names first); all 0 where nothing has a size."""
    total = sum(sizes.values())
    if total <= 0:
        return dict.fromkeys(sizes, 0)
    exact = {name: 100 * size / total for name, size in sizes.items()}
    out = {name: int(share) for name, share in exact.items()}
    rest: Sequence[str] = sorted(exact, key=lambda name: out[name] - exact[name])
    for name in rest[: 100 - sum(out.values())]:
        out[name] += 1
    return out


def unknown_signals(given: Mapping[str, object], at: str) -> list[Fault]:
    """A fault for each code that no signal has."""
    codes = tuple(signal.code for signal in SIGNALS)
    return [unknown(f"{at}.{code}", codes) for code in given if code not in codes]
