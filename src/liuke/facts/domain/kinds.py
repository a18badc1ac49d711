"""The vocabulary of activity kinds. Users may extend it; these are the ones that built-in metrics know."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What happened. `value` is in brackets where it means something."""

    ORDER_PLACED = "order.placed"
    """One order [amount]; attrs: order_id, lines, quantity."""
    ORDER_LINE = "order.line"
    """One line of an order [amount]; attrs: order_id, sku, description, quantity, price. Never counts as an interaction."""
    ORDER_CANCELLED = "order.cancelled"
    """A cancelled or returned order [amount, positive]."""
    PAYMENT_RECEIVED = "payment.received"
    PAYMENT_OVERDUE = "payment.overdue"
    """[amount]; attrs: due_on, days."""
    MESSAGE_IN = "message.in"
    """From the customer; attrs: text, contact, thread."""
    MESSAGE_OUT = "message.out"
    TICKET_OPENED = "ticket.opened"
    """attrs: ticket_id, subject, text, topic."""
    TICKET_CLOSED = "ticket.closed"
    """[hours open]."""
    SURVEY_ANSWERED = "survey.answered"
    """[score]; attrs: survey (nps | csat), text."""
    PAGE_VIEWED = "page.viewed"
    FEATURE_USED = "feature.used"
    LOGIN = "login"
    VISIT_MADE = "visit.made"
    CALL_MADE = "call.made"
    CONTRACT_STARTED = "contract.started"
    """[amount]; attrs: contract."""
    CONTRACT_ENDS = "contract.ends"
    """[amount]; `ts_us` is the end, `known_us` the start: it is known long before it happens."""
    CONTRACT_RENEWED = "contract.renewed"
    OPPORTUNITY_MOVED = "opportunity.moved"
    """[amount]; attrs: stage."""
    CAMPAIGN_SENT = "campaign.sent"
    CAMPAIGN_OPENED = "campaign.opened"
    COUPON_USED = "coupon.used"


NOT_AN_INTERACTION = frozenset(
    {Kind.ORDER_LINE, Kind.MESSAGE_OUT, Kind.CAMPAIGN_SENT, Kind.PAYMENT_OVERDUE, Kind.CONTRACT_STARTED, Kind.CONTRACT_ENDS}
)
"""Kinds that the customer did not do: they never end a silence."""
