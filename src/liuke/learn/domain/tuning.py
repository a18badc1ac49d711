"""The weights that outcomes suggest (automatic tuning): experts' log-odds, moved as far as the data insist, signs kept.

The same reckoning as the score's: of the signals that tell of the same fact only the strongest counts. Every origin has its own base
rate, so that a season is not mistaken for a signal. Proposed only; a person approves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from liuke.score.domain.model_metrics import SIGNAL_PREFIX
from liuke.score.model.table import Numbers
from liuke.signals.domain.catalogue import BY_CODE
from liuke.stats.bootstrap import cluster_weights
from liuke.stats.logistic import SignedLogistic

POINTS_PER_LOGIT = 42
"""What the shipped templates were made with (docs/algorithms/score.md)."""
PRIOR_ROWS = 50.0
"""How many rows' worth of pull the experts' weights have."""
ROUNDS = 6
MOST_POINTS = 100
SEASONS = ((1, 2, 3), (4, 5, 6), (7, 8, 9), (10, 11, 12))
FACTOR_LOW, FACTOR_HIGH = 0.5, 2.0
LEAST_CHANGE = 0.05
"""A factor nearer to 1 changes no score by a point worth speaking of."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Strengths (0–1) per signal code, protective ones too as they fire; outcome, customer and origin per row."""

    strengths: Mapping[str, Numbers]
    lost: Numbers
    customers: NDArray[np.int64]
    origin: NDArray[np.int64]
    days: Sequence[date]


@dataclass(frozen=True, slots=True)
class Tuned:
    """One signal's points before and after; `fired`: the share of the rows for which it said anything."""

    code: str
    before: float
    after: float
    fired: float

    def to_plain(self) -> dict[str, object]:
        """JSON-ready."""
        return {"code": self.code, "before": self.before, "after": self.after, "fired": self.fired}


@dataclass(frozen=True, slots=True)
class SeasonFactor:
    """In a quarter of the year a family counts `factor` times as much as over the year; the 95% interval leaves 1 out (SCR-06)."""

    quarter: int
    family: str
    factor: float
    low: float
    high: float
    n: int

    def to_plain(self) -> dict[str, object]:
        """JSON-ready."""
        return {
            "quarter": self.quarter, "family": self.family, "factor": self.factor, "low": self.low, "high": self.high, "n": self.n,
        }  # fmt: skip


def tuned_weights(lesson: Lesson, points: Mapping[str, float]) -> tuple[Tuned, ...]:
    """Proposed points of every signal that fires for anybody, in the catalogue's order. `points`: those in use, negative if protective."""
    codes = [code for code, strength in lesson.strengths.items() if code in points and strength.any()]
    if not codes:
        return ()
    x = np.column_stack([lesson.strengths[code] for code in codes])
    sign = np.array([-1.0 if BY_CODE[code].protective else 1.0 for code in codes])
    prior = np.array([points[code] for code in codes]) / POINTS_PER_LOGIT
    coefficients = _learned(x, codes, sign, prior, lesson)
    fired = (x > 0).mean(axis=0)
    after = np.clip(np.rint(coefficients * POINTS_PER_LOGIT), -MOST_POINTS, MOST_POINTS) + 0.0
    return tuple(Tuned(code, float(points[code]), float(new), float(share)) for code, new, share in zip(codes, after, fired, strict=True))


def season_factors(lesson: Lesson, points: Mapping[str, float], *, times: int = 30, seed: int = 7) -> tuple[SeasonFactor, ...]:
    """By which factor each family's points would have to change in each quarter, only where drawing customers leaves no doubt."""
    codes = [code for code, strength in lesson.strengths.items() if points.get(code) and strength.any()]
    families = sorted({BY_CODE[code].family.value for code in codes})
    if not families:
        return ()
    columns = _by_family(lesson, points, codes, families)
    months = np.array([lesson.days[at].month for at in lesson.origin])
    found: list[SeasonFactor] = []
    for number, quarter in enumerate(SEASONS, 1):
        rows = np.flatnonzero(np.isin(months, quarter))
        if 0 < lesson.lost[rows].sum() < len(rows):
            part = Lesson({}, lesson.lost[rows], lesson.customers[rows], lesson.origin[rows], lesson.days)
            found += _beyond_doubt(number, families, _drawn(columns[rows], part, times, seed), len(rows))
    return tuple(found)


