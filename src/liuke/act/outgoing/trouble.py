"""Messages that did not surely arrive: listed, asked for again, marked by a person. Nothing here sends anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from liuke.accounts.domain.actor import Actor
from liuke.accounts.service import audit_record
from liuke.act.channels import KINDS
from liuke.act.domain.channel_events import Event, EventKind
from liuke.act.domain.sms import own_id
from liuke.act.messages.receiving import confirmed_record, receipt_record
from liuke.act.outgoing import receipts
from liuke.act.outgoing.health import messages_of
from liuke.act.outgoing.manage import channel_get
from liuke.act.store.models import Channel, Receipt
from liuke.base.errors import Conflict, NotFound
from liuke.base.times import utc_now
from liuke.jobs.store.models import OutboxMessage

Status = OutboxMessage.Status
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Trouble:
    """One message. `state`: failed or unknown; `error` as stored, `{"code", "params"}`."""

    id: int
    state: str
    at: datetime
    to_customer: bool
    error: dict[str, object] | None
    can_ask: bool


def troubles(*, actor: Actor, channel_id: int) -> list[Trouble]:
    """The newest hundred that failed or whose fate is unknown. Raises NotFound, Forbidden."""
    channel = channel_get(actor=actor, channel_id=channel_id)
    can_ask = KINDS[channel.kind].receipts is not None
    rows = messages_of(channel).filter(status__in=[Status.FAILED, Status.UNKNOWN]).order_by("-run_at", "-id")[:SHOWN]
    return [
        Trouble(row.pk, row.status, row.run_at, row.topic.startswith("customer."), row.error, can_ask and row.status == Status.UNKNOWN)
        for row in rows
    ]


def trouble_ask(*, actor: Actor, channel_id: int, message_id: int) -> str:
    """Ask the vendor once more: delivered, failed or unknown. Raises Conflict where the vendor cannot be asked."""
    channel, row = _found(actor, channel_id, message_id)
    kept = Receipt.objects.filter(channel=channel, key=row.key).first()
    if KINDS[channel.kind].receipts is None or kept is None:
        raise Conflict("channel_cannot_ask")
    for event in receipts.receipts_ask(channel, [kept], utc_now()):
        settled(channel, event)
    row.refresh_from_db()
    return {Status.SENT: "delivered", Status.FAILED: "failed"}.get(Status(row.status), "unknown")


def trouble_mark(*, actor: Actor, channel_id: int, message_id: int, arrived: bool) -> None:
    """A person has found out elsewhere what became of it. Audited."""
    channel, row = _found(actor, channel_id, message_id)
    state = "delivered" if arrived else "failed"
    event = Event(EventKind.RECEIPT, f"marked:{row.pk}:{state}", utc_now(), ref=own_id(row.key), data={"state": state, "code": "marked"})
    with transaction.atomic():
        settled(channel, event, row.key)
        detail = {"message": row.pk, "arrived": arrived}
        audit_record(actor=actor, action="channel_mark", object_type="channel", object_id=channel.pk, detail=detail)


def settled(channel: Channel, event: Event, key: str | None = None) -> None:
    """Bring everything after a receipt: the open message, its outbox row, and a customer's message. `key` where it is known."""
    if event.kind is EventKind.CONFIRMED:
        confirmed_record(channel=channel, event=event)
        return
    known = receipts.settle(channel, event) or key
    if known is None:
        return
    ended = Status.SENT if event.data.get("state") == "delivered" else Status.FAILED
    error = None if ended == Status.SENT else {"code": "receipt_failed", "params": {"code": event.data.get("code", "")}}
    moved = OutboxMessage.objects.filter(key=known, workspace_id=channel.workspace_id).exclude(status=Status.PENDING)
    moved.exclude(status=ended).update(status=ended, error=error)
    if known.startswith("customer:"):
        data = {**event.data, "key": known}
        receipt_record(channel=channel, event=Event(event.kind, event.dedupe, event.at, event.ref, event.user, event.address, data))


def receipts_poll(now: datetime) -> int:
    """Ask for all messages whose fate is worth asking for now, over all workspaces; how many were settled. Part of the worker's tick."""
    count = 0
    for channel_id, rows in receipts.receipts_due(now).items():
        channel = Channel.objects.get(pk=channel_id)
        events = receipts.receipts_ask(channel, rows, now)
        for event in events:
            settled(channel, event)
        count += len(events)
    return count


def _found(actor: Actor, channel_id: int, message_id: int) -> tuple[Channel, OutboxMessage]:
    channel = channel_get(actor=actor, channel_id=channel_id)
    row = messages_of(channel).filter(pk=message_id, status__in=[Status.FAILED, Status.UNKNOWN]).first()
    if row is None:
        raise NotFound("channel_message_not_found", message=message_id)
    return channel, row
