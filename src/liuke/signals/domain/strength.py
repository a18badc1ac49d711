"""From a measured number to a strength between 0 and 1."""

from __future__ import annotations

import numpy as np

from liuke.signals.domain.signal import Flags, Numbers

FIRST = 0.3
"""Strength at the very threshold: a signal that fires says something at once."""
EXACTLY = 1e-9
"""1 - 80/100 is a hair under 0.2 in floating point: a drop of exactly 20% still fires."""


def ramp(value: Numbers, start: Numbers | float, full: Numbers | float, first: float = FIRST) -> Numbers:
    """0 below `start` (and for NaN), `first` at `start`, rising linearly to 1 at `full`. Never falls as `value` rises."""
    start = np.asarray(start, dtype=np.float64) - EXACTLY
    span = np.maximum(np.asarray(full, dtype=np.float64) - start, 1e-9)
    with np.errstate(invalid="ignore"):
        share = np.clip((value - start) / span, 0.0, 1.0)
        return np.where(value >= start, first + (1.0 - first) * share, 0.0)


def divided(over: Numbers, under: Numbers) -> Numbers:
    """`over / under`, NaN where `under` is zero or unknown."""
    out = np.full(over.shape, np.nan)
    np.divide(over, under, out=out, where=np.nan_to_num(under) != 0)
    return out


def none(size: int) -> Flags:
    """Nobody."""
    return np.zeros(size, dtype=np.bool_)
