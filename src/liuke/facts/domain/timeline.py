"""What a customer's page shows of the stream: one activity, a page of them, chips to filter by, freshness of the sources."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from liuke.base.errors import Invalid
from liuke.facts.domain.kinds import Kind


class Group(StrEnum):
    """The chips of the timeline."""

    ORDERS = "orders"
    PAYMENTS = "payments"
    MESSAGES = "messages"
    TICKETS = "tickets"
    SURVEYS = "surveys"
    VISITS = "visits"
    USAGE = "usage"
    CONTRACTS = "contracts"
    CAMPAIGNS = "campaigns"
    OTHER = "other"
    """Kinds of the user's own; none of the built-in ones."""


GROUPS: Mapping[Group, frozenset[str]] = {
    Group.ORDERS: frozenset(
        {
            Kind.ORDER_PLACED, Kind.ORDER_CANCELLED, Kind.ORDER_DELAYED, Kind.REFUND_MADE, Kind.CART_ABANDONED,
            Kind.QUOTE_REQUESTED, Kind.TERMS_BARGAINED,
        }
    ),
    Group.PAYMENTS: frozenset(
        {
            Kind.PAYMENT_RECEIVED, Kind.PAYMENT_OVERDUE, Kind.PAYMENT_DUE, Kind.FEE_PAID, Kind.CREDIT_USED, Kind.BALANCE_CHANGED,
            Kind.PAYMENT_SETTLED,
        }
    ),
    Group.MESSAGES: frozenset(
        {
            Kind.MESSAGE_IN, Kind.MESSAGE_OUT, Kind.MESSAGE_READ, Kind.GROUP_MESSAGE, Kind.INFO_SENT, Kind.INFO_VIEWED,
            Kind.CONTACT_DELETED_US, Kind.MENTION_FOUND,
        }
    ),
    Group.TICKETS: frozenset({Kind.TICKET_OPENED, Kind.TICKET_CLOSED, Kind.TRAINING_ASKED, Kind.TRAINING_ANSWERED}),
    Group.SURVEYS: frozenset({Kind.SURVEY_ANSWERED, Kind.RATING_GIVEN}),
    Group.VISITS: frozenset(
        {
            Kind.VISIT_MADE, Kind.CALL_MADE, Kind.STORE_VISITED, Kind.GUIDE_REPORTED, Kind.QBR_HELD, Kind.QBR_MISSED,
            Kind.CONTACT_LEFT, Kind.CONTACT_CHANGED, Kind.TAKEN_BACK,
        }
    ),
    Group.USAGE: frozenset(
        {
            Kind.PAGE_VIEWED, Kind.FEATURE_USED, Kind.LOGIN, Kind.SESSION_ENDED, Kind.USAGE_MEASURED, Kind.SEARCH_FAILED,
            Kind.API_CALLED, Kind.DATA_EXPORTED, Kind.COLLABORATOR_REMOVED, Kind.COMPETITOR_VISITED, Kind.COMPETITOR_TRIAL,
        }
    ),
    Group.CONTRACTS: frozenset(
        {
            Kind.CONTRACT_STARTED, Kind.CONTRACT_ENDS, Kind.CONTRACT_RENEWED, Kind.OPPORTUNITY_MOVED, Kind.RENEWAL_STARTED,
            Kind.RENEWAL_CONTACTED, Kind.RENEWAL_REFUSED, Kind.PLAN_CHANGED, Kind.TRIAL_STARTED, Kind.ACCOUNT_CLOSED,
        }
    ),
    Group.CAMPAIGNS: frozenset({Kind.CAMPAIGN_SENT, Kind.CAMPAIGN_OPENED, Kind.COUPON_ISSUED, Kind.COUPON_USED}),
}  # fmt: skip
"""Order lines belong to no group: they show inside their order."""

_GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


def group_of(kind: str) -> Group:
    """The chip that a kind counts under."""
    return _GROUP_OF.get(kind, Group.OTHER)


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that happened, as a page shows it."""

    source: str
    activity_id: str
    customer_id: int
    ts_us: int
    kind: str
    value: float | None
    channel: str | None
    actor: str | None
    attrs: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the timeline ended; the next one starts strictly before it."""

    ts_us: int
    source: str
    activity_id: str

    def text(self) -> str:
        """The cursor as it travels in an address."""
        return base64.urlsafe_b64encode(json.dumps([self.ts_us, self.source, self.activity_id]).encode()).decode()


def place_of(text: str) -> Place:
    """The place that `Place.text` wrote. Raises Invalid("cursor_broken")."""
    try:
        ts_us, source, activity_id = json.loads(base64.urlsafe_b64decode(text.encode()))
        place = Place(int(ts_us), str(source), str(activity_id))
        f"{place.source}{place.activity_id}".encode()  # half a surrogate pair is a ValueError
    except (ValueError, TypeError, binascii.Error) as error:
        raise Invalid("cursor_broken") from error
    if abs(place.ts_us) >= 2**63:
        raise Invalid("cursor_broken")
    return place


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Newest first; `next_before` is the next page's cursor, null on the last."""

    activities: Sequence[Activity]
    next_before: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows behind a reason, newest first; `total` may be more than are listed. `value` sums all of them."""

    activities: Sequence[Activity]
    total: int
    value: float


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far a source reaches: 截至 `newest_us`, and since when; UTC microseconds."""

    source: str
    rows: int
    oldest_us: int
    newest_us: int
