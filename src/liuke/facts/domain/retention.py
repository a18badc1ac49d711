"""How long activities are kept: per group of kinds, in months; everything for ever unless somebody decides otherwise.

Contracts, plans, owners and contacts are in no group: they say who a customer is, and are never taken away by age.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

LEAST_MONTHS, MOST_MONTHS = 6, 120
DAYS = 30.44
"""Mean length of a month in days."""


class Group(StrEnum):
    """Kinds that are kept equally long."""

    USAGE = "usage"
    """Pages, features, log-ins, sessions: many rows, old ones say little."""
    TALK = "talk"
    """Messages, calls, visits, tickets, surveys: what people wrote."""
    TRADE = "trade"
    """Orders, payments, offers, coupons."""


PREFIXES: Mapping[Group, frozenset[str]] = {
    Group.USAGE: frozenset({"page", "feature", "usage", "login", "session", "api", "search", "data", "info", "campaign", "cart", "store"}),
    Group.TALK: frozenset({"message", "group", "call", "visit", "guide", "ticket", "survey", "rating", "training", "qbr", "mention"}),
    Group.TRADE: frozenset(
        {"order", "refund", "quote", "terms", "fee", "payment", "credit", "balance", "coupon", "opportunity", "competitor"}
    ),
}
"""By what stands before the dot of a kind. A kind of the workspace's own with another beginning is in no group."""


def group_of(kind: str) -> Group | None:
    """The group of a kind; None for what is always kept."""
    prefix = kind.split(".", 1)[0]
    return next((group for group, prefixes in PREFIXES.items() if prefix in prefixes), None)


def kinds_of(group: Group, kinds: Collection[str]) -> list[str]:
    """Those of `kinds` that belong to a group, in their order of name."""
    return sorted(kind for kind in kinds if group_of(kind) is group)


def least_months(group: Group, churn_kinds: Collection[str], churn_days: int) -> int:
    """The shortest time that a group may be kept: twice the silence that counts as lost, where the group decides about that.

    Shorter, customers would turn unknown before they can be called lost.
    """
    decides = any(group_of(kind) is group for kind in churn_kinds)
    return max(LEAST_MONTHS, -(-2 * churn_days // 30)) if decides else LEAST_MONTHS
