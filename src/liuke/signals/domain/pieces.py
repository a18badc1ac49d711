"""Pieces that several signals are made of: metrics by a short name, several causes of which the strongest speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.facts.domain.readings import READ as _READ
from liuke.facts.domain.readings import SAID, TEXTS
from liuke.features.domain.metric import Aggregate, Metric
from liuke.signals.domain.signal import Flags, Judged, Numbers, Scene, Sentence, World

__all__ = [
    "COMPLAINT",
    "LEAVING",
    "NEGATIVE",
    "SAID",
    "TEXTS",
    "Cause",
    "at_least",
    "averaged",
    "counted",
    "has",
    "highest",
    "latest",
    "since",
    "strongest",
    "summed",
    "unread",
    "unread_metrics",
]  # fmt: skip
NEGATIVE, LEAVING, COMPLAINT, READ = "attrs.negative", "attrs.leaving", "attrs.complaint", f"attrs.{_READ}"
"""What the text reader finds: negative emotion 0–100, intent to leave 0–100, a complaint (flag). Absent in a message that says
nothing but that it was seen; `attrs.text_read` tells that from one that was not read yet."""


def counted(kinds: Sequence[Kind | str], days: float, skip: float = 0) -> Metric:
    """How many activities of `kinds` lie in the window."""
    return _windowed(Metric("n", Aggregate.COUNT, _names(kinds)), days, skip)


def summed(kinds: Sequence[Kind | str], days: float, skip: float = 0, of: str = "value") -> Metric:
    """The sum of `of` in the window."""
    return _windowed(Metric("sum", Aggregate.SUM, _names(kinds), of=of), days, skip)


def highest(kinds: Sequence[Kind | str], days: float, of: str = "value") -> Metric:
    """The largest `of` in the window; null where no row has one, which is how a reading that is missing shows."""
    return _windowed(Metric("max", Aggregate.MAX, _names(kinds), of=of), days)


def averaged(kinds: Sequence[Kind | str], days: float, skip: float = 0, of: str = "value") -> Metric:
    """The mean of `of` in the window."""
    return _windowed(Metric("mean", Aggregate.MEAN, _names(kinds), of=of), days, skip)


def since(kinds: Sequence[Kind | str], days: float | None = None, skip: float = 0) -> Metric:
    """Days since the newest activity of the window."""
    return _windowed(Metric("since", Aggregate.DAYS_SINCE, _names(kinds)), days, skip)


def latest(kinds: Sequence[Kind | str], days: float | None = None, of: str = "value") -> Metric:
    """`of` in the newest activity."""
    return _windowed(Metric("last", Aggregate.LAST, _names(kinds), of=of), days)


def _names(kinds: Sequence[Kind | str]) -> tuple[str, ...]:
    return tuple(str(kind) for kind in kinds)


def _windowed(metric: Metric, days: float | None, skip: float = 0) -> Metric:
    """The metric of a window, named by everything that it is: `page_viewed_n_30_7`."""
    window = f"{'all' if days is None else int(days)}{f'_{int(skip)}' if skip else ''}"
    part = "" if metric.of == "value" else f"_{metric.of.removeprefix('attrs.')}"
    name = f"{'_'.join(metric.kinds)}{part}_{metric.name}_{window}".replace(".", "_")
    return replace(metric, name=name, days=None if days is None else int(days), skip=int(skip))


def has(world: World, kinds: Sequence[Kind | str]) -> bool:
    """Whether the workspace has any of these kinds."""
    return any(str(kind) in world.kinds for kind in kinds)


def unread_metrics(kinds: Sequence[Kind | str], days: float) -> tuple[Metric, Metric]:
    """What `unread` reads."""
    return (counted(kinds, days), highest(kinds, days, READ))


def unread(scene: Scene, kinds: Sequence[Kind | str], days: float, found: Numbers) -> Flags:
    """Who wrote in the window, but nothing of it was read and nothing found. Whoever wrote nothing is known to have said nothing."""
    told, read = (scene[metric.name] for metric in unread_metrics(kinds, days))
    return np.asarray(np.isnan(found) & np.isnan(read) & (told > 0))


@dataclass(frozen=True, slots=True)
class Cause:
    """One way in which a signal fires: its sentence, how strongly, and for whom it cannot be known."""

    key: str
    strength: Numbers
    unknown: Flags


def strongest(causes: Sequence[Cause], numbers: Sentence, missing: str) -> Judged:
    """The strongest cause speaks, the first of equal ones. Unknown is who fires for none while one of them cannot be known.

    Leave out causes for which the workspace has no source at all.
    """
    strengths = np.stack([np.where(cause.unknown, 0.0, cause.strength) for cause in causes])
    keys = np.array([cause.key for cause in causes], dtype=object)[strengths.argmax(axis=0)]
    top = strengths.max(axis=0)
    unknown = np.any(np.stack([cause.unknown for cause in causes]), axis=0) & (top == 0)
    return Judged(top, keys, numbers, np.asarray(unknown), missing)


def at_least(value: Numbers, limit: Numbers | float) -> Numbers:
    """Full strength from `limit` on, nothing below it and for NaN."""
    with np.errstate(invalid="ignore"):
        return np.where(value >= limit, 1.0, 0.0)
