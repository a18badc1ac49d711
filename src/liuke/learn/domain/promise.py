"""A promised precision (ALT-09): which threshold keeps it, decided at a moment from what was known then.

The calibrated logits of the past are put beside what happened. Per origin the offset says how far the world lay above or below the
model. The threshold trusts the most cautious of: the offsets of the newest origins whose outcome is known, those of the same season
a year earlier, and base rates expected from elsewhere (BG/NBD). Where the offsets differ by more than chance, every single alert has to
reach the target ("each"), because the list's average would hide a shift; where they do not, all known origins count as one and the
list as a whole has to, by what equally long lists realised ("mean").
A safety margin keeps the realised precision at the target less the tolerance, nine times out of ten. docs/algorithms/promise.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.base.times import DAY_US

Flags = NDArray[np.bool_]
Ids = NDArray[np.int64]
Numbers = NDArray[np.float64]

NEWEST_DAYS = 60
SEASON_DAYS = 32
YEAR_DAYS = 365
FEWEST_ORIGINS = 2
FEWEST_DAYS = 28
"""Between the oldest and the newest origin with known outcomes: two looks at one fortnight tell nothing about how the world moves."""
FEWEST_LOST = 30
STEADY = 0.05
"""Spread of the origins' offsets (log-odds, without the noise of counting) up to which the world counts as steady."""
SURE_90 = 1.2815515655446004


class Refusal(StrEnum):
    """Why no threshold is given."""

    HISTORY = "history"
    """Fewer than two origins four weeks apart, or fewer than thirty losses, whose outcome is known."""
    PROBABILITY = "probability"
    """Nobody's cautious probability reaches the target."""
    FEW = "few"
    """So few would be alerted that chance alone could break the promise."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is promised. `tolerance`: how far below the target a realised precision still counts as kept."""

    target: float
    horizon_days: int = 90
    tolerance: float = 0.03


