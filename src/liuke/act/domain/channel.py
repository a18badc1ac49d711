"""The contract of every way out. A channel is one folder under `channels/` that exports a `ChannelKind` named `CHANNEL`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OutMessage:
    """One message, rendered for its reader."""

    key: str
    """The idempotency key: the same key is the same message."""
    kind: str
    """What it is about: alert, digest or test."""
    subject: str
    text: str
    link: str = ""
    """Absolute address of the page it is about."""
    to: str = ""
    """The recipient's e-mail address, or membership id for in-app."""
    data: Mapping[str, object] = field(default_factory=dict)
    """Machine-readable facts for webhooks; JSON values."""


@dataclass(frozen=True, slots=True)
class ChannelTarget:
    """Where a channel sends: its checked config and what the installation allows."""

    config: Mapping[str, object]
    smtp_url: str = ""
    mail_from: str = ""
    allow: tuple[str, ...] = ()
    """Private hosts and networks that webhooks may reach."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The other side took it."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """It was not taken. `transient`: may pass by itself."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    transient: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can tell whether it was taken: never re-sent blindly."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


Result = Delivered | Failed | Unknown


@dataclass(frozen=True, slots=True)
class ChannelKind:
    """One kind of channel. `dedupes`: sending the same key twice is harmless at the other side."""

    name: str
    dedupes: bool
    needs_secret: bool
    validate_config: Callable[[Mapping[str, object]], list[dict[str, object]]]
    """All faults at once, as `{"field", "got", "allowed"}`."""
    send: Callable[[OutMessage, ChannelTarget, str | None], Result]
    """Never raises for what the other side does."""
