"""Which stretch of the stream stands behind a metric or a sequence, so that its rows can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from liuke.features.domain.metric import Declared, Follow, Metric, Streak, Swing
from liuke.rules import syntax

EVER = 3_660
"""Days that stand for all of the past."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Activities of `kinds` (all but `but` where empty) of the last `days` days."""

    kinds: tuple[str, ...]
    but: tuple[str, ...]
    days: int


def behind_metric(declared: Sequence[Declared]) -> Behind | None:
    """What a named metric reads: the widest window over its parts; None where it reads no activity by itself."""
    return _widest(found for part in declared if (found := _behind(part)) is not None)


def behind_demand(demand: syntax.Follow | syntax.Swing) -> Behind:
    """What a sequence of a rule reads."""
    if isinstance(demand, syntax.Swing):
        return Behind(demand.kinds, (), 7 * demand.weeks)
    return Behind((*demand.first, *demand.then), (), demand.last_days)


def _behind(part: Declared) -> Behind | None:
    if isinstance(part, Metric):
        return Behind(part.kinds, part.but, EVER if part.days is None else part.days + part.skip)
    if isinstance(part, Streak):
        return Behind(part.kinds, part.but, 7 * (part.weeks + part.usual_weeks))
    if isinstance(part, Follow):
        return Behind((*part.first, *part.then), (), part.last_days)
    if isinstance(part, Swing):
        return Behind(part.kinds, (), 7 * part.weeks)
    return None


def _widest(parts: Iterable[Behind]) -> Behind | None:
    found = list(parts)
    if not found:
        return None
    every = any(not part.kinds for part in found)
    kinds = () if every else tuple(dict.fromkeys(kind for part in found for kind in part.kinds))
    but = tuple(dict.fromkeys(kind for part in found for kind in part.but)) if every else ()
    return Behind(kinds, but, max(part.days for part in found))
