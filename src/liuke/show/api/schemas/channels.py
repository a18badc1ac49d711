"""Channels: kinds and their fields, configured channels with their health, tests, findings and troubled messages."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema

from liuke.show.api.schemas.common import ChoiceOut, ErrorOut

Value = str | int | float | bool | None
"""A setting's value."""


class ChannelFieldOut(Schema):
    """One field of a kind's form. A secret is typed in and never shown."""

    name: str
    kind: Literal["text", "url", "number", "flag", "choice", "secret"]
    label: str
    help: str
    required: bool
    choices: list[ChoiceOut]
    default: str


class ChannelKindOut(Schema):
    """A kind of channel. `address`: what a recipient is reached by; empty = one fixed place."""

    name: str
    label: str
    about: str
    address: str
    reaches: list[Literal["staff", "customer", "group"]]
    fields: list[ChannelFieldOut]
    takes_callbacks: bool
    can_check: bool


class ChannelIn(Schema):
    """`config` and `secrets` by the fields of the kind; a secret that is not given stays as it is stored."""

    kind: str
    name: str
    config: dict[str, Value]
    secrets: dict[str, str] = {}  # noqa: RUF012 - pydantic copies defaults
    enabled: bool = True


class LimitUseOut(Schema):
    """One of the vendor's limits in use: `used` of `most` within `seconds`."""

    label: str
    used: int
    most: int
    seconds: int


class ChannelCountsOut(Schema):
    """How messages ended."""

    sent: int
    failed: int
    unknown: int


class ChannelHealthOut(Schema):
    """How a channel does, on the real clock."""

    day: ChannelCountsOut
    week: ChannelCountsOut
    waiting: int
    receipts_open: int
    uses: list[LimitUseOut]


class ChannelOut(Schema):
    """A channel with its health; secrets never leave the server, `secrets_set` names those that are stored."""

    id: int
    kind: str
    kind_label: str
    name: str
    config: dict[str, Value]
    secrets_set: list[str]
    enabled: bool
    last_ok_at: datetime | None
    last_error: ErrorOut | None
    last_error_at: datetime | None
    callback_url: str
    callback_public: bool
    last_callback_at: datetime | None
    health: ChannelHealthOut


class ChannelOrderIn(Schema):
    """Channels in the order in which they are shown and tried."""

    ids: list[int]


class ChannelTestIn(Schema):
    """To a colleague, or to an address typed in; neither = to whoever asks."""

    membership_id: int | None = None
    address: str = ""


class ChannelTestOut(Schema):
    """The answer of the other side, in words; `code` as the vendor gave it."""

    ok: bool
    outcome: Literal["sent", "failed", "unknown"]
    message: str
    code: str


class FindingOut(Schema):
    """One thing that a check looked at."""

    name: str
    label: str
    ok: bool
    message: str


class TroubleOut(Schema):
    """A message that failed or whose fate is unknown."""

    id: int
    state: Literal["failed", "unknown"]
    at: datetime
    to_customer: bool
    message: str
    can_ask: bool


class TroubleMarkIn(Schema):
    """What a person has found out elsewhere."""

    arrived: bool


class TroubleAskOut(Schema):
    """What the vendor says now."""

    state: Literal["delivered", "failed", "unknown"]
