"""The figures of one scored day: what boards show, computed once a night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

PERIODS = (7, 30, 91)
"""Days of the periods that boards offer: 7d, 30d, quarter."""
BINS = 10
"""Histogram bins of ten points; a score of 100 falls into the last."""


@dataclass(frozen=True, slots=True)
class Turnover:
    """Customers of a period's opening and those of them lost at its end (SCR-10)."""

    opening: int
    lost: int

    @property
    def churn_rate(self) -> float | None:
        """Lost ÷ opening × 100 %; None without opening customers."""
        return 100 * self.lost / self.opening if self.opening else None

    @property
    def retention_rate(self) -> float | None:
        """100 % minus the churn rate; None without opening customers."""
        return 100 - 100 * self.lost / self.opening if self.opening else None


@dataclass(frozen=True, slots=True)
class Month:
    """One local calendar month. `active` did something that counts by the churn definition; the running month is not `complete`."""

    day: date
    opening: int
    lost: int
    active: int
    orders: int
    complete: bool

    @property
    def turnover(self) -> Turnover:
        """The month's opening and lost."""
        return Turnover(self.opening, self.lost)


@dataclass(frozen=True, slots=True)
class Figures:
    """One slice of the customers on one day. Counts are of active customers; money is yearly, in the workspace's currency."""

    customers: int = 0
    levels: Mapping[str, int] = field(default_factory=dict)
    histogram: tuple[int, ...] = (0,) * BINS
    high_value: float = 0.0
    """高风险客户年消费额: yearly spend of customers at 高危预警."""
    open_alerts: int = 0
    stock_open: int = 0
    heat: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Segment → family of the main reason → customers at risk (初级预警 and above)."""
    periods: Mapping[int, tuple[Turnover, Turnover]] = field(default_factory=dict)
    """Days → turnover of the period that ends now, and of the one before."""
    months: tuple[Month, ...] = ()
    """Oldest first, the running month last."""

    def to_plain(self) -> dict[str, Any]:
        """JSON values; `from_plain` reads them back."""
        plain = asdict(self)
        plain["histogram"] = list(self.histogram)
        plain["periods"] = {str(days): [asdict(now), asdict(before)] for days, (now, before) in self.periods.items()}
        plain["months"] = [asdict(month) | {"day": month.day.isoformat()} for month in self.months]
        return plain


def from_plain(data: Mapping[str, Any]) -> Figures:
    """Figures as `to_plain` wrote them."""
    fields = dict(data)
    fields["histogram"] = tuple(data["histogram"])
    fields["periods"] = {int(days): (Turnover(**now), Turnover(**before)) for days, (now, before) in data["periods"].items()}
    fields["months"] = tuple(Month(**(month | {"day": date.fromisoformat(month["day"])})) for month in data["months"])
    return Figures(**fields)
