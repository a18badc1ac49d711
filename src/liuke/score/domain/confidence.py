"""How far a score may be trusted (BEY-06): fresh data, enough of the customer's past, and signals that could be computed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from liuke.base.times import DAY_US
from liuke.score.domain.points import Line
from liuke.signals.domain.signal import Numbers
from liuke.signals.service import signal_computable

FRESH_DAYS, STALE_DAYS, STALE = 3.0, 30.0, 0.3
ENOUGH_ORDER_DAYS, ENOUGH_DAYS = 6.0, 180.0
BLIND = 0.5
"""Confidence that is left when no signal could be computed."""


@dataclass(frozen=True, slots=True)
class Why:
    """A reason of the confidence: `key` is a catalogue key, `params` fill its sentence."""

    key: str
    params: dict[str, float]


def freshness_of(newest_us: int, as_of_us: int) -> float:
    """1 while the workspace's newest activity is at most 3 days old, falling linearly to 0.3 at 30 days."""
    age = (as_of_us - newest_us) / DAY_US
    return 1.0 - (1.0 - STALE) * float(np.clip((age - FRESH_DAYS) / (STALE_DAYS - FRESH_DAYS), 0.0, 1.0))


def known_share(lines: Sequence[Line], weights: Mapping[str, float], kinds: Collection[str], size: int) -> Numbers:
    """Which share of the weights belongs to signals that could be computed for the customer, 0–1.

    `weights`: points by signal. Signals that a workspace with these `kinds` of activity cannot have at all count for nothing:
    that a source is not there is told on the readiness page.
    """
    total, known = 0.0, np.zeros(size)
    for line in lines:
        if signal_computable(line.signal, kinds):
            weight = abs(weights[line.signal.code])
            total += weight
            known += weight * ~line.judged.unknown
    return known / total if total else np.ones(size)


def confidence_of(order_days: Numbers, days_known: Numbers, newest_us: int, as_of_us: int, share_known: Numbers | float = 1.0) -> Numbers:
    """0–1: freshness × (0.4 + 0.3 × order days / 6 + 0.3 × days known / 180) × (0.5 + 0.5 × share known), each share at most 1.

    Freshness: a dead connector looks like silent customers.
    """
    orders = np.minimum(np.nan_to_num(order_days) / ENOUGH_ORDER_DAYS, 1.0)
    known = np.minimum(np.nan_to_num(days_known) / ENOUGH_DAYS, 1.0)
    seen = BLIND + (1.0 - BLIND) * share_known
    return np.asarray(np.round(freshness_of(newest_us, as_of_us) * (0.4 + 0.3 * orders + 0.3 * known) * seen, 4))


def confidence_why(*, age_days: float, order_days: float, days_known: float, unknown: int) -> list[Why]:
    """What lowers a customer's confidence, the gravest first; nothing where all is well.

    `age_days`: since the workspace's newest activity. `unknown`: signals that others have and this customer's data do not tell.
    """
    told = []
    if age_days > FRESH_DAYS:
        told.append(Why("confidence.stale", {"days": float(int(age_days))}))
    if order_days < ENOUGH_ORDER_DAYS:
        told.append(Why("confidence.orders", {"count": float(int(order_days)), "enough": ENOUGH_ORDER_DAYS}))
    if days_known < ENOUGH_DAYS:
        told.append(Why("confidence.young", {"days": float(int(days_known)), "enough": ENOUGH_DAYS}))
    if unknown:
        told.append(Why("confidence.unknown", {"count": float(unknown)}))
    return told
