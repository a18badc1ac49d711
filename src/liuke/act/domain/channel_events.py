"""What comes back over a channel: how a vendor's call arrives and is answered, and the events that it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class EventKind(StrEnum):
    """What a vendor tells afterwards."""

    CLICKED = "clicked"
    """data: task_id, button, response (the code that updates the card once)."""
    RECEIPT = "receipt"
    """data: state = delivered | failed, code; `ref` or data.key says of which message."""
    REPLY = "reply"
    """data: text; `address` has written it."""
    OPT_OUT = "opt_out"
    BOUNCE = "bounce"
    """data: hard = true | false, code."""
    CONTACT_DELETED = "contact_deleted"
    """The customer `address` has removed the colleague `user`."""
    CONTACT_CHANGED = "contact_changed"
    """The colleague `user` has a new contact `address`, or knows something else of them; data: what = added | edited | move_failed, why."""
    CONFIRMED = "confirmed"
    """data: confirmed, of: a mass task that colleagues send by hand."""
    WARNING = "warning"
    """data: code; the vendor warns the administrators: `notices.<code>`."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing told by a vendor. `dedupe` is the same for every repetition of the same event within its channel."""

    kind: EventKind
    dedupe: str
    at: datetime
    ref: str = ""
    user: str = ""
    """A colleague's address."""
    address: str = ""
    """A customer's address."""
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """A vendor's call as it came. Header names are lower-case."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What the vendor is told, within its deadline, and what its call meant. Unverified calls get 401 or 403 and no events."""

    status: int = 200
    content_type: str = "text/plain; charset=utf-8"
    body: bytes = b""
    events: tuple[Event, ...] = ()


class Ears(Protocol):
    """What a kind that listens over a connection of its own hands its events to."""

    def connected(self) -> None:
        """The connection stands."""
        ...

    def hear(self, events: Sequence[Event]) -> None:
        """Stored when it returns: only then may the vendor be told that they came. Raises where they could not be stored."""
        ...

    def stopped(self) -> bool:
        """Whether to end soon."""
        ...
