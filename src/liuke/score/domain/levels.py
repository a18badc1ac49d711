"""The four levels and their bands (SCR-02). The only place that knows the cut-offs; the web receives them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Level(StrEnum):
    """正常 / 初级预警 / 中级预警 / 高危预警, in rising order of danger."""

    NORMAL = "normal"
    EARLY = "early"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 (normal) to 3 (high)."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True)
class Bands:
    """Cut-offs on the 0–100 score: [early, medium) 初级, [medium, high] 中级, (high, 100] 高危."""

    early: float = 50.0
    medium: float = 70.0
    high: float = 90.0

    def level_of(self, score: float) -> Level:
        """The level of a score; exactly `high` is still 中级预警."""
        if score > self.high:
            return Level.HIGH
        if score >= self.medium:
            return Level.MEDIUM
        return Level.EARLY if score >= self.early else Level.NORMAL


Cuts = tuple[NDArray[np.float64] | float, NDArray[np.float64] | float, NDArray[np.float64] | float]
"""Starts of 初级, 中级 and 高危, one per score or the same for all."""


def levels_of(scores: NDArray[np.float64], bands: Bands | Cuts) -> NDArray[Any]:
    """`Bands.level_of` for many scores at once: the level's value per score."""
    early, medium, high = (bands.early, bands.medium, bands.high) if isinstance(bands, Bands) else bands
    names = np.where(scores >= early, Level.EARLY.value, Level.NORMAL.value)
    names = np.where(scores >= medium, Level.MEDIUM.value, names)
    return np.where(scores > high, Level.HIGH.value, names)
