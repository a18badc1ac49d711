"""The model's log-odds as whole points: base + one line per family = the score before clipping, exactly, and so within each family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.score.domain.anchors import Anchors
from liuke.signals.domain.signal import Numbers

OTHER = "other"
"""The family of columns that belong to none of the six: attributes, what a customer is rather than does."""
Whole = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Told:
    """What a model said of customers: calibrated `logit` = `base` + the sum of `parts` (customer × column) per row, but for rounding.

    `families`: of each column, in the order of `names`. `probability` (0–1) is that of the season, so that it need not be the one of
    `logit`, by which levels and points go.
    """

    base: float
    names: tuple[str, ...]
    families: tuple[str, ...]
    parts: Numbers
    logit: Numbers
    probability: Numbers


@dataclass(frozen=True, slots=True)
class Modelled:
    """Whole points. `base` + `points[:, f]` over all families = the score before clipping; a family's points = the sum of its `parts`.

    `points` is (customers, families), `parts` (customers, columns); `probability` (0–1) comes from the log-odds, not from the points.
    """

    base: float
    families: tuple[str, ...]
    points: Whole
    names: tuple[str, ...]
    family_of: NDArray[np.int64]
    parts: Whole
    probability: Numbers

    def __len__(self) -> int:
        return len(self.probability)

    @property
    def total(self) -> Numbers:
        """The score before clipping."""
        return np.asarray(self.base + self.points.sum(axis=1, dtype=np.float64))

    def of_family(self, family: str) -> NDArray[np.int64]:
        """The numbers of a family's columns."""
        return np.flatnonzero(self.family_of == self.families.index(family))


def whole_parts(whole: NDArray[Any], parts: Numbers) -> NDArray[np.int64]:
    """Whole numbers (n, k) near `parts` that sum to `whole` (n) exactly: the largest remainders get what flooring left over.

    Every number lies within 1 of its part where `whole` is the rounded sum of the parts. Of equal remainders the first column wins.
    """
    floors = np.floor(parts).astype(np.int64)
    left = np.asarray(whole, dtype=np.int64) - floors.sum(axis=1)
    each, left = np.divmod(left, parts.shape[1])
    order = np.argsort(floors - parts, axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(parts.shape[1])[None, :], axis=1)
    return np.asarray(floors + each[:, None] + (rank < left[:, None]))


def modelled(told: Told, anchors: Anchors) -> Modelled:
    """Points from log-odds. The total is the rounded straight line, so higher log-odds never give a lower total.

    The base is the same for everybody; what rounding takes from it is spread with the first family.
    """
    families = tuple(dict.fromkeys(told.families))
    family_of = np.array([families.index(family) for family in told.families], dtype=np.int64)
    exact_base = float(anchors.points(np.array([told.base]))[0])
    base = float(np.rint(exact_base))
    exact = told.parts * anchors.slope
    sums = np.stack([exact[:, family_of == place].sum(axis=1) for place in range(len(families))], axis=1)
    sums[:, 0] += exact_base - base
    points = whole_parts(np.rint(anchors.points(told.logit)) - base, sums)
    parts = np.zeros(exact.shape, dtype=np.int16)
    for place in range(len(families)):
        columns = np.flatnonzero(family_of == place)
        parts[:, columns] = whole_parts(points[:, place], exact[:, columns])
    return Modelled(base, families, points.astype(np.int16), told.names, family_of, parts, told.probability)


def together(several: Sequence[Modelled]) -> Modelled:
    """The rows of several, made with the same model, one after another."""
    first = several[0]
    if len(several) == 1:
        return first
    points, parts = np.concatenate([one.points for one in several]), np.concatenate([one.parts for one in several])
    probability = np.concatenate([one.probability for one in several])
    return Modelled(first.base, first.families, points, first.names, first.family_of, parts, probability)
