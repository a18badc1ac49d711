"""Elastic discounts for the volume of a year (LOY-05): what holds, what the next step asks, what an order would save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liuke.act.loyalty.domain.programme import VolumeStep


@dataclass(frozen=True, slots=True)
class Quote:
    """For an order of `amount` on top of `yearly`: the step that then holds, and what is missing to the next."""

    amount: float
    percent: float
    net: float
    next_percent: float | None = None
    missing: float | None = None


def quote(yearly: float, amount: float, steps: Sequence[VolumeStep]) -> Quote:
    """The whole order at the step that year and order together reach. `yearly` and `amount` ≥ 0, in the workspace's currency."""
    total = yearly + amount
    percent = max((step.percent for step in steps if total >= step.least), default=0.0)
    ahead = next((step for step in steps if step.least > total), None)
    net = round(amount * (1 - percent / 100), 2)
    if ahead is None:
        return Quote(amount, percent, net)
    return Quote(amount, percent, net, ahead.percent, round(ahead.least - total, 2))
