"""How one column becomes numbers: a number's quantile-normal score, a category's levels or its rate, a text's length."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from liuke.base.later import Later
from liuke.score.model.table import Column, Numbers

special = Later("scipy.special")

KNOTS = 128
"""Points at which a number's distribution is kept."""
LEVELS = 12
"""Up to so many levels a category has one feature each; above it is its rate that counts."""
RARE = 5
"""A level with fewer rows is read as one never seen."""
SMOOTHING = 20.0
"""Rows of the base rate that a level's rate is mixed with (Micci-Barreca, SIGKDD Explorations 3, 2001)."""


class NumberCode(msgspec.Struct, frozen=True, tag="number"):
    """`knots` → `scores`: the normal quantile of the mid-rank, shifted and scaled; `lacking` the share of missing values."""

    column: Column
    knots: tuple[float, ...]
    scores: tuple[float, ...]
    lacking: float

    @property
    def line_width(self) -> int:
        """Features for lines: the score, and whether it is missing where that happened in training."""
        return 2 if 0 < self.lacking < 1 else 1

    @property
    def tree_width(self) -> int:
        """Features for trees."""
        return 1

    def lines(self, values: NDArray[Any]) -> Numbers:
        """(rows, 1 or 2); a missing value scores 0, the mean."""
        number = np.asarray(values, dtype=np.float64)
        missing = np.isnan(number)
        score = np.interp(number, self.knots, self.scores)
        score[missing] = 0.0
        if self.line_width == 1:
            return score[:, None]
        spread = np.sqrt(self.lacking * (1 - self.lacking))
        return np.column_stack([score, (missing - self.lacking) / spread])

    def trees(self, values: NDArray[Any]) -> Numbers:
        """(rows, 1)."""
        return np.asarray(values, dtype=np.float64)[:, None]


class LevelCode(msgspec.Struct, frozen=True, tag="level"):
    """A category of few levels: one feature per level; `shares` their shares. Of two levels one feature says it all."""

    column: Column
    levels: tuple[str, ...]
    shares: tuple[float, ...]

    @property
    def line_width(self) -> int:
        """Features for lines."""
        return len(self.levels)

    @property
    def tree_width(self) -> int:
        """Features for trees."""
        return len(self.levels)

    def lines(self, values: NDArray[Any]) -> Numbers:
        """(rows, levels), standardised."""
        share = np.asarray(self.shares)
        return np.asarray((self.trees(values) - share) / np.sqrt(share * (1 - share)))

    def trees(self, values: NDArray[Any]) -> Numbers:
        """(rows, levels) of 0 and 1; a level never seen is all 0."""
        found, place = np.unique(values.astype(np.str_), return_inverse=True)
        known = np.array([[word == level for level in self.levels] for word in found], dtype=np.float64)
        return known.reshape(len(found), len(self.levels))[place]


class RateCode(msgspec.Struct, frozen=True, tag="rate"):
    """A category of many levels: the log-odds of the outcome at its level, mixed with the base rate, and the level's size."""

    column: Column
    levels: tuple[str, ...]
    rates: tuple[float, ...]
    sizes: tuple[float, ...]
    other: float
    """Log-odds of a level never seen: the base rate's."""
    centre: tuple[float, float]
    spread: tuple[float, float]

    @property
    def line_width(self) -> int:
        """Features for lines: rate and size."""
        return 2

    @property
    def tree_width(self) -> int:
        """Features for trees: rate and size."""
        return 2

    def lines(self, values: NDArray[Any]) -> Numbers:
        """(rows, 2), standardised."""
        return np.asarray((self.trees(values) - self.centre) / self.spread)

    def trees(self, values: NDArray[Any]) -> Numbers:
        """(rows, 2): log-odds, log of the size."""
        found, place = np.unique(values.astype(np.str_), return_inverse=True)
        known = dict(zip(self.levels, zip(self.rates, self.sizes, strict=True), strict=True))
        return np.array([known.get(str(word), (self.other, 0.0)) for word in found]).reshape(len(found), 2)[place]


