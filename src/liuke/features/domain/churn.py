"""What counts as lost (SCR-10), per workspace."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ChurnDefinition:
    """A customer is lost after `days` without any of `kinds`; SaaS: 90 d without login, e-commerce: 180 d without an order."""

    kinds: Collection[str] = ("order.placed",)
    days: int = 180


@dataclass(frozen=True, slots=True)
class ChurnPeriod:
    """Customers between two moments: `opening` active at `start`, `lost` of these by `end`, `returned` ones, `active` at `end`."""

    start: datetime
    end: datetime
    opening: int
    lost: int
    returned: int
    active: int

    @property
    def churn_rate(self) -> float | None:
        """Lost ÷ opening (0–1); None without anybody to lose."""
        return self.lost / self.opening if self.opening else None

    @property
    def retention_rate(self) -> float | None:
        """1 - churn rate."""
        return 1 - self.lost / self.opening if self.opening else None
