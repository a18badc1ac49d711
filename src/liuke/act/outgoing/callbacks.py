"""What vendors tell us: stored before the answer, worked afterwards, once however often it is told.

`callback_hear` verifies and stores within the vendor's deadline; the outbox topic `callback` works each event in one transaction with the
mark that it is worked, so that neither a repetition nor a killed worker does anything twice.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import msgspec
from django.db import transaction

from liuke.accounts.domain.roles import Role
from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Membership
from liuke.act.channels import KINDS
from liuke.act.channels.inapp import NoticeDraft, notices_write
from liuke.act.channels.vendor_results import fault_code
from liuke.act.domain.channel import Failed
from liuke.act.domain.channel_asks import CardUpdate
from liuke.act.domain.channel_events import Answer, Event, EventKind, Request
from liuke.act.messages.service import bounce_record, confirmed_record, optout_record, reply_record
from liuke.act.outgoing.clicks import click_done
from liuke.act.outgoing.contacts import contact_changed, contact_deleted
from liuke.act.outgoing.sealing import open_text, seal_text
from liuke.act.outgoing.sending import fault_of
from liuke.act.outgoing.targets import path_secret, target_of
from liuke.act.outgoing.trouble import settled
from liuke.act.store.models import CallbackEvent, Channel
from liuke.base.errors import LiukeError, NotFound
from liuke.base.times import utc_now
from liuke.jobs.domain.contract import Delivered, Message, Topic
from liuke.jobs.service import outbox_add
from liuke.vendors.answers import VendorFault

TOPIC, CARD_TOPIC = "callback", "callback.card"
KEPT = timedelta(days=30)
LONGEST_BODY = 256 * 1024


def callback_hear(*, channel_id: int, secret: str, request: Request) -> Answer:
    """Verify, store, answer. Raises NotFound for an unknown channel, a wrong secret or a kind without callbacks: all look alike."""
    channel = Channel.objects.filter(pk=channel_id, enabled=True).first()
    hear = KINDS[channel.kind].callback if channel and channel.kind in KINDS else None
    if channel is None or hear is None or not hmac.compare_digest(path_secret(channel).encode(), secret.encode()):
        raise NotFound("channel_not_found", channel=channel_id)
    answer = hear(request, target_of(channel))
    if answer.status < 400:
        with transaction.atomic():
            Channel.objects.filter(pk=channel.pk).update(last_callback_at=utc_now())
            for event in answer.events:
                event_store(channel, event)
    return answer


def event_store(channel: Channel, event: Event) -> None:
    """Keep an event and what works it, in the caller's transaction; told again it is the same row."""
    dedupe = event.dedupe if len(event.dedupe) <= 120 else hashlib.sha256(event.dedupe.encode()).hexdigest()
    row, is_new = CallbackEvent.objects.get_or_create(
        channel=channel,
        dedupe=f"{event.kind.value}:{dedupe}",
        defaults={"kind": event.kind.value, "sealed": seal_text(msgspec.json.encode(event).decode()), "received_at": utc_now()},
    )
    if is_new:
        outbox_add(key=f"callback:{row.pk}", topic=TOPIC, payload={"event": row.pk}, workspace_id=channel.workspace_id)


def event_handle(message: Message) -> Delivered:
    """Work one stored event. What cannot be done is written on the row; only a transient fault is tried again."""
    with transaction.atomic():
        row = _taken(message.payload.get("event"))
        if row is None:
            return Delivered.SUPPRESSED
        event = msgspec.json.decode(open_text(row.sealed), type=Event)
        _HANDLERS[event.kind](row, event)
    return Delivered.SENT


def _taken(event_id: object) -> CallbackEvent | None:
    """The event, marked as worked in the caller's transaction; None where somebody has worked it."""
    wanted = event_id if isinstance(event_id, int) else 0
    if not CallbackEvent.objects.filter(pk=wanted, handled_at=None).update(handled_at=utc_now()):
        return None
    return CallbackEvent.objects.select_related("channel__workspace").get(pk=wanted)


