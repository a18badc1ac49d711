"""BG/NBD: how often customers without a contract will buy again, and whether they still do, from three numbers of each.

Fader, Hardie & Lee, "Counting your customers" the easy way, Marketing Science 24(2), 2005, 275–284. While a customer is alive, purchases
come at a rate of her own (gamma distributed: r, alpha); after each she stops for good with a probability of her own (beta: a, b).
Of each customer: `repeats` (purchases after the first), `recency` (first to last purchase) and `age` (first purchase to today), in one
unit of time, which is also the unit of every answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.base.later import Later

optimize = Later("scipy.optimize")
special = Later("scipy.special")

Numbers = NDArray[np.float64]
_START = np.log([1.0, 5.0, 1.0, 2.0])
_BOUNDS = ((-7.0, 7.0), (-7.0, 12.0), (-7.0, 7.0), (-7.0, 9.0))


@dataclass(frozen=True, slots=True)
class BgNbd:
    """Four numbers that say how a customer base buys and stops; made by `fit`."""

    r: float
    alpha: float
    a: float
    b: float

    def expected(self, days: float, repeats: NDArray[Any], recency: NDArray[Any], age: NDArray[Any]) -> Numbers:
        """Purchases of each customer in the next `days` (eq. 10 of the paper)."""
        x, recent, old = _three(repeats, recency, age)
        top = self.a + self.b + x - 1
        stops = self.a if abs(self.a - 1) > 1e-6 else 1 + 1e-6
        series = np.log(np.maximum(special.hyp2f1(self.r + x, self.b + x, top, days / (self.alpha + old + days)), 1e-300))
        shrunk = np.exp(series + (self.r + x) * np.log((self.alpha + old) / (self.alpha + old + days)))
        return np.asarray(np.maximum(top / (stops - 1) * (1 - shrunk), 0.0) * self.alive(x, recent, old))

    def alive(self, repeats: NDArray[Any], recency: NDArray[Any], age: NDArray[Any]) -> Numbers:
        """The chance (0–1) that each customer still buys; 1 for those without a repeat, since one stops only after buying."""
        x, recent, old = _three(repeats, recency, age)
        gone = np.log(self.a / (self.b + np.maximum(x, 1) - 1)) + (self.r + x) * np.log((self.alpha + old) / (self.alpha + recent))
        return np.asarray(np.where(x > 0, special.expit(-gone), 1.0))

    def silent(self, days: float, repeats: NDArray[Any], recency: NDArray[Any], age: NDArray[Any]) -> Numbers:
        """The chance (0–1) that each customer buys nothing in the next `days`: gone, or alive and waiting (gamma-Poisson with no event)."""
        x, recent, old = _three(repeats, recency, age)
        waiting = np.exp((self.r + x) * np.log((self.alpha + old) / (self.alpha + old + days)))
        alive = self.alive(x, recent, old)
        return np.asarray(1 - alive * (1 - waiting))


def fit(repeats: NDArray[Any], recency: NDArray[Any], age: NDArray[Any], ridge: float = 0.0) -> BgNbd:
    """Learns from one row per customer by maximum likelihood (eq. 6); equal customers are counted once.

    `ridge` draws the logarithms of the numbers to those of an ordinary shop: for few customers. Raises ValueError without customers
    or where a recency exceeds its age.
    """
    x, recent, old = _three(repeats, recency, age)
    if not len(x) or (recent > old).any() or min(x.min(), recent.min(), old.min()) < 0:
        raise ValueError("customers with 0 ≤ recency ≤ age")
    unit = max(float(old.mean()), 1e-9) / 30
    kinds, count = np.unique(np.column_stack([x, recent / unit, old / unit]), axis=0, return_counts=True)
    found = optimize.minimize(
        _loss, _START, (kinds, count / count.sum(), ridge), method="L-BFGS-B", bounds=_BOUNDS, options={"maxiter": 500}
    )
    r, alpha, a, b = np.exp(found.x)
    return BgNbd(float(r), float(alpha * unit), float(a), float(b))


def _three(repeats: NDArray[Any], recency: NDArray[Any], age: NDArray[Any]) -> tuple[Numbers, Numbers, Numbers]:
    return np.asarray(repeats, np.float64), np.asarray(recency, np.float64), np.asarray(age, np.float64)


def _loss(logs: Numbers, kinds: Numbers, share: Numbers, ridge: float) -> float:
    r, alpha, a, b = np.exp(logs)
    x, recent, old = kinds.T
    bought = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha)
    still = special.betaln(a, b + x) - special.betaln(a, b) - (r + x) * np.log(alpha + old)
    ended = special.betaln(a + 1, b + np.maximum(x, 1) - 1) - special.betaln(a, b) - (r + x) * np.log(alpha + recent)
    either = bought + np.where(x > 0, np.logaddexp(still, ended), still)
    return float(-(share * either).sum() + ridge * ((logs - _START) ** 2).sum())
