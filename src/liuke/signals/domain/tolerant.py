"""Windows without their quiet days, and weeks that have none: what signals compare where a festival or a campaign lies between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from liuke.features.domain.metric import Metric
from liuke.signals.domain.quiet import Quiet, weeks_as_spans
from liuke.signals.domain.signal import Flags, Numbers, Scene
from liuke.signals.domain.strength import divided

Windowed = Callable[[float, float], Metric]
"""A count or sum over `days` that ends `skip` days before the moment."""
LEAST_SHARE = 0.25
"""Less of a window than this left after its quiet days says nothing."""


def cleared_metrics(make: Windowed, quiet: Quiet, days: float, skip: float = 0) -> tuple[Metric, ...]:
    """The window, and the quiet stretches in it."""
    return (make(days, skip), *(make(length, start) for length, start in quiet.spans(days, skip)))


@dataclass(frozen=True, slots=True)
class Cleared:
    """What is left of a window: the total of its other days, and how many they are."""

    total: Numbers
    days: float

    def per(self, days: float) -> Numbers:
        """The total as so many days would have it."""
        return self.total * (days / self.days) if self.days else np.full_like(self.total, np.nan)


def cleared(scene: Scene, make: Windowed, days: float, skip: float = 0) -> Cleared:
    """The window without its quiet days; NaN where hardly anything is left of it."""
    whole, *parts = (scene[metric.name] for metric in cleared_metrics(make, scene.world.quiet, days, skip))
    left = days - sum(length for length, _ in scene.world.quiet.spans(days, skip))
    if left < LEAST_SHARE * days:
        return Cleared(np.full_like(whole, np.nan), 0)
    return Cleared(np.maximum(whole - sum(parts), 0.0) if parts else whole, left)


@dataclass(frozen=True, slots=True)
class Weeks:
    """The newest weeks without a quiet day, and the usual ones before them; empty where the calendar leaves too few."""

    recent: Sequence[int]
    usual: Sequence[int]

    def metrics(self, make: Windowed) -> tuple[Metric, ...]:
        """Each recent week, and the usual ones in as few windows as possible."""
        return (*(make(7, 7 * week) for week in self.recent), *(make(*span) for span in weeks_as_spans(self.usual)))

    def counts(self, scene: Scene, make: Windowed) -> tuple[list[Numbers], Numbers]:
        """The recent weeks, newest first, and the mean of the usual ones."""
        found = [scene[metric.name] for metric in self.metrics(make)]
        usual = np.sum(found[len(self.recent) :], axis=0) / max(len(self.usual), 1)
        return found[: len(self.recent)], np.asarray(usual)


def weeks_of(quiet: Quiet, recent: float, usual: float) -> Weeks:
    """`recent` clean weeks and `usual` ones before them."""
    clean = quiet.clean_weeks(int(recent) + int(usual))
    return Weeks(clean[: int(recent)], clean[int(recent) :])


def all_down(weeks: Sequence[Numbers], usual: Numbers, drop: float) -> Flags:
    """Whether each week lies at or under `(1 - drop)` of the usual one."""
    limit = usual * (1 - drop) + 1e-9
    down: Flags = np.logical_and.reduce([week <= limit for week in weeks])
    return down & (usual > 0)


def fallen(now: Numbers, usual: Numbers) -> Numbers:
    """By how much `now` lies under `usual`, 0–1; NaN where nothing was usual."""
    return 1.0 - divided(now, usual)
