"""Shapes of messengers' ids, log-in offers and what pages inside WeCom need."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema


class LoginOfferOut(Schema):
    """One button of the log-in page."""

    channel_id: int
    kind: str
    name: str


class StaffAddressesOut(Schema):
    """A member's ids; empty = none."""

    person_id: int
    wecom: str = ""
    dingtalk: str = ""
    feishu: str = ""


class StaffAddressesIn(Schema):
    """New ids; an absent one stays, an empty one is removed."""

    wecom: str | None = None
    dingtalk: str | None = None
    feishu: str | None = None


class RosterIn(Schema):
    """A roster as CSV text; without `apply` it is only looked at."""

    text: str
    apply: bool = False


class RosterLineOut(Schema):
    """One line that can be applied."""

    line: int
    name: str
    wecom: str = ""
    dingtalk: str = ""
    feishu: str = ""


class RosterRejectOut(Schema):
    """One line that cannot."""

    line: int
    got: str
    reason: str


class RosterOut(Schema):
    """What a roster would do, or did."""

    lines: list[RosterLineOut]
    rejects: list[RosterRejectOut]
    same: int


class SignedOut(Schema):
    """What `wx.config` or `wx.agentConfig` is called with."""

    timestamp: int
    noncestr: str
    signature: str


class JssdkOut(Schema):
    """For the page of the asked address."""

    corp_id: str
    agent_id: int
    config: SignedOut
    agent_config: SignedOut


class WecomCustomerOut(Schema):
    """The customer of an external id."""

    customer_id: int
    name: str


class WecomIdOut(Schema):
    """Whom 发企微 talks to: the customer's external id; empty = not known."""

    external_id: str


class UnmatchedOut(Schema):
    """A contact in WeCom that belongs to no customer yet. `user`: the colleague's id there."""

    id: int
    name: str
    corp_name: str
    user: str
    added_at: datetime | None


class UnmatchedPageOut(Schema):
    """How many there are, and the newest of them."""

    total: int
    items: list[UnmatchedOut]


class WecomMatchIn(Schema):
    """Whose contact it is."""

    customer_id: int
