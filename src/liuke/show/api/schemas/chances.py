"""流失概率与时间: what the learned model says of a customer."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema


class ChanceBy(Schema):
    """The chance (0–1) to be lost by so many days from the scoring on."""

    day: int
    chance: float


class SimilarOut(Schema):
    """Of `of` customers whom the model once saw as near, `lost` were lost. Shares 0–1; `low`–`high` is a 95% interval."""

    of: int
    lost: int
    share: float
    low: float
    high: float
    base_rate: float
    """The share lost of all customers of that time."""
    text: str


class ChancesOut(Schema):
    """Everything but `mode`, `model` and `why_not` is null or empty where no model made the customer's score."""

    mode: Literal["rules", "calibrated", "model"]
    """What makes the workspace's scores now."""
    why_not: str
    """A sentence: why there is no probability; blank where there is one."""
    model: int | None
    """The version that made the score."""
    trained_at: datetime | None
    as_of: datetime | None
    horizon_days: int | None
    probability: float | None
    """To be lost within the horizon."""
    by: list[ChanceBy]
    """By 30, 60 and 90 days, as far as the past tells."""
    curve: list[ChanceBy]
    from_today: bool
    """Whether the curve begins with the probability: a silence that has begun already counts as lost from today on."""
    at_stake: float | None
    money_at_risk: float | None
    similar: SimilarOut | None
