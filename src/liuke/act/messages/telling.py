"""Messages that left and openings that came back, told to the stream of activities in the transaction that knows of them."""

from __future__ import annotations

from datetime import datetime

from liuke.act.doings.domain import Sent, opened_doing, sent_doing
from liuke.act.doings.queue import doing_note
from liuke.act.governor.domain_policy import Purpose
from liuke.act.store.models import CustomerMessage

BY_CONFIRMATION = frozenset({"wecom_customer"})
"""Kinds that only hand a task to a colleague: the message has left when its receipt says so."""


def sent_tell(row: CustomerMessage, *, at: datetime, receipt: bool = False) -> None:
    """The other side has taken it, or a `receipt` proves what nobody knew. `at`: workspace time."""
    if not row.dry and (receipt or row.channel not in BY_CONFIRMATION):
        doing_note(row.workspace_id, sent_doing(_sent(row, at)))


def opened_tell(row: CustomerMessage, *, at: datetime, clicked: bool = False) -> None:
    """Somebody opened it, or followed a link in it."""
    if not row.dry:
        doing_note(row.workspace_id, opened_doing(_sent(row, row.planned_at), at=at, clicked=clicked))


def _sent(row: CustomerMessage, at: datetime) -> Sent:
    return Sent(row.pk, row.customer.key, at, row.medium, row.purpose == Purpose.MARKETING, row.template_code)
