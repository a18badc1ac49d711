"""A workspace's own map, learned from the verdicts of its quality reviewers.

The shipped map stands for what a score means in general: `GENERAL` verdicts' worth at each step. Verdicts of the workspace are added to
it, made monotone by pooling adjacent violators (Ayer et al. 1955), and read back as emotion, so that a handful of verdicts moves little
and some hundred decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from liuke.text.calibration import Calibration, Point, interpolate

GENERAL = 12.0
"""How many verdicts the shipped map is worth at each of its steps."""
_STEP = 10
_MEANS: tuple[Point, ...] = ((0.0, 0.01), (25.0, 0.1), (50.0, 0.5), (65.0, 0.75), (80.0, 0.9), (100.0, 0.99))
"""Emotion → share of messages that a reviewer calls negative, by the shipped map on service messages."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A reviewer's word on one message: what it had (0–100, before any map of the workspace) and whether it is negative."""

    emotion: float
    negative: bool


def recalibrated(verdicts: Iterable[Verdict]) -> Calibration:
    """The map under which the scores mean, for these verdicts, what they mean in general. Without verdicts nothing changes."""
    told = [verdict for verdict in verdicts if 0 <= verdict.emotion <= 100]
    if not told:
        return Calibration()
    steps = [float(step) for step in range(0, 101, _STEP)]
    counts = dict.fromkeys(steps, GENERAL)
    hits = {step: GENERAL * interpolate(_MEANS, step) for step in steps}
    for verdict in told:
        step = min(steps, key=lambda one: (abs(one - verdict.emotion), one))
        counts[step] += 1
        hits[step] += verdict.negative
    shares = _monotone([(hits[step], counts[step]) for step in steps])
    back = tuple((share, emotion) for emotion, share in _MEANS)
    moved = [interpolate(back, share) for share in shares]
    return Calibration(_ended(tuple(zip(steps, moved, strict=True))))


def _monotone(pairs: list[tuple[float, float]]) -> list[float]:
    """Shares of hits that never fall, by pooling neighbours that do."""
    pools: list[tuple[float, float, int]] = []
    for hits, count in pairs:
        pools.append((hits, count, 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            last, before = pools.pop(), pools.pop()
            pools.append((last[0] + before[0], last[1] + before[1], last[2] + before[2]))
    return [hits / count for hits, count, members in pools for _ in range(members)]


def _ended(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Rising despite rounding, within 0–100."""
    kept = [(x, min(100.0, max(0.0, round(y, 3)))) for x, y in points]
    assert all(a[0] < b[0] for a, b in pairwise(kept))  # noqa: S101 - the steps are ours
    return tuple(kept)
