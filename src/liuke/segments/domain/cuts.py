"""Cut points between customers. They are found once per run over everybody and then frozen: a slice gets the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.segments.domain.tiers import Tier, TierRule

Numbers = NDArray[np.float64]
LEAST_BUYERS = 25
"""Below this many buyers quintiles say nothing: RFM is then not computable."""
_FIFTHS = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True, slots=True)
class TierCuts:
    """Yearly money from which a customer is of high or mid value."""

    high: float
    mid: float


@dataclass(frozen=True, slots=True)
class RfmCuts:
    """Four rising cut points each: minus days since the last order, order days in a year, yearly money. Empty: too few buyers."""

    r: tuple[float, ...] = ()
    f: tuple[float, ...] = ()
    m: tuple[float, ...] = ()


def tier_cuts(rule: TierRule, annual_value: Numbers) -> TierCuts:
    """The rule as amounts. By percentile (0.95: the top 5%), customers without money in the year do not count."""
    if rule.by == "amount":
        return TierCuts(rule.high, rule.mid)
    buyers = annual_value[annual_value > 0]
    if not buyers.size:
        return TierCuts(float("inf"), float("inf"))
    high, mid = np.quantile(buyers, [rule.high, rule.mid])
    return TierCuts(float(high), float(mid))


def tiers_of(annual_value: Numbers, cuts: TierCuts) -> NDArray[Any]:
    """The tier's value (`high`, `mid`, `low`) per customer; exactly at a cut belongs to the upper tier."""
    upper = np.where(annual_value >= cuts.mid, Tier.MID.value, Tier.LOW.value)
    return np.where(annual_value >= cuts.high, Tier.HIGH.value, upper)


def rfm_cuts(days_since_order: Numbers, order_days: Numbers, annual_value: Numbers) -> RfmCuts:
    """Quintile cuts over the customers who bought within the year (`order_days` ≥ 1); NaN means never ordered."""
    buyers = order_days >= 1
    if int(buyers.sum()) < LEAST_BUYERS:
        return RfmCuts()
    r, f, m = (
        tuple(float(cut) for cut in np.quantile(values[buyers], _FIFTHS)) for values in (-days_since_order, order_days, annual_value)
    )
    return RfmCuts(r, f, m)


def rfm_of(days_since_order: Numbers, order_days: Numbers, annual_value: Numbers, cuts: RfmCuts) -> Mapping[str, Numbers]:
    """Quintiles 1 (worst) to 5 for `r`, `f`, `m`; equal values get equal quintiles. 0 where unknown or never ordered."""
    known = ~np.isnan(days_since_order) & bool(cuts.r)
    out = {}
    for name, values, points in (("r", -days_since_order, cuts.r), ("f", order_days, cuts.f), ("m", annual_value, cuts.m)):
        rank = np.searchsorted(np.asarray(points, dtype=np.float64), values, side="left") + 1.0
        out[name] = np.where(known, rank, 0.0)
    return out
