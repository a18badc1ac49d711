"""Similar cases of the past, beside a score: of the customers that the model once saw as it sees this one now, how many were lost.

Similar means near in the model's own space, its calibrated log-odds, on days when it did not know what would come. One snapshot per
customer counts, the nearest, so that the interval is one of customers; whom somebody approached because of an alert is left out, since
a saved customer looks like a false alarm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.stats.proportion import wilson

WANTED = 200
FEWEST = 30
WIDEST = 1.0
"""Log-odds: what lies further away is not similar, even where there are few cases."""


@dataclass(frozen=True, slots=True)
class Cases:
    """The snapshots that a model was judged on, one row per customer and origin, of customers that nobody approached."""

    customer: NDArray[np.int64]
    logit: NDArray[np.float64]
    lost: NDArray[np.bool_]

    @property
    def base_rate(self) -> float:
        """The share (0–1) lost of all of them; NaN without any."""
        return float(self.lost.mean()) if len(self.lost) else float("nan")


@dataclass(frozen=True, slots=True)
class Similar:
    """`lost` of `of` similar customers were lost, `low`–`high` is Wilson's 95%; `base_rate`: of all. Shares 0–1."""

    of: int
    lost: int
    low: float
    high: float
    base_rate: float

    @property
    def share(self) -> float:
        """The share lost."""
        return self.lost / self.of


def cases_of(customer: NDArray[Any], logit: NDArray[Any], lost: NDArray[Any], treated: NDArray[Any]) -> Cases:
    """Cases without those who were approached."""
    kept = ~np.asarray(treated, dtype=np.bool_)
    return Cases(
        np.asarray(customer, dtype=np.int64)[kept],
        np.asarray(logit, dtype=np.float64)[kept],
        np.asarray(lost, dtype=np.bool_)[kept],
    )


def similar_cases(cases: Cases, *, logit: float, besides: int) -> Similar | None:
    """The nearest two hundred customers within one log-odd, `besides` the customer itself; None where they are fewer than thirty."""
    near = np.flatnonzero((np.abs(cases.logit - logit) <= WIDEST) & (cases.customer != besides))
    near = near[np.argsort(np.abs(cases.logit[near] - logit), kind="stable")]
    _, first = np.unique(cases.customer[near], return_index=True)
    nearest = near[np.sort(first)][:WANTED]
    if len(nearest) < FEWEST:
        return None
    lost = int(cases.lost[nearest].sum())
    low, high = wilson(lost, len(nearest))
    return Similar(len(nearest), lost, low, high, cases.base_rate)
