"""The contract of every way out. A channel is one folder under `channels/` that exports a `ChannelKind` named `CHANNEL`.

Read from top to bottom: what a channel is configured by (`Field`), what it is handed (`OutMessage`, `ChannelTarget`), how a
sending ends (`Result`), and the kind itself. What comes back later is in `channel_events`, what a kind can be asked for besides
sending in `channel_asks`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from liuke.act.domain.channel_asks import CardUpdate, GroupAsk, MassAsk, MassState, ReceiptAsk, TagAsk
from liuke.act.domain.channel_events import Answer, Ears, Event, Request
from liuke.base.faults import Fault
from liuke.vendors.state import Limits, Tokens


class Reach(StrEnum):
    """Whom a channel can talk to: colleagues, customers, or one fixed place such as a group or a system."""

    STAFF = "staff"
    CUSTOMER = "customer"
    GROUP = "group"


class FieldKind(StrEnum):
    """How a field is typed in and checked. A secret is stored sealed and never shown."""

    TEXT = "text"
    URL = "url"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    SECRET = "secret"  # noqa: S105 - the name of a kind


@dataclass(frozen=True, slots=True)
class Field:
    """One setting of a channel; drives the form, the check and the sealing. Words: `channels.<kind>.<name>`, else `channels.any.<name>`."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    choices: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """`key`: claim, snooze:1, snooze:3, verdict:valid|false_alarm|known|too_late, approve, decline or link (opens `link`)."""

    key: str
    label: str
    link: str = ""
    page: str = ""
    """Where the same is done by a channel that no click comes back from; empty = nowhere."""


@dataclass(frozen=True, slots=True)
class Card:
    """A message with facts and buttons. Without a way back for clicks a channel shows `link` in place of the buttons."""

    task_id: str
    """Unique, `[0-9A-Za-z_@-]`, at most 128 characters: clicks come back under it."""
    title: str
    level: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    buttons: tuple[Button, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class OutMessage:
    """One message, rendered for its reader."""

    key: str
    """The idempotency key: the same key is the same message."""
    kind: str
    """What it is about: alert, digest, rule, test, …"""
    subject: str
    text: str
    link: str = ""
    """Absolute address of the page it is about."""
    to: str = ""
    """The recipient's address of the kind's `address`; empty for one fixed place."""
    data: Mapping[str, object] = field(default_factory=dict)
    """Machine-readable facts for webhooks; JSON values."""
    card: Card | None = None
    template: str = ""
    """The vendor's code of an approved template (SMS)."""
    params: Mapping[str, str] = field(default_factory=dict)
    """What fills the template."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers of a mail."""
    pixel: str = ""
    """Address of the picture whose loading tells that a mail was opened; empty = nobody wants to know, or has agreed to it."""
    files: tuple[tuple[str, bytes], ...] = ()
    """What a mail carries: name and content."""
    mentions: tuple[str, ...] = ()
    """Addresses that a group message calls by name."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the installation gives to every channel."""

    smtp_url: str = ""
    mail_from: str = ""
    allow: tuple[str, ...] = ()
    """Private hosts and networks that may be reached."""
    public_url: str = ""
    """Where browsers and vendors reach this installation; no trailing slash."""


@dataclass(frozen=True, slots=True)
class ChannelTarget:
    """Where a channel sends: its checked config, its opened secrets and what it must remember between calls."""

    config: Mapping[str, object]
    secrets: Mapping[str, str]
    site: Site
    tokens: Tokens
    """Of this channel alone: no other channel sees them."""
    limits: Limits
    """Of the workspace: two channels over one vendor's account share them by key."""
    now: Callable[[], datetime]
    callback_url: str = ""
    """Where the vendor calls back; empty where the kind takes no callbacks."""
    listens: bool = False
    """What the vendor tells comes over a connection of ours to it, so nobody needs to reach us."""

    def text(self, name: str, default: str = "") -> str:
        """A text of the config; `default` where it is absent or empty."""
        value = self.config.get(name)
        return str(value) if value not in (None, "") else default

    def flag(self, name: str) -> bool:
        """A flag of the config; absent = no."""
        return self.config.get(name) is True


@dataclass(frozen=True, slots=True)
class Delivered:
    """The other side took it; that somebody received it is for a receipt to say."""

    detail: str = ""
    ref: str = ""
    """The vendor's id of the message, by which receipts name it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It was not taken. `transient`: may pass by itself. `code` names `errors.<code>`."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    transient: bool = False
    again_in: float = 0.0
    """Seconds after which trying again makes sense (a limit is reached): waiting so counts as no failed try. 0 = not known."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can tell whether it was taken: never re-sent blindly."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    ref: str = ""


Result = Delivered | Failed | Unknown


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that `check` looked at. `code` names `findings.<code>`: what is wrong and what to do, or what is fine."""

    name: str
    """callback, credentials, trusted_domain, trusted_ip, template, …"""
    ok: bool
    code: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChannelKind:
    """One kind of channel. What a kind cannot do is None."""

    name: str
    dedupes: bool
    """Sending the same key twice is harmless at the other side."""
    address: str
    """What `OutMessage.to` is: email, phone, wecom, dingtalk, feishu, wecom_external, membership, or empty for one fixed place."""
    reaches: frozenset[Reach]
    fields: tuple[Field, ...]
    send: Callable[[OutMessage, ChannelTarget], Result]
    """Never raises for what the other side does."""
    validate: Callable[[Mapping[str, object]], list[Fault]] | None = None
    """Faults of the config beyond what `fields` say; it sees no secrets."""
    check: Callable[[ChannelTarget], list[Finding]] | None = None
    """What `liuke doctor` and the health page look at; may call the vendor."""
    callback: Callable[[Request, ChannelTarget], Answer] | None = None
    listen: Callable[[ChannelTarget, Ears], None] | None = None
    """One connection to the vendor, until it ends or `Ears.stopped`. Raises VendorFault, websocket.Closed."""
    update_card: Callable[[CardUpdate, ChannelTarget], Result] | None = None
    receipts: Callable[[Sequence[ReceiptAsk], ChannelTarget], list[Event]] | None = None
    group_open: Callable[[GroupAsk, ChannelTarget], Result] | None = None
    """Delivered.ref is the group's id."""
    tag_customer: Callable[[TagAsk, ChannelTarget], Result] | None = None
    mass_task: Callable[[MassAsk, ChannelTarget], Result] | None = None
    """Delivered.ref is the task's id."""
    mass_state: Callable[[str, ChannelTarget], MassState | None] | None = None
    """By the task's id; None = the vendor did not say this time."""

    @property
    def secret_names(self) -> frozenset[str]:
        """The fields that are stored sealed."""
        return frozenset(each.name for each in self.fields if each.kind is FieldKind.SECRET)
