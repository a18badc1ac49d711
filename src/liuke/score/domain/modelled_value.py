"""What is at stake: what a customer would bring in the coming year if it stayed. A contract says so; else it follows from its purchases.

Without a contract: expected purchases of somebody who still buys (BG/NBD, given alive) × what a purchase is worth (Gamma-Gamma). Money at
risk = the chance to be lost × this value, so that the chance is not counted twice.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np

from liuke.signals.domain.signal import Flags, Numbers
from liuke.stats import bgnbd, gammagamma

YEAR = 365
FEWEST = 100
"""Customers who bought again: fewer do not tell how a shop's customers buy; then the money of the last year stands for the next."""
MOST = 10_000
"""Customers that the numbers are learned from; of more every so manieth is taken."""
RIDGE = 1e-4
COARSE = 7.0
"""Days are rounded to weeks for learning: many customers become equal and are counted once."""


@dataclass(frozen=True, slots=True)
class Buying:
    """What is known of customers without a contract. Days; NaN where never. `year_days`: days with an order of the last 365."""

    order_days: Numbers
    since_first: Numbers
    since_last: Numbers
    year_days: Numbers
    year_amount: Numbers

    @property
    def bought(self) -> Flags:
        """Whoever bought at all."""
        return np.asarray((self.order_days > 0) & (self.since_first >= self.since_last))


@dataclass(frozen=True, slots=True)
class Worth:
    """How the customers of a workspace buy, as learned by a run over all: the numbers of BG/NBD and of Gamma-Gamma."""

    r: float
    alpha: float
    a: float
    b: float
    p: float
    q: float
    v: float

    def to_plain(self) -> list[float]:
        """JSON-ready; `Worth(*plain)` gives it back."""
        return list(astuple(self))

    def next_year(self, buying: Buying) -> Numbers:
        """Expected money of the next 365 days of each customer while it stays; 0 for those who never bought."""
        repeats, recency, age = _three(buying)
        model = bgnbd.BgNbd(self.r, self.alpha, self.a, self.b)
        purchases = model.expected(YEAR, repeats, recency, age) / np.maximum(model.alive(repeats, recency, age), 1e-6)
        spent = gammagamma.GammaGamma(self.p, self.q, self.v).expected(buying.year_days, _mean(buying))
        return np.asarray(np.where(buying.bought, purchases * spent, 0.0))


def worth_of(buying: Buying) -> Worth | None:
    """Learned from everybody; None where fewer than a hundred bought again or had something to pay."""
    again = buying.bought & (buying.order_days >= 2)
    paying = (buying.year_days > 0) & (buying.year_amount > 0)
    if int(again.sum()) < FEWEST or int(paying.sum()) < FEWEST:
        return None
    rows, money = _some(buying.bought), _some(paying)
    repeats, recency, age = (column[rows] for column in _three(buying))
    weeks = np.rint(recency / COARSE) * COARSE
    often = bgnbd.fit(repeats, weeks, np.maximum(np.rint(age / COARSE) * COARSE, weeks), RIDGE)
    much = gammagamma.fit(buying.year_days[money], _mean(buying)[money], RIDGE)
    return Worth(often.r, often.alpha, often.a, often.b, much.p, much.q, much.v)


def at_stake(*, contract: Numbers | None, buying: Buying, worth: Worth | None) -> Numbers:
    """The coming year's value: the contract's amount where there is one, else what purchases promise, else the last year's money."""
    expected = np.maximum(buying.year_amount, 0.0) if worth is None else worth.next_year(buying)
    if contract is None:
        return np.asarray(np.round(expected, 2), dtype=np.float64)
    return np.asarray(np.round(np.where(np.nan_to_num(contract) > 0, contract, expected), 2), dtype=np.float64)


def _three(buying: Buying) -> tuple[Numbers, Numbers, Numbers]:
    age = np.nan_to_num(buying.since_first)
    last = np.nan_to_num(buying.since_last)
    return np.maximum(buying.order_days - 1, 0.0), np.where(buying.order_days > 1, np.maximum(age - last, 0.0), 0.0), age


def _mean(buying: Buying) -> Numbers:
    return np.asarray(np.maximum(buying.year_amount, 0.0) / np.maximum(buying.year_days, 1.0))


def _some(who: Flags) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    rows = np.flatnonzero(who)
    return rows[:: max(1, -(-len(rows) // MOST))]
