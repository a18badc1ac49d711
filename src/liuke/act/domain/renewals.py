"""The renewal ledger's arithmetic: windows, default forecast, what a status asks (REN-01)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from liuke.base.errors import Invalid

WINDOWS = (15, 30, 60, 90)
"""Days until the end; each window contains the smaller ones."""
OVERDUE_SHOWN_DAYS = 90
"""So long an ended, undecided contract stays in the ledger as overdue."""
REMIND_DAYS = 15
"""SIG-22: days before the end at which an unstarted renewal becomes a work item by itself."""
DEFAULT_FORECAST = {"not_started": 0.5, "talking": 0.6, "quoted": 0.75, "renewed": 1.0, "declined": 0.0}
"""Planning weights 0–1, not measured: shown as defaults and editable per contract."""
DECIDED = frozenset({"renewed", "declined"})
_CENTS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Due:
    """One ledger row as the totals need it; `amount` in the workspace's currency."""

    ends_on: date
    amount: Decimal
    status: str
    forecast: float | None


@dataclass(frozen=True, slots=True)
class Bucket:
    """Totals of a window: `overdue`, `15`, `30`, `60`, `90`. `forecast_amount` = Σ amount × forecast."""

    window: str
    count: int
    amount: Decimal
    forecast_amount: Decimal
    by_status: dict[str, int]


def forecast_of(status: str, forecast: float | None) -> float:
    """The person's forecast, else the default of the status; what is decided counts as decided."""
    return DEFAULT_FORECAST[status] if forecast is None or status in DECIDED else forecast


def in_window(row: Due, window: str, today: date) -> bool:
    """Whether a row belongs to a window. Overdue = ended before today and still undecided."""
    days = (row.ends_on - today).days
    if window == "overdue":
        return days < 0 and row.status not in DECIDED
    return 0 <= days <= int(window)


def buckets(rows: Iterable[Due], today: date) -> list[Bucket]:
    """Totals of every window, overdue first."""
    listed = list(rows)
    return [_bucket(window, [row for row in listed if in_window(row, window, today)]) for window in ("overdue", *map(str, WINDOWS))]


def _bucket(window: str, rows: list[Due]) -> Bucket:
    weighted = sum((row.amount * Decimal(str(forecast_of(row.status, row.forecast))) for row in rows), Decimal(0))
    amount = sum((row.amount for row in rows), Decimal(0))
    return Bucket(window, len(rows), amount.quantize(_CENTS), weighted.quantize(_CENTS), dict(Counter(row.status for row in rows)))


def check(*, status: str, reason: str, forecast: float | None) -> None:
    """Raises Invalid: renewal_status, renewal_reason (不续 without a reason), renewal_forecast (outside 0–1)."""
    if status not in DEFAULT_FORECAST:
        raise Invalid("renewal_status", got=status, allowed=", ".join(DEFAULT_FORECAST))
    if status == "declined" and not reason.strip():
        raise Invalid("renewal_reason")
    if forecast is not None and not 0 <= forecast <= 1:
        raise Invalid("renewal_forecast", got=forecast)
