"""Off the own baseline (SCR-08): this period against the customer's own usual one, and the score against its own past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.score.domain.faults import Fault, number, only, yes_or_no
from liuke.signals.domain.signal import Flags, Numbers

LEAST_ORDER_DAYS = 3.0
"""A customer with fewer days of orders has no usual amount yet."""
LEAST_POINTS = 10.0
"""A score that rose by less is within its noise, whatever the share."""


@dataclass(frozen=True, slots=True)
class BaselineRule:
    """`share` (0–1) off the baseline is told. A period is `days` long; the baseline is the mean of the `periods` before it."""

    enabled: bool = True
    share: float = 0.2
    days: float = 30.0
    periods: float = 6.0


def read_baseline(given: Mapping[str, object], fallback: BaselineRule, faults: list[Fault]) -> BaselineRule:
    """The rule from plain data; what is absent comes from `fallback`."""
    faults += only(given, "baseline", ("enabled", "share", "days", "periods"))
    return BaselineRule(
        yes_or_no(given.get("enabled", fallback.enabled), "baseline.enabled", faults),
        number(given.get("share", fallback.share), "baseline.share", 0.05, 1, faults),
        number(given.get("days", fallback.days), "baseline.days", 7, 92, faults),
        number(given.get("periods", fallback.periods), "baseline.periods", 2, 12, faults),
    )


def under_usual(now: Numbers, before: Numbers, rule: BaselineRule) -> Numbers:
    """How far this period lies under the usual one, as a share of it (0.35: 35% less; negative: more). NaN without a usual one.

    `before` is the sum over all `rule.periods` before this period.
    """
    usual = np.nan_to_num(before) / rule.periods
    by = np.full(len(now), np.nan)
    known = usual > 0
    by[known] = 1.0 - np.nan_to_num(now)[known] / usual[known]
    return by


def of_groups(now: Numbers, before: Numbers, rule: BaselineRule, groups: NDArray[Any]) -> dict[str, float]:
    """How far each whole group (tier, segment) lies under its own usual period; groups without one are left out."""
    out = {}
    for group in np.unique(groups):
        rows = groups == group
        usual = float(np.nan_to_num(before)[rows].sum()) / rule.periods
        if usual > 0:
            out[str(group)] = 1.0 - float(np.nan_to_num(now)[rows].sum()) / usual
    return out


def off_baseline(under: Sequence[Numbers], order_days: Numbers, rule: BaselineRule) -> Flags:
    """Who lies further under any of its own baselines than the rule's share, and has enough of a past to say so."""
    told = np.zeros(len(order_days), dtype=np.bool_)
    if rule.enabled:
        for by in under:
            told |= np.nan_to_num(by) > rule.share
    return np.asarray(told & (np.nan_to_num(order_days) >= LEAST_ORDER_DAYS))


def score_off(score: Numbers, usual: Numbers, rule: BaselineRule) -> Flags:
    """Whose score lies more than the share, and ten points, above its own past (`usual`; NaN where there is none)."""
    off = np.zeros(len(score), dtype=np.bool_)
    known = ~np.isnan(usual)
    if rule.enabled:
        off[known] = (score[known] > usual[known] * (1 + rule.share)) & (score[known] - usual[known] >= LEAST_POINTS)
    return off
