"""What becomes of our doings in the stream: which kind, under which id. Personal texts stay where they were written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from liuke.facts.domain.kinds import Kind

SOURCE = "liuke"
"""The name of the source of our own doings. The timeline shows them from where they were written, with who and how it stands."""
OPENINGS_KNOWN = frozenset({"email"})
"""Media whose openings can be known. Only there is marketing a `campaign.sent`: an SMS that nobody can see opened proves no silence."""
BY_MACHINE = timedelta(seconds=20)
"""An opening so soon after the sending is a mail server's look at the mail, not a person's."""


@dataclass(frozen=True, slots=True)
class Doing:
    """One activity of ours. `id` is the same however often it is told; told again it corrects."""

    id: str
    customer_key: str
    at: datetime
    kind: Kind
    channel: str = ""
    actor: str = ""
    attrs: Mapping[str, object] = field(default_factory=dict)
    value: float | None = None


def visit_doing(*, visit_id: int, customer_key: str, at: datetime, actor: str, noted_at: datetime, removed: bool = False) -> Doing:
    """A visit; one that was taken back stands as a kind that counts for nothing.

    `noted_at` tells the word from earlier ones: a visit may be taken back and put there again.
    """
    kind = Kind.TAKEN_BACK if removed else Kind.VISIT_MADE
    return Doing(f"visit:{visit_id}", customer_key, at, kind, actor=actor, attrs={"visit": visit_id, "noted_at": noted_at.isoformat()})


def call_doing(*, follow_up_id: int, customer_key: str, at: datetime, actor: str, result: str) -> Doing | None:
    """A follow-up in which somebody was spoken to; None for a call that nobody took, and for a mere note."""
    if result not in {"reached", "rescheduled"}:
        return None
    return Doing(f"follow_up:{follow_up_id}", customer_key, at, Kind.CALL_MADE, actor=actor, attrs={"result": result})


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that has left, as far as the stream asks. `at`: workspace time at which it left."""

    message_id: int
    customer_key: str
    at: datetime
    medium: str
    marketing: bool
    template: str

    @property
    def thread(self) -> str:
        """What ties the openings to it."""
        return f"message:{self.message_id}"

    @property
    def campaign(self) -> bool:
        """Whether it counts as a campaign whose openings are waited for."""
        return self.marketing and self.medium in OPENINGS_KNOWN


def sent_doing(sent: Sent) -> Doing:
    """`campaign.sent` where it is marketing whose openings can be known, else `message.out`."""
    kind = Kind.CAMPAIGN_SENT if sent.campaign else Kind.MESSAGE_OUT
    return Doing(sent.thread, sent.customer_key, sent.at, kind, channel=sent.medium, attrs=_attrs(sent))


def opened_doing(sent: Sent, *, at: datetime, clicked: bool) -> Doing:
    """`campaign.opened`, or `message.read` for a service message; a click proves an opening."""
    kind = Kind.CAMPAIGN_OPENED if sent.campaign else Kind.MESSAGE_READ
    attrs = _attrs(sent) | ({"clicked": True} if clicked else {})
    return Doing(f"opened:{sent.message_id}", sent.customer_key, at, kind, channel=sent.medium, attrs=attrs)


def is_machine(*, sent_at: datetime, opened_at: datetime) -> bool:
    """Whether an opening is too soon to be a person's."""
    return opened_at - sent_at < BY_MACHINE


def _attrs(sent: Sent) -> dict[str, object]:
    told: dict[str, object] = {"thread": sent.thread, "template": sent.template}
    return told | ({"campaign": sent.thread} if sent.campaign else {})
