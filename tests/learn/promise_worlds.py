"""Made-up pasts: customers with a steady risk, moments 30 days apart, and a base rate that may move."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from liuke.base.times import DAY_US
from liuke.learn.domain.promise import Predictions, sigmoid

START_US = 20_000 * DAY_US
MONTH = 30


def world(
    shifts: Sequence[float], *, customers: int = 1_500, centre: float = 0.0, width: float = 1.6, seed: int = 1, every: int = MONTH
) -> Predictions:
    """One moment per shift: everybody's true log-odds lie that much above the model's."""
    random = np.random.default_rng(seed)
    size = customers * len(shifts)
    logit = centre + width * random.normal(size=size)
    origin = np.repeat(START_US + every * DAY_US * np.arange(len(shifts)), customers)
    lost = random.random(size) < sigmoid(logit + np.repeat(shifts, customers))
    customer = np.tile(np.arange(customers), len(shifts))
    after = random.integers(1, 90, size) * DAY_US
    return Predictions(
        customer=customer,
        origin_us=origin,
        logit=logit,
        lost=lost,
        lost_at_us=np.where(lost, origin + after, -1),
        annual_value=np.full(size, 100.0),
        treated=np.zeros(size, dtype=np.bool_),
        groups={"tier": np.where(customer % 3 == 0, "high", "low").astype(object)},
    )
