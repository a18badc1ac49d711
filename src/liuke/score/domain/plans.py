"""Which points, base and bands hold for which customer: profile and season resolved into numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.score.domain.config import ScoreConfig
from liuke.score.domain.levels import Bands, Cuts
from liuke.score.domain.profiles import Profile
from liuke.score.domain.weights import SignalSetting, effective
from liuke.signals.domain.catalogue import BY_CODE
from liuke.signals.domain.signal import Flags, Judged, Numbers, Params

Which = NDArray[np.int64]
"""Per customer the number of its profile, counted from 1; 0 = none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What holds for the customers of one profile. `points`: effective, at full strength; 0 where the signal is off."""

    name: str
    base: float
    bands: Bands
    points: Mapping[str, float]
    signals: Mapping[str, SignalSetting]


@dataclass(frozen=True, slots=True)
class Plans:
    """`plans[0]` is for customers without a profile. `which` None: nobody has one."""

    plans: Sequence[Plan]
    which: Which | None = None

    @property
    def base(self) -> Numbers | float:
        """The base per customer, or the one of everybody."""
        return self._each([plan.base for plan in self.plans])

    def points(self, code: str) -> Numbers | float:
        """A signal's points at full strength per customer, or those of everybody."""
        return self._each([plan.points[code] for plan in self.plans])

    def cuts(self) -> Cuts:
        """The starts of the three bands, per customer or of everybody."""
        early, medium, high = ([getattr(plan.bands, name) for plan in self.plans] for name in ("early", "medium", "high"))
        return self._each(early), self._each(medium), self._each(high)

    def enabled(self) -> frozenset[str]:
        """Signals that count for anybody."""
        return frozenset(code for plan in self.plans for code, setting in plan.signals.items() if setting.enabled)

    def numbers(self, code: str) -> list[Params]:
        """The different numbers of a signal among all profiles, everybody's first."""
        numbers = [dict(plan.signals[code].params) for plan in self.plans]
        return [own for place, own in enumerate(numbers) if own not in numbers[:place]]

    def variants(self, code: str) -> list[tuple[Params, Flags | None]]:
        """`numbers`, each with the customers for whom they hold (None: everybody)."""
        distinct = self.numbers(code)
        if self.which is None or len(distinct) == 1:
            return [(distinct[0], None)]
        groups = [distinct.index(dict(plan.signals[code].params)) for plan in self.plans]
        mine = np.asarray(groups)[self.which]
        return [(own, mine == place) for place, own in enumerate(distinct)]

    def names(self, size: int) -> list[str | None]:
        """The profile's name per customer."""
        if self.which is None:
            return [None] * size
        known: list[str | None] = [None, *(plan.name for plan in self.plans[1:])]
        return [known[number] for number in self.which.tolist()]

    def of(self, which: Which) -> Plans:
        """These plans with everybody's profile known."""
        return replace(self, which=which if which.any() else None)

    def _each(self, values: Sequence[float]) -> Numbers | float:
        if self.which is None or len(set(values)) == 1:
            return values[0]
        return np.asarray(values, dtype=np.float64)[self.which]


def plans_of(config: ScoreConfig, multipliers: Mapping[str, float] | None = None) -> Plans:
    """The plan of everybody, then one per profile, under the season's `multipliers` (by family or signal)."""
    factors = multipliers or {}
    plans = [_plan(config, Profile("", {}), factors)]
    return Plans([*plans, *(_plan(config, profile, factors) for profile in config.profiles)])


def _plan(config: ScoreConfig, profile: Profile, factors: Mapping[str, float]) -> Plan:
    dimensions = {
        family: replace(dimension, weight=profile.dimensions.get(family, dimension.weight))
        for family, dimension in config.dimensions.items()
    }
    signals, points = {**config.signals, **profile.signals}, {}
    for code, setting in signals.items():
        signal = BY_CODE[code]
        factor = factors.get(code, 1.0) * factors.get(signal.family.value, 1.0)
        points[code] = effective(signal, setting, dimensions) * factor
    base = config.base if profile.base is None else profile.base
    return Plan(profile.name, base, profile.bands or config.bands, points, signals)


def bands_by_profile(config: ScoreConfig) -> dict[str, Bands]:
    """The bands of the profiles that have their own, by the profile's name."""
    return {profile.name: profile.bands for profile in config.profiles if profile.bands is not None}


def which_of(matches: Sequence[Flags], size: int) -> Which:
    """The first profile whose rule matches, per customer."""
    which = np.zeros(size, dtype=np.int64)
    for number, matched in reversed(list(enumerate(matches, 1))):
        which[matched] = number
    return which


def judged_together(parts: Sequence[tuple[Judged, Flags | None]]) -> Judged:
    """One judgement from those of several groups of customers that have other numbers."""
    first = parts[0][0]
    if len(parts) == 1:
        return first
    size = len(first.strength)
    strength, unknown = np.zeros(size), np.zeros(size, dtype=np.bool_)
    keys: NDArray[Any] = np.full(size, first.key if isinstance(first.key, str) else "", dtype=object)
    params: dict[str, Numbers] = {name: np.full(size, np.nan) for judged, _ in parts for name in judged.params}
    missing = ""
    for judged, mask in parts:
        rows = np.ones(size, dtype=np.bool_) if mask is None else mask
        strength[rows], unknown[rows] = judged.strength[rows], judged.unknown[rows]
        keys[rows] = _at(rows, judged.key)
        for name, value in judged.params.items():
            params[name][rows] = _at(rows, value)
        missing = missing or judged.missing
    return Judged(strength, keys, params, unknown, missing)


def _at(rows: Flags, value: str | float | NDArray[Any]) -> str | float | NDArray[Any]:
    """What holds in these rows: their part of a column, or the one value of everybody."""
    return value[rows] if isinstance(value, np.ndarray) else value
