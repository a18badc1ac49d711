"""Sequences, swings and comparisons again in plain Python, customer by customer: the slow reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean, median

from liuke.base.times import DAY_US
from liuke.features.domain.metric import Baseline, Follow, Quintile, Swing
from tests.features.plainly import day
from tests.features.stream import NOW, Did


def seen(did: Sequence[Did]) -> list[Did]:
    """What had happened and was known at the moment."""
    return [one for one in did if _us(one) < NOW and int(str(one.row(0)["known_us"])) <= NOW]


def _us(one: Did) -> int:
    return int(str(one.row(0)["ts_us"]))


def follow(did: Sequence[Did], asked: Follow, customer: int) -> float | None:
    """Walks back from the newest `first`: the first one that is decided tells."""
    past = seen(did)
    if not any(one.kind in asked.first for one in past):
        return None
    own = [one for one in past if one.customer == customer]
    firsts = sorted((_us(one) for one in own if one.kind in asked.first and NOW - _us(one) <= asked.last_days * DAY_US), reverse=True)
    thens = [_us(one) for one in own if one.kind in asked.then]
    for first in firsts:
        deadline = first + asked.within_days * DAY_US
        came = any(first < then <= deadline for then in thens)
        if came or deadline < NOW:
            return float(came == asked.happens)
    return None if firsts else 0.0


def swing(did: Sequence[Did], asked: Swing, customer: int) -> float | None:
    """Tries every week that may be the surge."""
    own = [one for one in seen(did) if one.customer == customer]
    own = [one for one in own if (one.kind in asked.kinds if asked.kinds else one.kind not in asked.but)]
    weekly = [sum(1 for one in own if day(one) // 7 == asked.weeks - 1 - week) for week in range(asked.weeks)]
    fewest_before, fewest_after = max(2, asked.weeks // 3), max(1, asked.weeks // 6)
    if not any(weekly[: asked.weeks - fewest_after - 1]):
        return None
    for at in range(fewest_before, asked.weeks - fewest_after):
        before, after = mean(weekly[:at]), mean(weekly[at + 1 :])
        surge = weekly[at] >= before * (1 + asked.rise) - 1e-9
        if before > 0 and surge and after <= before * (1 - asked.drop) + 1e-9:
            return 1.0
    return 0.0


def baseline(values: Mapping[int, float | None], groups: Mapping[int, str | None], asked: Baseline, customer: int) -> float | None:
    """Own value over the median of the group, both over those who have one."""
    own = values[customer]
    group = groups.get(customer) if asked.by else ""
    same = [value for one, value in values.items() if value is not None and (not asked.by or groups.get(one) == group)]
    if own is None or group is None or len(same) < asked.least or median(same) == 0:
        return None
    return own / median(same)


def quintile(values: Mapping[int, float | None], asked: Quintile, customer: int) -> float | None:
    """Position in the order, dealt into tiles whose sizes differ by one at most, the larger ones first."""
    ranked = sorted(((value if asked.rising else -value, one) for one, value in values.items() if value is not None))
    order = [one for _, one in ranked]
    if customer not in order:
        return None
    small, larger = divmod(len(order), asked.tiles)
    sizes = [small + (tile < larger) for tile in range(asked.tiles)]
    tiles = [tile + 1.0 for tile, size in enumerate(sizes) for _ in range(size)]
    return tiles[order.index(customer)]
