"""The world of the tests of messages: a workspace, a mail channel of a fake kind, customers with contacts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from unittest.mock import patch

from django.conf import settings

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Workspace
from liuke.act.channels import KINDS
from liuke.act.domain.channel import ChannelTarget, Delivered, OutMessage, Result
from liuke.act.domain.channel_events import Event, EventKind
from liuke.act.governor.consents import consent_write
from liuke.act.governor.domain_policy import Purpose
from liuke.act.messages.deliver import deliver
from liuke.act.messages.domain import MessageRequest
from liuke.act.messages.sending import messages_send_many
from liuke.act.store.models import Channel, CustomerMessage
from liuke.facts.store.models import Contact, Customer
from liuke.jobs.domain.contract import Delivered as Outcome
from liuke.jobs.domain.contract import Message
from liuke.jobs.store.models import OutboxMessage
from tests.factories import make_actor, make_customer, make_workspace

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
"""Monday, twelve o'clock in Shanghai."""
NIGHT = datetime(2026, 11, 23, 15, tzinfo=UTC)
"""Monday, 23:00 in Shanghai."""


@dataclass
class Sender:
    """The workspace, who works there and what its fake carrier has taken."""

    workspace: Workspace
    actor: Actor
    channel: Channel
    customer: Customer
    contact: Contact
    taken: list[OutMessage] = field(default_factory=list)
    answer: Result = field(default_factory=lambda: Delivered(ref="ref-1"))

    def ask(self, key: str = "k1", **fields: object) -> MessageRequest:
        """A marketing mail to the customer."""
        plain = {
            "customer_id": self.customer.pk, "channel": "email", "template_code": "recall_news", "purpose": Purpose.MARKETING, "key": key,
            "variables": (("改进内容", "更快的发货"), ("客户经理", "王芳")),
        }  # fmt: skip
        return MessageRequest(**(plain | fields))

    def send(self, *requests: MessageRequest, at: datetime = NOON) -> list[CustomerMessage]:
        """Ask for messages."""
        return messages_send_many(workspace=self.workspace, requests=requests or [self.ask()], at=at)

    def service(self, key: str = "s1", **fields: object) -> MessageRequest:
        """A service mail."""
        return self.ask(key, template_code="care_checkin", purpose=Purpose.SERVICE, variables=(("客户经理", "王芳"),), **fields)

    @contextmanager
    def carrier(self, kind: str = "email") -> Iterator[list[OutMessage]]:
        """The channel's kind answers as `answer` says, and nothing leaves the process."""

        def take(message: OutMessage, target: ChannelTarget) -> Result:
            self.taken.append(message)
            return self.answer

        with patch.dict(KINDS, {kind: replace(KINDS[kind], send=take)}):
            yield self.taken

    def event(self, kind: EventKind, dedupe: str = "e1", *, at: datetime = NOON, **fields: object) -> Event:
        """What the carrier tells."""
        return Event(kind, dedupe, at, **fields)


def sender(**fields: object) -> Sender:
    """A new company."""
    secret = settings.LIUKE.data_dir / "secret"
    if not secret.exists():
        secret.write_bytes(b"s" * 32)
    workspace = make_workspace(**({"name": "留客贸易"} | fields))
    channel = Channel.objects.create(workspace=workspace, kind="email", name="邮件", config={"to": "owner"})
    customer, contact = person(workspace)
    return Sender(workspace, make_actor(workspace, Role.ADMIN), channel, customer, contact)


def person(
    workspace: Workspace, *, agreed: bool = True, email: str = "li@example.test", phone: str = "13812342206"
) -> tuple[Customer, Contact]:
    """A customer with one contact, who has agreed to marketing over every medium or has not been asked."""
    customer = make_customer(workspace)
    contact = Contact.objects.create(customer=customer, key="k", name="李雷", email=email, phone=phone, is_key=True)
    if agreed:
        for medium in ("email", "sms"):
            consent_write(
                customer=customer, contact_id=contact.pk, medium=medium, purpose="marketing", state="given", source="form",
                at=NOON, wording="2026-03",
            )  # fmt: skip
    return customer, contact


def outbox(row: CustomerMessage, again: int = 0) -> Message:
    """The outbox row of a message, as a worker takes it."""
    key = f"customer:{row.pk}" + (f":{again}" if again else "")
    stored = OutboxMessage.objects.get(key=key)
    return Message(stored.pk, stored.key, stored.topic, stored.payload, stored.workspace_id, 1)


def go(row: CustomerMessage, at: datetime = NOON, again: int = 0) -> Outcome:
    """Deliver a message at a moment."""
    with patch("liuke.act.messages.deliver.workspace_now", lambda workspace: workspace.simulated_as_of or at):
        return deliver(outbox(row, again))


PRICE = Decimal("0.05")
