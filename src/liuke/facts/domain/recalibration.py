"""A workspace's own map of 0–100 from what people said of readings: a rising map, held to the shipped one where few have spoken."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.text import Calibration

KNOTS = tuple(float(place) for place in range(0, 101, 10))
PRIOR = 5.0
"""As many imagined verdicts stand at every knot and say what the reader says; this many real ones move it half the way."""
FEWEST = 10
"""Below this many verdicts the shipped map stays: a few angry mornings are no measure."""


def recalibrated(verdicts: Sequence[tuple[float, float]]) -> Calibration:
    """From pairs (read without own map, said), both 0–100. Means per knot, then pooled until they rise.

    Pool adjacent violators (Ayer et al., 1955), each knot weighted by its verdicts; a verdict counts for its nearest knot, moved
    by how far off the reader was, so that its place within the knot does not matter.
    """
    if len(verdicts) < FEWEST:
        return Calibration()
    sums, weights = [knot * PRIOR for knot in KNOTS], [PRIOR] * len(KNOTS)
    for read, said in verdicts:
        nearest = min(range(len(KNOTS)), key=lambda place: abs(KNOTS[place] - read))
        sums[nearest] += min(100.0, max(0.0, KNOTS[nearest] + said - read))
        weights[nearest] += 1.0
    levels = rising([total / weight for total, weight in zip(sums, weights, strict=True)], weights)
    return Calibration(tuple(zip(KNOTS, (round(level, 2) for level in levels), strict=True)))


def rising(levels: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The nearest levels (weighted squares) that never fall from one to the next."""
    pools: list[tuple[float, float, int]] = []
    for level, weight in zip(levels, weights, strict=True):
        pools.append((level, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (high, more, many), (low, less, few) = pools[-2:]
            pools[-2:] = [((high * more + low * less) / (more + less), more + less, many + few)]
    return [level for level, _, count in pools for _ in range(count)]
