"""The metrics that signals share, named by their meaning so that two signals asking for the same one get one column."""

from __future__ import annotations

from liuke.facts.domain.kinds import NOT_AN_INTERACTION, Kind
from liuke.features.domain.metric import Aggregate, Metric

ORDER = (Kind.ORDER_PLACED.value,)
TICKET = (Kind.TICKET_OPENED.value,)
VISIT = (Kind.LOGIN.value, Kind.PAGE_VIEWED.value, Kind.VISIT_MADE.value)
NOT_DONE_BY_CUSTOMER = tuple(sorted(kind.value for kind in NOT_AN_INTERACTION))

SINCE_INTERACTION = Metric("interaction_since", Aggregate.DAYS_SINCE, but=NOT_DONE_BY_CUSTOMER)
SINCE_ORDER = Metric("order_since", Aggregate.DAYS_SINCE, ORDER)
ORDER_GAP_MEDIAN = Metric("order_gap_median", Aggregate.GAP_MEDIAN, ORDER)
ORDER_DAYS = Metric("order_days", Aggregate.ACTIVE_DAYS, ORDER)


def _suffix(days: int, skip: int) -> str:
    return f"{days}_{skip}" if skip else f"{days}"


def interactions(days: float, skip: float = 0) -> Metric:
    """How often the customer did anything in the window."""
    d, s = int(days), int(skip)
    return Metric(f"interaction_n_{_suffix(d, s)}", Aggregate.COUNT, but=NOT_DONE_BY_CUSTOMER, days=d, skip=s)


def orders(days: float, skip: float = 0) -> Metric:
    """Orders in the window."""
    d, s = int(days), int(skip)
    return Metric(f"order_n_{_suffix(d, s)}", Aggregate.COUNT, ORDER, days=d, skip=s)


def order_days(days: float) -> Metric:
    """Days with an order in the window; null for those who never ordered."""
    return Metric(f"order_days_{int(days)}", Aggregate.ACTIVE_DAYS, ORDER, days=int(days))


def amount(days: float, skip: float = 0) -> Metric:
    """Ordered money in the window, cancellations not deducted."""
    d, s = int(days), int(skip)
    return Metric(f"order_amount_{_suffix(d, s)}", Aggregate.SUM, ORDER, days=d, skip=s)


def quantity(days: float, skip: float = 0) -> Metric:
    """Ordered pieces in the window."""
    d, s = int(days), int(skip)
    return Metric(f"order_quantity_{_suffix(d, s)}", Aggregate.SUM, ORDER, days=d, skip=s, of="attrs.quantity")


def tickets(days: float, skip: float = 0) -> Metric:
    """Service requests in the window."""
    d, s = int(days), int(skip)
    return Metric(f"ticket_n_{_suffix(d, s)}", Aggregate.COUNT, TICKET, days=d, skip=s)
