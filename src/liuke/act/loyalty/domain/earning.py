"""What an order earns, and what a redemption costs (LOY-01, LOY-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from liuke.act.loyalty.domain.programme import MemberLevel, Programme


@dataclass(frozen=True, slots=True)
class Purchase:
    """One order: `amount` in the workspace's currency, `day` local, `after_silence`: the n-th since a silence (0 = none)."""

    amount: float
    day: date
    after_silence: int = 0


@dataclass(frozen=True, slots=True)
class Earned:
    """Points of an order and how they came about; `points` = floor(amount × rate × level × risk × member day) + `winback`."""

    points: int
    winback: int = 0
    level_factor: float = 1.0
    risk_factor: float = 1.0
    day_factor: float = 1.0


def earned(order: Purchase, *, level: MemberLevel | None, risk: str, programme: Programme) -> Earned:
    """Nothing before the programme starts, and nothing for an order of no amount."""
    if not programme.enabled or programme.starts_on is None or order.day < programme.starts_on:
        return Earned(0)
    factors = (
        level.factor if level else 1.0,
        programme.ease(risk).factor,
        programme.member_day.factor if programme.member_day.holds(order.day) else 1.0,
    )
    points = floor(max(order.amount, 0.0) * programme.per_money * factors[0] * factors[1] * factors[2] + 1e-9)
    winback = programme.winback.points if 0 < order.after_silence <= programme.winback.times else 0
    return Earned(points + winback, winback, *factors)


def price_of(value: float, *, risk: str, programme: Programme) -> int:
    """Points that a redemption worth `value` takes from a customer of that risk level, rounded up. 0 where points are worth nothing."""
    if programme.worth <= 0:
        return 0
    return ceil(value / programme.worth * programme.ease(risk).price - 1e-9)