def _by_family(lesson: Lesson, points: Mapping[str, float], codes: Sequence[str], families: Sequence[str]) -> Numbers:
    """A column per family: what its signals add to the log-odds of each row."""
    x = np.column_stack([lesson.strengths[code] for code in codes])
    kept = strongest(x, codes, np.array([points[code] for code in codes]))
    logit = {family: np.zeros(len(lesson.lost)) for family in families}
    for at, code in enumerate(codes):
        logit[BY_CODE[code].family.value] += kept[:, at] * points[code] / POINTS_PER_LOGIT
    return np.column_stack(list(logit.values()))


def _beyond_doubt(quarter: int, families: Sequence[str], drawn: tuple[Numbers, Numbers, Numbers], n: int) -> list[SeasonFactor]:
    """The families whose factor is worth speaking of and whose interval leaves 1 out."""
    now, low, high = drawn
    return [
        SeasonFactor(quarter, family, round(float(np.clip(now[at], FACTOR_LOW, FACTOR_HIGH)), 2), float(low[at]), float(high[at]), n)
        for at, family in enumerate(families)
        if abs(now[at] - 1) >= LEAST_CHANGE and (low[at] > 1 or high[at] < 1)
    ]


def strongest(x: Numbers, codes: Sequence[str], coefficients: Numbers) -> Numbers:
    """Strengths where of each group of signals only the one with the most points stays, the graver of equal ones."""
    out = x.copy()
    groups: dict[str, list[int]] = {}
    for at, code in enumerate(codes):
        if BY_CODE[code].group:
            groups.setdefault(BY_CODE[code].group, []).append(at)
    for members in groups.values():
        points = x[:, members] * np.maximum(np.abs(coefficients[members]), 1e-3)
        best = len(members) - 1 - points[:, ::-1].argmax(axis=1)
        for nth, column in enumerate(members):
            out[best != nth, column] = 0.0
    return out


def _learned(x: Numbers, codes: Sequence[str], sign: Numbers, prior: Numbers, lesson: Lesson) -> Numbers:
    season = _own_rates(lesson.origin)
    free = np.ones(season.shape[1])
    coefficients = prior
    for _ in range(ROUNDS):
        rows = np.hstack([strongest(x, codes, coefficients), season, season])
        signs, centre = np.r_[sign, free, -free], np.r_[prior, 0 * free, 0 * free]
        learned = SignedLogistic(signs, centre, PRIOR_ROWS / len(lesson.lost), steps=50).fit(rows, lesson.lost)
        moved = np.asarray(learned.coefficients_[: len(codes)])
        if np.abs(moved - coefficients).max() < 0.005:
            return moved
        coefficients = moved
    return coefficients


def _own_rates(origin: NDArray[np.int64]) -> Numbers:
    """A column per origin but the first."""
    return np.column_stack([(origin == at).astype(float) for at in np.unique(origin)[1:]] or [np.zeros(len(origin))])


def _drawn(columns: Numbers, part: Lesson, times: int, seed: int) -> tuple[Numbers, Numbers, Numbers]:
    """The factor of each column and its 95% interval by drawing customers."""
    season, size = _own_rates(part.origin), columns.shape[1]
    design = np.hstack([columns, season, season])
    free = np.ones(season.shape[1])
    signs, centre = np.r_[np.ones(size), free, -free], np.r_[np.ones(size), 0 * free, 0 * free]
    _, customer = np.unique(part.customers, return_inverse=True)

    def learned(weight: Numbers | None) -> Numbers:
        model = SignedLogistic(signs, centre, PRIOR_ROWS / len(part.lost), steps=20).fit(design, part.lost, weight)
        return np.asarray(model.coefficients_[:size])

    draws = cluster_weights(int(customer.max()) + 1, times=times, seed=seed)
    low, high = np.quantile([learned(weights[customer].astype(np.float64)) for weights in draws], [0.025, 0.975], axis=0)
    return learned(None), low, high


def lesson_of(
    values: Mapping[str, Numbers], lost: Numbers, customers: NDArray[np.int64], origin: NDArray[np.int64], days: Sequence[date]
) -> Lesson:
    """From the model's columns: `signal.<code>`, protective ones turned back to how strongly they fire."""
    strengths = {}
    for name, column in values.items():
        if name.startswith(SIGNAL_PREFIX):
            code = name.removeprefix(SIGNAL_PREFIX)
            strengths[code] = 1.0 - column if BY_CODE[code].protective else column
    return Lesson(strengths, lost, customers, origin, days)
