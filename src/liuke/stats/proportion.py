"""Intervals for a share."""

from __future__ import annotations

from math import sqrt

NORMAL_95 = 1.959963984540054


def wilson(hits: int, of: int, z: float = NORMAL_95) -> tuple[float, float]:
    """The Wilson score interval of a share (0–1), 95% by default; (0, 1) where nothing was counted.

    Wilson, JASA 22 (1927) 209–212. Unlike the normal interval it stays inside 0–1 and is honest near its ends.
    Raises ValueError unless 0 ≤ hits ≤ of.
    """
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} hits of {of}")
    if of == 0:
        return 0.0, 1.0
    share, spread = hits / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)
