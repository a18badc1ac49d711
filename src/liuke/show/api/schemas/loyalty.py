"""Shapes of loyalty: programme, members, ledger, coupons, referrals."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from liuke.show.api.schemas.common import CustomerRef, LevelName, PersonRef, at_most

FormName = Literal["amount", "percent", "gift"]
ReasonName = Literal["order", "correction", "winback", "referral", "playbook", "manual", "redeem", "reversal", "lapse"]
Key = Annotated[str, at_most(64)]
Money = Annotated[Decimal, Field(gt=0, le=1_000_000_000, max_digits=12, decimal_places=2)]


class LoyaltyVersionOut(Schema):
    """A programme as it was published."""

    number: int
    note: str
    created_by: PersonRef | None
    created_at: datetime
    spec: dict[str, Any]


class LoyaltyMonth(Schema):
    """One month of the chart. Money in the workspace's currency: points at what they are worth when redeemed."""

    month: date
    granted: float
    redeemed: float
    lapsed: float
    coupons: float
    """Cost of the coupons that were used."""
    lost: int
    """Members who were registered as lost in the month."""
    lost_value: float
    """What they had bought in the year before."""


class LoyaltyOut(Schema):
    """The page. `spec` is the programme that holds, defaults filled in."""

    spec: dict[str, Any]
    versions: list[LoyaltyVersionOut]
    members: int
    points: int
    worth: float
    """What all points would be worth if redeemed."""
    coupons_open: int
    levels: dict[str, int]
    in_grace: int
    months: list[LoyaltyMonth]


class LoyaltyIn(Schema):
    """A programme to publish."""

    spec: dict[str, Any]
    note: Annotated[str, at_most(200)] = ""


class NoteIn(Schema):
    """A note."""

    note: Annotated[str, at_most(200)] = ""


class MemberRow(Schema):
    """One customer of the list."""

    customer: CustomerRef
    owner: PersonRef | None
    level: LevelName
    """Of the risk score."""
    balance: int
    member_level: str
    keep_until: date | None
    yearly: float


class PointsOut(Schema):
    """A line of the ledger."""

    id: int
    points: int
    reason: ReasonName
    at: datetime
    expires_at: datetime | None
    value: float
    note: str
    by: PersonRef | None
    reversed: bool


class CouponOut(Schema):
    """A coupon of a customer. `state`: open, used, over, void."""

    id: int
    code: str
    name: str
    text: str
    state: Literal["open", "used", "over", "void"]
    issued_at: datetime
    expires_at: datetime
    redeemed_at: datetime | None
    amount: float | None
    customer: CustomerRef


class QuoteOut(Schema):
    """LOY-05 for an order on top of the year."""

    amount: float
    percent: float
    net: float
    next_percent: float | None
    missing: float | None


class ReferralOut(Schema):
    """Who brought whom."""

    id: int
    referrer: CustomerRef
    referred: CustomerRef
    at: datetime
    rewarded_at: datetime | None
    note: str


class CustomerLoyaltyOut(Schema):
    """A customer's benefits. `at_stake`: what leaving would cost, point worth and open coupons together."""

    enabled: bool
    balance: int
    worth: float
    at_stake: float
    member_level: str
    keep_until: date | None
    next_level: str | None
    next_missing: float | None
    ending_points: int
    """Points that end within 30 days."""
    redeem_factor: float
    """What a redemption costs this customer, as a share of the usual points."""
    earn_factor: float
    volume: QuoteOut
    entries: list[PointsOut]
    coupons: list[CouponOut]
    brought_by: CustomerRef | None
    brought: list[ReferralOut]


class AdjustIn(Schema):
    """Points by hand."""

    points: Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
    note: Annotated[str, at_most(200)]
    request_key: Key


class RedeemIn(Schema):
    """Points for something of that worth."""

    value: Money
    note: Annotated[str, at_most(200)] = ""
    request_key: Key


class CouponKindIn(Schema):
    """A coupon kind, checked as a whole."""

    name: str
    form: str
    value: float
    least_spend: float = 0
    cost: float = 0
    stock: int | None = None
    per_customer: int = 1
    valid_days: int = 30
    offer_class: str = ""
    enabled: bool = True


class CouponKindOut(Schema):
    """A coupon kind with how many went out and came back."""

    id: int
    code: str
    name: str
    text: str
    form: FormName
    value: float
    least_spend: float
    cost: float
    stock: int | None
    per_customer: int
    valid_days: int
    offer_class: str
    enabled: bool
    archived: bool
    issued: int
    used: int


class CouponGiveIn(Schema):
    """A coupon for a customer."""

    kind_id: int
    request_key: Key


class CouponUseIn(Schema):
    """A code at the counter; `amount` of the order."""

    code: Annotated[str, at_most(40)]
    amount: Money | None = None


class ReferralIn(Schema):
    """Who brought this customer."""

    referrer_id: int
    note: Annotated[str, at_most(200)] = ""
