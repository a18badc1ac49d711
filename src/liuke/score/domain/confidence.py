"""How far a score may be trusted: fresh data, and enough of the customer's past."""

from __future__ import annotations

import numpy as np

from liuke.base.times import DAY_US
from liuke.signals.domain.signal import Numbers

FRESH_DAYS, STALE_DAYS, STALE = 3.0, 30.0, 0.3
ENOUGH_ORDER_DAYS, ENOUGH_DAYS = 6.0, 180.0


def confidence_of(order_days: Numbers, days_known: Numbers, newest_us: int, as_of_us: int) -> Numbers:
    """0–1: freshness × (0.4 + 0.3 × order days / 6 + 0.3 × days known / 180), each share at most 1.

    Freshness is 1 while the workspace's newest activity is at most 3 days old and falls linearly to 0.3 at 30 days:
    a dead connector looks like silent customers.
    """
    age = (as_of_us - newest_us) / DAY_US
    freshness = 1.0 - (1.0 - STALE) * float(np.clip((age - FRESH_DAYS) / (STALE_DAYS - FRESH_DAYS), 0.0, 1.0))
    orders = np.minimum(np.nan_to_num(order_days) / ENOUGH_ORDER_DAYS, 1.0)
    known = np.minimum(np.nan_to_num(days_known) / ENOUGH_DAYS, 1.0)
    return np.asarray(np.round(freshness * (0.4 + 0.3 * orders + 0.3 * known), 4))
