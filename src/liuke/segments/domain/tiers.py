"""The three value tiers (SCR-09): by an absolute yearly amount, or by percentile of the workspace's customers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """高价值 / 中价值 / 普通."""

    HIGH = "high"
    MID = "mid"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class TierRule:
    """`by` is `amount` (yearly money in the workspace's currency) or `percentile` (0–1 of active customers by yearly money)."""

    by: str = "amount"
    high: float = 100_000.0
    mid: float = 10_000.0
