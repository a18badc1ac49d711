"""At which moments of the past a model learns, and which of them may judge it: rolling origins, purged.

An outcome is known `mature_days` after its origin. A model judged at an origin learned only from origins whose outcomes were known by
then: else it would have seen the very weeks that it is asked to foretell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from liuke.score.model.splits import Split

EVERY_DAYS = 30
MOST_ORIGINS = 16
BURN_IN = 90
"""Days of history before the first origin: before them nobody has a past to tell from."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Origins, by number, that a model learns from, and those that it is judged on."""

    learn: tuple[int, ...]
    judge: tuple[int, ...]


def training_origins(*, first: date, last: date, mature_days: int, every: int = EVERY_DAYS, most: int = MOST_ORIGINS) -> list[date]:
    """Days `every` days apart, oldest first, the newest of which is mature at `last`. Empty where there is no room.

    `first` and `last`: the days of the oldest and newest sign of life. The days lie on one grid whenever it is asked, so that models
    trained at different times are judged on the same ones.
    """
    newest, oldest = last - timedelta(days=mature_days), first + timedelta(days=BURN_IN)
    newest -= timedelta(days=newest.toordinal() % every)
    count = min(most, (newest - oldest).days // every + 1) if newest >= oldest else 0
    return [newest - timedelta(days=every * back) for back in reversed(range(count))]


def learnable(days: Sequence[date], judged: date, mature_days: int) -> tuple[int, ...]:
    """The origins whose outcomes were known at `judged`."""
    return tuple(at for at, day in enumerate(days) if day + timedelta(days=mature_days) <= judged)


def out_of_time(days: Sequence[date], mature_days: int, *, most: int = 12, fits: int = 4) -> tuple[Fold, ...]:
    """Up to `fits` folds that together judge the newest `most` origins which have something to learn from, oldest first.

    Origins next to each other share a model, made for the oldest of them: a model in use is not renewed every month either.
    """
    judged = [at for at, day in enumerate(days) if learnable(days, day, mature_days)][-most:]
    parts = [part.tolist() for part in np.array_split(judged, min(fits, len(judged)))] if judged else []
    return tuple(Fold(learnable(days, days[part[0]], mature_days), tuple(part)) for part in parts)


def purged_splits(origin: NDArray[np.int64], days: Sequence[date], mature_days: int, most: int = 3) -> tuple[Split, ...]:
    """The inner splits of rows whose origins are `origin` (numbers into `days`): judged on one of the newest origins each, learned
    from all that were mature by then. Empty where no origin is mature before another: then rows are split by customer."""
    present = sorted(set(origin.tolist()))
    splits = []
    for at in present:
        learn = [other for other in learnable(days, days[at], mature_days) if other in set(present)]
        if learn:
            splits.append(Split(np.flatnonzero(np.isin(origin, learn)), np.flatnonzero(origin == at)))
    return tuple(splits[-most:])
