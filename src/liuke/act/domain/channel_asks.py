"""What some kinds of channel are asked for besides sending: cards, receipts, groups, tags and mass tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CardUpdate:
    """What a card says from now on. `response` works once where the vendor gives one with a click; `ref` names the sent message."""

    task_id: str
    text: str
    ref: str = ""
    response: str = ""
    users: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptAsk:
    """A message whose fate is asked for: by the vendor's `ref`, or where there is none (time-out) by key, address and moment."""

    key: str
    ref: str
    to: str
    at: datetime


@dataclass(frozen=True, slots=True)
class GroupAsk:
    """A group to open: colleagues by address, and its first message (a group of WeCom appears only with it). `key` dedupes."""

    key: str
    name: str
    members: tuple[str, ...]
    first_text: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class TagAsk:
    """Tags of one customer as the colleague `user` sees them; ids are the vendor's."""

    user: str
    address: str
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MassAsk:
    """One text to many customers, sent only after the colleague `sender` confirms it in the vendor's app."""

    key: str
    sender: str
    to: tuple[str, ...]
    text: str
    link: str = ""
    link_title: str = ""


@dataclass(frozen=True, slots=True)
class MassState:
    """How far a mass task is: colleagues who confirmed, out of how many, and the customers by how it ended for them."""

    confirmed: int
    of: int
    delivered: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    """(address, code)."""