@dataclass(frozen=True, slots=True)
class Predictions:
    """Out-of-time predictions, one row per customer and origin, and what happened. Times in UTC microseconds.

    `logit`: calibrated, made at the origin by a model that knew nothing later. `lost_at_us`: -1 where not lost or not known.
    `groups`: further names per row by which figures are told apart, e.g. "tier", "team".
    """

    customer: Ids
    origin_us: Ids
    logit: Numbers
    lost: Flags
    lost_at_us: Ids
    annual_value: Numbers
    treated: Flags
    groups: dict[str, NDArray[Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.customer)

    def take(self, rows: NDArray[Any]) -> Predictions:
        """The rows of these numbers, or of this mask."""
        return Predictions(
            self.customer[rows], self.origin_us[rows], self.logit[rows], self.lost[rows], self.lost_at_us[rows],
            self.annual_value[rows], self.treated[rows], {name: values[rows] for name, values in self.groups.items()},
        )  # fmt: skip

    @property
    def origins(self) -> tuple[int, ...]:
        """The moments, oldest first."""
        return tuple(int(at) for at in np.unique(self.origin_us))


@dataclass(frozen=True, slots=True)
class Rate:
    """A candidate for the base rate to come. `offset`: what it adds to the sloped logit; `source`: newest, season, pooled or expected."""

    source: str
    origin_us: int
    rate: float
    offset: float


@dataclass(frozen=True, slots=True)
class Decision:
    """The threshold on the calibrated logit, or why there is none. A customer's cautious log-odds are slope · logit + offset."""

    threshold: float | None
    refusal: Refusal | None
    rule: str
    slope: float = 1.0
    offset: float = 0.0
    spread: float = 0.0
    rates: tuple[Rate, ...] = ()
    expected_precision: float | None = None
    expected_alerts: int = 0


def sigmoid(logit: Numbers) -> Numbers:
    """Log-odds to probability, without overflow."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -500, 500))))


def offset_to(logit: Numbers, rate: float) -> float:
    """The number that, added to every logit, makes the mean probability `rate`; the rate is kept off 0 and 1 by half a case."""
    wanted = min(max(rate, 0.5 / len(logit)), 1 - 0.5 / len(logit))
    low, high = -40.0, 40.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if sigmoid(logit + middle).mean() < wanted else (low, middle)
    return (low + high) / 2


def slope_of(logit: Numbers, lost: Flags, steps: int = 25) -> float:
    """The slope of a logistic regression of the outcome on the logit (Platt), drawn to 1 by one case's worth, within 0.2–5."""
    y, at = lost.astype(np.float64), np.array([0.0, 1.0])
    for _ in range(steps):
        p = sigmoid(at[0] + at[1] * logit)
        w = p * (1 - p)
        gradient = np.array([(p - y).sum(), ((p - y) * logit).sum() + (at[1] - 1)])
        curvature = np.array([[w.sum() + 1e-9, (w * logit).sum()], [(w * logit).sum(), (w * logit**2).sum() + 1]])
        step = np.linalg.solve(curvature, gradient)
        at = at - np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-9:
            break
    return float(np.clip(at[1], 0.2, 5.0))


def decide(
    past: Predictions, pool: Numbers, at_us: int, asked: Asked, *, expected: Sequence[float] = (), known: Known | None = None
) -> Decision:
    """The threshold for an alert list at `at_us`. Only rows of `past` whose horizon had ended by then are read.

    `pool`: the logits of those who could be alerted then. `expected`: base rates foretold by others. `known`: where it is at hand.
    """
    seen = known or known_at(past, at_us, asked.horizon_days)
    if seen is None or not len(pool):
        return Decision(None, Refusal.HISTORY, "")
    steady = seen.spread <= STEADY
    lived, rule = (_pooled(seen), "mean") if steady else (_trusted(seen, at_us), "each")
    rates = (*lived, *(Rate("expected", at_us, rate, offset_to(seen.slope * pool, rate)) for rate in expected))
    offset = min(rate.offset for rate in rates)
    falling = np.sort(pool)[::-1]
    cautious = sigmoid(seen.slope * falling + offset)
    mean = np.cumsum(cautious) / np.arange(1, len(cautious) + 1)
    if steady and offset == lived[0].offset:
        mean = _realised(seen, falling, mean)
    end, refusal = _list_end(cautious, mean, asked, rule)
    if end == 0:
        return Decision(None, refusal, rule, seen.slope, offset, seen.spread, rates)
    return Decision(
        threshold=float(falling[end - 1]),
        refusal=None,
        rule=rule,
        slope=seen.slope,
        offset=offset,
        spread=seen.spread,
        rates=rates,
        expected_precision=float(mean[end - 1]),
        expected_alerts=end,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What the mature origins teach: the slope, each origin's offset and rate, and how much the offsets differ beyond chance."""

    slope: float
    origins: tuple[int, ...]
    rates: tuple[float, ...]
    offsets: tuple[float, ...]
    spread: float
    falling: Numbers
    caught: Ids
    """The known logits, falling, and how many of those so far were lost."""


def known_at(past: Predictions, at_us: int, horizon_days: int) -> Known | None:
    """From origins at least a horizon before `at_us`; None where there are too few of them, or too few losses."""
    mature = past.take(past.origin_us <= at_us - horizon_days * DAY_US)
    origins = mature.origins
    if len(origins) < FEWEST_ORIGINS or origins[-1] - origins[0] < FEWEST_DAYS * DAY_US:
        return None
    if int(mature.lost.sum()) < FEWEST_LOST or bool(mature.lost.all()):
        return None
    slope = slope_of(mature.logit, mature.lost)
    rates, offsets, noise = [], [], []
    for origin in origins:
        at = mature.origin_us == origin
        sloped = slope * mature.logit[at]
        rates.append(float(mature.lost[at].mean()))
        offsets.append(offset_to(sloped, rates[-1]))
        p = sigmoid(sloped + offsets[-1])
        noise.append(1 / max(float((p * (1 - p)).sum()), 1e-9))
    spread = sqrt(max(0.0, float(np.var(offsets, ddof=1)) - float(np.mean(noise))))
    order = np.argsort(-mature.logit, kind="stable")
    return Known(slope, origins, tuple(rates), tuple(offsets), spread, mature.logit[order], np.cumsum(mature.lost[order]))


def _pooled(known: Known) -> tuple[Rate, ...]:
    """All mature origins as one, where their differences are no more than chance: the lowest of them would be chance too."""
    return (Rate("pooled", known.origins[-1], float(np.mean(known.rates)), float(np.mean(known.offsets))),)


def _trusted(known: Known, at_us: int) -> tuple[Rate, ...]:
    """The newest mature origins, and those of the same season in earlier years."""
    found = []
    for origin, rate, offset in zip(known.origins, known.rates, known.offsets, strict=True):
        ago = (at_us - origin) / DAY_US
        years = round(ago / YEAR_DAYS)
        if (known.origins[-1] - origin) / DAY_US <= NEWEST_DAYS:
            found.append(Rate("newest", origin, rate, offset))
        elif years >= 1 and abs(ago - years * YEAR_DAYS) <= SEASON_DAYS:
            found.append(Rate("season", origin, rate, offset))
    return tuple(found)


def _realised(known: Known, falling: Numbers, otherwise: Numbers) -> Numbers:
    """What lists down to each of these logits realised at all known origins: a curve need not fit the few at the top.

    Where fewer than `FEWEST_LOST` known ones lie as high, `otherwise`.
    """
    above = np.searchsorted(-known.falling, -falling, side="right")
    share = known.caught[np.maximum(above, 1) - 1] / np.maximum(above, 1)
    return np.where(above >= FEWEST_LOST, share, otherwise)


def _list_end(cautious: Numbers, mean: Numbers, asked: Asked, rule: str) -> tuple[int, Refusal]:
    """How many of the falling probabilities make the longest list that keeps the promise, equals together; 0 and why where none does."""
    n = np.arange(1, len(cautious) + 1)
    good = cautious >= asked.target if rule == "each" else mean >= asked.target
    if not good.any():
        return 0, Refusal.PROBABILITY
    safe = mean - SURE_90 * np.sqrt(mean * (1 - mean) / n) >= asked.target - asked.tolerance
    ends = np.append(cautious[1:] < cautious[:-1], True)
    both = np.flatnonzero(good & safe & ends)
    return (int(both[-1]) + 1, Refusal.FEW) if len(both) else (0, Refusal.FEW)