class TextCode(msgspec.Struct, frozen=True, tag="text"):
    """A free text by its length alone: reading is the work of `text/`, which comes before the table."""

    column: Column
    centre: float
    spread: float

    @property
    def line_width(self) -> int:
        """Features for lines."""
        return 1

    @property
    def tree_width(self) -> int:
        """Features for trees."""
        return 1

    def lines(self, values: NDArray[Any]) -> Numbers:
        """(rows, 1), standardised."""
        return (self.trees(values) - self.centre) / self.spread

    def trees(self, values: NDArray[Any]) -> Numbers:
        """(rows, 1): log of the length in characters."""
        return np.log1p(np.array([len(word) for word in values], dtype=np.float64))[:, None]


Code = NumberCode | LevelCode | RateCode | TextCode


def learn_code(column: Column, values: NDArray[Any], y: NDArray[Any]) -> Code:
    """The code of a column from its training rows."""
    if column.kind == "number":
        return _number(column, np.asarray(values, dtype=np.float64))
    if column.kind == "text":
        length = np.log1p(np.array([len(word) for word in values], dtype=np.float64))
        return TextCode(column, float(length.mean()), float(length.std()) or 1.0)
    levels, place, sizes = np.unique(values.astype(np.str_), return_inverse=True, return_counts=True)
    usual = np.flatnonzero(sizes >= min(RARE, len(values) // 20))
    if len(usual) > LEVELS:
        return _rate(column, levels, place, np.asarray(y, dtype=np.float64))
    kept = usual[np.argsort(-sizes[usual], kind="stable")]
    kept = kept[1:] if sizes[kept].sum() == len(values) else kept
    return LevelCode(column, tuple(levels[kept].tolist()), tuple((sizes[kept] / len(values)).tolist()))


def _number(column: Column, values: Numbers) -> NumberCode:
    known = np.sort(values[~np.isnan(values)])
    lacking = 1 - len(known) / max(1, len(values))
    if not len(known):
        return NumberCode(column, (0.0,), (0.0,), lacking)
    distinct, counts = np.unique(known, return_counts=True)
    middle = (np.cumsum(counts) - counts / 2) / len(known)
    score = special.ndtri(middle)
    mean = float((score * counts).sum() / len(known))
    spread = float(np.sqrt((((score - mean) ** 2) * counts).sum() / len(values))) or 1.0
    if len(distinct) > KNOTS:
        at = np.unique(np.searchsorted(middle, np.linspace(0, 1, KNOTS)).clip(0, len(distinct) - 1))
        distinct, score = distinct[at], score[at]
    return NumberCode(column, tuple(distinct.tolist()), tuple(((score - mean) / spread).tolist()), lacking)


def _rate(column: Column, levels: NDArray[Any], place: NDArray[np.int64], y: Numbers) -> RateCode:
    sizes = np.bincount(place, minlength=len(levels)).astype(float)
    base = y.mean()
    mixed = (np.bincount(place, weights=y, minlength=len(levels)) + SMOOTHING * base) / (sizes + SMOOTHING)
    rates = np.log(mixed / (1 - mixed))
    kept = np.flatnonzero(sizes >= RARE)
    sized = np.log1p(sizes)
    whole = np.column_stack([rates[place], sized[place]])
    spread = np.where(whole.std(axis=0) > 0, whole.std(axis=0), 1.0)
    return RateCode(
        column,
        tuple(levels[kept].tolist()),
        tuple(rates[kept].tolist()),
        tuple(sized[kept].tolist()),
        float(np.log(base / (1 - base))),
        (float(whole[:, 0].mean()), float(whole[:, 1].mean())),
        (float(spread[0]), float(spread[1])),
    )


def rates_of_others(code: RateCode, values: NDArray[Any], y: NDArray[Any], part: NDArray[np.int64]) -> Numbers:
    """(rows, 2) as `RateCode.trees`, each row by the outcomes of the other parts only."""
    out = np.empty((len(values), 2))
    for number in np.unique(part):
        mine, others = part == number, part != number
        levels, place = np.unique(values[others].astype(np.str_), return_inverse=True)
        out[mine] = _rate(code.column, levels, place, np.asarray(y, dtype=np.float64)[others]).trees(values[mine])
    return out
