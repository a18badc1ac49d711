"""Gamma-Gamma: what a customer's purchases are worth on average, from few of them.

Fader & Hardie, "The Gamma-Gamma Model of Monetary Value", note 2013 (brucehardie.com/notes/025). Each purchase varies around the
customer's own mean (gamma: p), means vary between customers (q, v). Assumes that how much is spent does not depend on how often.
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
_BOUNDS = ((-7.0, 9.0), (0.001, 9.0), (-7.0, 20.0))


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """Three numbers that say what purchases are worth; made by `fit`. `q` > 1: the mean over customers exists."""

    p: float
    q: float
    v: float

    @property
    def overall(self) -> float:
        """The mean value of a purchase over all customers, in the unit of what was learned from."""
        return self.p * self.v / (self.q - 1)

    def expected(self, purchases: NDArray[Any], mean: NDArray[Any]) -> Numbers:
        """What each customer's purchases are worth on average (eq. 5): her mean drawn to the overall one, less with more purchases."""
        x = np.asarray(purchases, np.float64)
        seen = np.where(x > 0, np.nan_to_num(np.asarray(mean, np.float64)), 0.0)
        return np.asarray(self.p * (self.v + x * seen) / (self.p * x + self.q - 1))


def fit(purchases: NDArray[Any], mean: NDArray[Any], ridge: float = 0.0) -> GammaGamma:
    """Learns from customers with at least one purchase and their mean value, both above 0, by maximum likelihood (eq. 1a).

    `ridge` draws p and q to those of an ordinary shop: for few customers. Raises ValueError without such customers.
    """
    x, worth = np.asarray(purchases, np.float64), np.asarray(mean, np.float64)
    if not len(x) or min(x.min(), worth.min()) <= 0:
        raise ValueError("customers with purchases above 0 of a mean value above 0")
    unit = float(np.median(worth))
    start = np.log([2.0, 3.0, 1.0])
    found = optimize.minimize(_loss, start, (x, worth / unit, ridge), method="L-BFGS-B", bounds=_BOUNDS, options={"maxiter": 500})
    p, q, v = np.exp(found.x)
    return GammaGamma(float(p), float(q), float(v * unit))


def _loss(logs: Numbers, x: Numbers, worth: Numbers, ridge: float) -> float:
    p, q, v = np.exp(logs)
    each = special.gammaln(p * x + q) - special.gammaln(p * x) - special.gammaln(q) + q * np.log(v)
    each = each + (p * x - 1) * np.log(worth) + p * x * np.log(x) - (p * x + q) * np.log(x * worth + v)
    return float(-each.mean() + ridge * ((logs - np.log([2.0, 3.0, 1.0])) ** 2).sum())