def _clicked(row: CallbackEvent, event: Event) -> None:
    channel = row.channel
    text, code = click_done(channel, event)
    CallbackEvent.objects.filter(pk=row.pk).update(error=code[:80])
    if KINDS[channel.kind].update_card is None:
        return
    payload = {
        "channel": channel.pk, "task_id": event.data.get("task_id", ""), "text": text, "ref": event.ref,
        "response": event.data.get("response", ""), "user": event.user,
    }  # fmt: skip
    outbox_add(key=f"callback.card:{row.pk}", topic=CARD_TOPIC, payload=payload, workspace_id=channel.workspace_id)


def _message(record: Callable[..., object]) -> Callable[[CallbackEvent, Event], None]:
    def handle(row: CallbackEvent, event: Event) -> None:
        try:
            with transaction.atomic():
                record(channel=row.channel, event=event)
        except LiukeError as fault:
            CallbackEvent.objects.filter(pk=row.pk).update(error=fault.code[:80])

    return handle


def _receipt(*, channel: Channel, event: Event) -> None:
    settled(channel, event)


def _contact_deleted(row: CallbackEvent, event: Event) -> None:
    found = contact_deleted(row.channel, event)
    if not found:
        CallbackEvent.objects.filter(pk=row.pk).update(error="callback_no_customer")


def _contact_changed(row: CallbackEvent, event: Event) -> None:
    """What WeCom cannot be asked now, the next sync of the contacts brings."""
    try:
        error = "" if contact_changed(row.channel, event) else "callback_no_customer"
    except VendorFault as fault:
        error = fault_code("wecom", fault.code)
    if error:
        CallbackEvent.objects.filter(pk=row.pk).update(error=error[:80])


def _warning(row: CallbackEvent, event: Event) -> None:
    channel = row.channel
    roles = (Role.ADMIN.value, Role.IT.value)
    members = Membership.objects.filter(workspace_id=channel.workspace_id, is_active=True, role__in=roles).values_list("pk", flat=True)
    key = f"notices.{event.data.get('code', '')}"[:60]
    drafts = [NoticeDraft(member, key, f"callback:{row.pk}:{member}", dict(event.data), "/settings/channels") for member in members]
    notices_write(drafts, workspace_id=channel.workspace_id, at=workspace_now(channel.workspace))


_HANDLERS: Mapping[EventKind, Callable[[CallbackEvent, Event], None]] = {
    EventKind.CLICKED: _clicked,
    EventKind.RECEIPT: _message(_receipt),
    EventKind.REPLY: _message(reply_record),
    EventKind.OPT_OUT: _message(optout_record),
    EventKind.BOUNCE: _message(bounce_record),
    EventKind.CONFIRMED: _message(confirmed_record),
    EventKind.CONTACT_DELETED: _contact_deleted,
    EventKind.CONTACT_CHANGED: _contact_changed,
    EventKind.WARNING: _warning,
}


def card_tell(message: Message) -> Delivered:
    """Change the pressed card to what is stored. A refusal harms nothing: the card's own state is no truth."""
    payload = message.payload
    channel = Channel.objects.filter(pk=_number(payload.get("channel")), enabled=True).select_related("workspace").first()
    update = KINDS[channel.kind].update_card if channel else None
    if channel is None or update is None or channel.workspace.simulated_as_of is not None:
        return Delivered.SUPPRESSED
    text = {name: str(payload.get(name, "")) for name in ("task_id", "text", "ref", "response", "user")}
    asked = CardUpdate(text["task_id"], text["text"], text["ref"], text["response"], (text["user"],) if text["user"] else ())
    result = update(asked, target_of(channel))
    if isinstance(result, Failed) and result.transient:
        raise fault_of(result)
    return Delivered.SENT


def callbacks_sweep(now: datetime) -> int:
    """Remove events older than 30 days; how many."""
    return CallbackEvent.objects.filter(received_at__lt=now - KEPT).delete()[0]


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


CALLBACK_TOPICS: Mapping[str, Topic] = {
    TOPIC: Topic(deliver=event_handle, dedupes=True),
    CARD_TOPIC: Topic(deliver=card_tell, dedupes=True),
}
"""By topic, for the worker."""
