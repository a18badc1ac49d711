"""A model in shadow: what it would have said of everybody on a day, beside the score in use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liuke.score.domain.levels import Bands, levels_of
from liuke.score.model.table import Numbers

LEVELS = ("normal", "early", "medium", "high")
DAYS = 14
"""How long a model stays in shadow before it is proposed for publishing."""
LISTED = 20


@dataclass(frozen=True, slots=True)
class ShadowDay:
    """Customers by level in use (rows) and in shadow (columns); `agree`: the same level; `rank`: Spearman's correlation of both scores.

    `apart`: customers whose two scores lie furthest from each other: (id, score in use, score in shadow).
    """

    customers: int
    levels: tuple[tuple[int, ...], ...]
    agree: float
    rank: float | None
    apart: tuple[tuple[int, float, float], ...]

    def to_plain(self) -> dict[str, object]:
        """JSON-ready."""
        return {
            "customers": self.customers, "levels": [list(row) for row in self.levels], "agree": self.agree, "rank": self.rank,
            "apart": [list(row) for row in self.apart],
        }  # fmt: skip


def shadow_day(ids: Numbers, used: Numbers, shadow: Numbers, bands: Bands) -> ShadowDay:
    """Compares two scores (0–100) of the same customers."""
    cuts = (bands.early, bands.medium, bands.high)
    one, other = (np.asarray(levels_of(values, cuts)) for values in (used, shadow))
    table = tuple(tuple(int(((one == row) & (other == column)).sum()) for column in LEVELS) for row in LEVELS)
    far = np.argsort(-np.abs(used - shadow), kind="stable")[:LISTED]
    apart = tuple((int(ids[at]), float(used[at]), float(shadow[at])) for at in far)
    agree = float((one == other).mean()) if len(ids) else 1.0
    return ShadowDay(len(ids), table, agree, _rank(used, shadow), apart)


def _rank(one: Numbers, other: Numbers) -> float | None:
    if len(one) < 2 or one.min() == one.max() or other.min() == other.max():
        return None
    return float(np.corrcoef(_mean_ranks(one), _mean_ranks(other))[0, 1])


def _mean_ranks(values: Numbers) -> Numbers:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[inverse])
