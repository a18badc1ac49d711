"""Which import brings which kind of activity: how a person unlocks a signal that lacks one (DAT-15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

_BY_KIND: Mapping[str, str] = MappingProxyType(
    {
        "order.placed": "orders",
        "order.line": "orders",
        "order.cancelled": "orders",
        "payment.received": "payments",
        "payment.overdue": "payments",
        "ticket.opened": "tickets",
        "ticket.closed": "tickets",
        "message.in": "messages",
        "message.out": "messages",
        "survey.answered": "surveys",
        "contract.started": "contracts",
        "contract.ends": "contracts",
        "opportunity.moved": "opportunities",
    }
)
OTHERWISE = "activities"
"""Every other kind comes with rows of 行为, also from the open API."""


def entity_of(kind: str) -> str:
    """The name of the entity whose import brings the kind."""
    return _BY_KIND.get(kind, OTHERWISE)


def entities_of(kinds: Iterable[str]) -> tuple[str, ...]:
    """The entities that bring any of the kinds, each once, in the order of the kinds."""
    return tuple(dict.fromkeys(entity_of(kind) for kind in kinds))
