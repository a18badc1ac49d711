"""What is sent and what is told: plain typed values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import msgspec


class Activity(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that happened to a customer, or that the customer did.

    `activity_id`: your number of it; sent again it corrects the earlier one. `customer_key`: the customer's number in your system.
    `ts`: when, with a time zone. `kind`: one of the known kinds (order.placed, page.viewed, …) or one of your own.
    """

    activity_id: str
    customer_key: str
    ts: datetime
    kind: str
    value: float | None = None
    channel: str | None = None
    actor: str | None = None
    attrs: Mapping[str, object] | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for a moment without a time zone: the server would reject the row."""
        if self.ts.tzinfo is None:
            raise ValueError(f"ts needs a time zone: {self.ts!r}")


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of a customer: renewed, repurchased, churned, paused or unsaveable."""

    outcome_id: str
    customer_key: str
    kind: str
    occurred_on: date
    cause: str = ""
    competitor: str = ""
    note: str = ""


class Rejection(msgspec.Struct, frozen=True):
    """A row that the server did not take, and why."""

    entity: str
    row: Mapping[str, object]
    code: str
    field: str
    reason: str


class RejectedRow(msgspec.Struct, frozen=True):
    """A row of the server's answer."""

    index: int
    field: str = ""
    code: str = ""
    reason: str = ""


class Answer(msgspec.Struct, frozen=True):
    """The server's 202."""

    batch_id: int
    accepted: int
    rejected: list[RejectedRow] = []


class Fault(msgspec.Struct, frozen=True):
    """One fault of a refusal; `where` is `<index>` or `<index>.<field>`."""

    where: str = ""
    message: str = ""


class Refusal(msgspec.Struct, frozen=True):
    """The server's word for anything but a 202."""

    code: str = ""
    message: str = ""
    faults: list[Fault] = []
