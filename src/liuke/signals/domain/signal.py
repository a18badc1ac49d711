"""What a signal is: the features it reads, how it judges all customers at once, and where its evidence lies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.features.domain.metric import Declared
from liuke.signals.domain.quiet import Quiet
from liuke.signals.domain.reason import Family

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Params = Mapping[str, float]
"""The numbers of a signal by name; shares are 0–1."""

Sentence = Mapping[str, Numbers | float]
"""The numbers that a sentence is filled with: one per customer, or the same for all."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of a signal that people may change. `unit`: days, weeks, percent (stored 0–1), count or ratio."""

    name: str
    default: float
    low: float
    high: float
    unit: str = "days"
    step: float = 1.0


@dataclass(frozen=True, slots=True)
class World:
    """What a signal may know of the workspace at a moment.

    `kinds` are the kinds of activity that it has at all: they tell "silent" from "no such source". `quiet`: which days say
    nothing about anybody (festivals, campaigns, shutdowns), and where last year's festival lies.
    """

    kinds: Collection[str] = ()
    quiet: Quiet = field(default_factory=Quiet)
    held: Collection[str] = ()
    """Codes of signals whose source is silent (BEY-06): what they would say is not believed."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All customers at a moment, one array element each. Missing numbers are NaN, unknown quintiles 0."""

    columns: Mapping[str, Numbers]
    tier: NDArray[Any]
    rfm: Mapping[str, Numbers]
    world: World

    def __getitem__(self, name: str) -> Numbers:
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.tier)


@dataclass(frozen=True, slots=True)
class Judged:
    """`strength` 0 (silent) to 1 per customer; `params` fill the sentence `key` of those who fired.

    `unknown` marks customers whose data do not suffice, for the reason `missing` (a catalogue key): never taken for "no".
    """

    strength: Numbers
    key: str | NDArray[Any]
    params: Sentence
    unknown: Flags
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The activities that prove a reason: of `kinds` (all but `but` where empty), `days` back from the moment."""

    kinds: tuple[str, ...]
    days: int
    but: tuple[str, ...] = ()
    texts: tuple[tuple[str, float], ...] = ()
    """Of texts only those that say it: one of these attributes is more than its number. Empty = all."""
    newest: int = 0
    """Only so many of the newest rows; 0 = all."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One precursor. `points` is its default weight at full strength, negative for a protective signal.

    `needs`: the workspace must have at least one of these kinds, else the signal is not computable (`missing.<need key>`).
    Of the signals that share a `group` only the one with the most points counts per customer: they tell of the same fact.
    `tag` is the behaviour tag of whom it fires for (an entry of the segments' built-in tags). `verify`: who it fires for goes to
    待验证 instead of into the score: its points are 0, and it is judged all the same.
    """

    code: str
    family: Family
    points: float
    parameters: tuple[Parameter, ...]
    metrics: Callable[[Params, World], tuple[Declared, ...]]
    judge: Callable[[Scene, Params], Judged]
    evidence: Callable[[Params], Evidence]
    needs: tuple[str, ...] = ()
    missing: str = ""
    group: str = ""
    mission: str = ""
    tag: str = ""
    verify: bool = False

    @property
    def protective(self) -> bool:
        """Whether it lowers the score."""
        return self.points < 0

    def defaults(self) -> dict[str, float]:
        """Its parameters as delivered."""
        return {parameter.name: parameter.default for parameter in self.parameters}
