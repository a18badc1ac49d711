"""What comes back from customers and carriers: receipts, replies, opt-outs, bounces, opens, clicks. Told twice, it happens once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from liuke.accounts.domain.actor import system
from liuke.act.doings.domain import is_machine
from liuke.act.domain.channel_events import Event
from liuke.act.governor.addresses import digest_of, hint_of
from liuke.act.governor.consents import consent_write
from liuke.act.governor.domain_policy import Purpose
from liuke.act.governor.suppressions import SOFT_BOUNCES, SOFT_DAYS, suppress, workspace_at
from liuke.act.messages.domain_optout import is_optout
from liuke.act.messages.preparing import medium_of
from liuke.act.messages.telling import BY_CONFIRMATION, opened_tell, sent_tell
from liuke.act.outgoing.sealing import open_text
from liuke.act.store.models import Channel, Consent, CustomerMessage, MessageEvent, Suppression, TrackedLink
from liuke.connect.service import batch_ingest

Status = CustomerMessage.Status
SOURCE = "messages"
"""The name of the source under which replies become activities."""
KEY = "customer:"
UNPROVED = frozenset({Status.SENDING, Status.UNKNOWN, Status.FAILED})
"""Nobody knew that a message in such a state had left: its receipt is the first word of it."""


def receipt_record(*, channel: Channel, event: Event) -> CustomerMessage | None:
    """The carrier says what became of a message (data: state = delivered | failed, code); None where it is none of ours."""
    with transaction.atomic():
        row = _message_of(channel, event)
        if row is None or not _first(
            channel, event, "receipt", row, {"state": event.data.get("state", ""), "code": event.data.get("code", "")}
        ):
            return row
        open_rows = CustomerMessage.objects.filter(pk=row.pk)
        if event.data.get("state") == "delivered":
            moved = open_rows.exclude(status=Status.DELIVERED)
            moved.update(status=Status.DELIVERED, reason="", error=None, delivered_at=event.at, sent_at=row.sent_at or event.at)
            if row.status in UNPROVED or row.channel in BY_CONFIRMATION:
                sent_tell(row, at=event.at, receipt=True)
        else:
            error = {"code": "receipt_failed", "params": {"code": event.data.get("code", "")}}
            open_rows.exclude(status=Status.DELIVERED).update(status=Status.FAILED, reason="receipt_failed", error=error)
    row.refresh_from_db()
    return row


def reply_record(*, channel: Channel, event: Event) -> CustomerMessage | None:
    """A customer has written back (data: text). It ends flows as an activity `message.in`; R, 退订 and their like are an opt-out."""
    text = event.data.get("text", "")
    if is_optout(text):
        return optout_record(channel=channel, event=event, source="sms_reply" if _medium(channel) == "sms" else "mail_reply")
    with transaction.atomic():
        row = _message_of(channel, event)
        if row is None or not _first(channel, event, "reply", row, {}):
            return row
        CustomerMessage.objects.filter(pk=row.pk, replied_at=None).update(replied_at=event.at)
        activity = {
            "activity_id": f"{channel.pk}:{event.dedupe}"[:120], "customer_key": row.customer.key, "ts": event.at, "kind": "message.in",
            "channel": row.medium, "attrs": {"text": text[:2000], "message": row.pk},
        }  # fmt: skip
        batch_ingest(actor=system(row.workspace_id), source=SOURCE, rows=[activity])
    row.refresh_from_db()
    return row


def optout_record(*, channel: Channel, event: Event, source: str = "sms_reply") -> CustomerMessage | None:
    """An address wants no more marketing over this medium: suppressed at once, even if no message of ours is found for it."""
    with transaction.atomic():
        row, medium = _message_of(channel, event), _medium(channel)
        if not _first(channel, event, "optout", row, {}):
            return row
        digest = _digest(channel, event, row)
        if digest:
            hint = _hint_of(channel, event, row)
            suppress(workspace_id=channel.workspace_id, medium=medium, digest=digest, reason="reply", at=event.at, hint=hint, message=row)
        if row is not None:
            _withdraw(row, source, event.at)
    return row


def bounce_record(*, channel: Channel, event: Event) -> CustomerMessage | None:
    """A mail came back (data: hard). 5.x.x ends the sending to the address; 4.x.x does with the third within 14 days."""
    hard = event.data.get("hard") == "true"
    with transaction.atomic():
        row, medium = _message_of(channel, event), _medium(channel)
        if not _first(channel, event, "bounce" if hard else "soft_bounce", row, {"code": event.data.get("code", "")}):
            return row
        digest = _digest(channel, event, row)
        if row is not None and hard:
            error = {"code": "bounced", "params": {"code": event.data.get("code", "")}}
            CustomerMessage.objects.filter(pk=row.pk).update(status=Status.FAILED, reason="bounced", error=error)
        if digest and (hard or _often(channel.workspace_id, digest, event.at)):
            suppress(
                workspace_id=channel.workspace_id, medium=medium, digest=digest, reason="bounce" if hard else "soft_bounces",
                at=event.at, hint=_hint_of(channel, event, row), scope=Suppression.Scope.ALL, message=row,
            )  # fmt: skip
    return row


def _often(workspace_id: int, digest: str, at: datetime) -> bool:
    """Whether mails to an address have come back so often lately that it counts as gone."""
    since = at - timedelta(days=SOFT_DAYS)
    soft = MessageEvent.objects.filter(workspace_id=workspace_id, digest=digest, kind="soft_bounce", at__gt=since)
    return soft.count() >= SOFT_BOUNCES


def confirmed_record(*, channel: Channel, event: Event) -> CustomerMessage | None:
    """How many colleagues have confirmed a mass task (data: confirmed, of): shown as 待员工确认 n/N."""
    row = _message_of(channel, event)
    if row is not None:
        progress = {name: int(event.data[name]) for name in ("confirmed", "of") if event.data.get(name, "").isdigit()}
        CustomerMessage.objects.filter(pk=row.pk).update(progress=progress)
    return row


def open_record(*, token: str) -> bool:
    """A message was opened, perhaps by a proxy: weak evidence, and none at all within seconds of its leaving.

    False for a token that we never gave.
    """
    row = CustomerMessage.objects.filter(token=token).select_related("customer").first()
    if row is None:
        return False
    at = workspace_at(row.workspace_id)
    if is_machine(sent_at=row.planned_at, opened_at=at):
        return True
    with transaction.atomic():
        if CustomerMessage.objects.filter(pk=row.pk, opened_at=None).update(opened_at=at):
            opened_tell(row, at=at)
    return True


def click_record(*, token: str, count: bool = True) -> str | None:
    """Count a click and tell where it leads: only ever an address that stands in the message. None for an unknown token."""
    link = TrackedLink.objects.filter(token=token).select_related("message__customer").first()
    if link is None or not count:
        return link.url if link else None
    at = workspace_at(link.message.workspace_id)
    with transaction.atomic():
        TrackedLink.objects.filter(pk=link.pk).update(clicks=F("clicks") + 1)
        TrackedLink.objects.filter(pk=link.pk, first_at=None).update(first_at=at)
        if CustomerMessage.objects.filter(pk=link.message_id, clicked_at=None).update(clicked_at=at):
            opened_tell(link.message, at=at, clicked=True)
    return link.url


def unsubscribe(*, token: str, source: str) -> CustomerMessage | None:
    """The recipient of a message says no: `unsubscribe_page` by hand, `one_click` by the mail program. Twice is once."""
    row = CustomerMessage.objects.filter(token=token).select_related("customer").first()
    if row is None:
        return None
    at = workspace_at(row.workspace_id)
    with transaction.atomic():
        if row.digest:
            suppress(
                workspace_id=row.workspace_id,
                medium=row.medium,
                digest=row.digest,
                reason="unsubscribe",
                at=at,
                hint=_hint_kept(row),
                message=row,
            )
        _withdraw(row, source, at)
    return row


def _withdraw(row: CustomerMessage, source: str, at: datetime) -> None:
    """The evidence; nothing is added where the person's last word is no already."""
    whose = Q(contact_id=row.contact_id) if row.contact_id is not None else Q(contact__isnull=True)
    said = Consent.objects.filter(whose, customer_id=row.customer_id, medium=row.medium, purpose=Purpose.MARKETING)
    last = said.order_by("-pk").first()
    if last is None or last.state != Consent.State.WITHDRAWN:
        consent_write(
            customer=row.customer, contact_id=row.contact_id, medium=row.medium, purpose=Purpose.MARKETING.value,
            state=Consent.State.WITHDRAWN, source=source, at=at,
        )  # fmt: skip


def _first(channel: Channel, event: Event, kind: str, row: CustomerMessage | None, data: Mapping[str, object]) -> bool:
    """Whether this event is new; kept so that its repetition is not."""
    digest = _digest(channel, event, row)
    _, is_new = MessageEvent.objects.get_or_create(
        workspace_id=channel.workspace_id, dedupe=f"{channel.pk}:{event.dedupe}"[:160],
        defaults={"message": row, "kind": kind, "digest": digest, "at": event.at, "data": dict(data)},
    )  # fmt: skip
    return is_new


def _message_of(channel: Channel, event: Event) -> CustomerMessage | None:
    """By our key, by the vendor's id, else the last one that went to the address."""
    rows = CustomerMessage.objects.filter(workspace_id=channel.workspace_id).select_related("customer")
    key = event.data.get("key", "")
    number = key.removeprefix(KEY).split(":")[0]
    if key.startswith(KEY) and number.isdigit() and len(number) < 19:
        return rows.filter(pk=int(number)).first()
    if event.ref:
        found = rows.filter(ref=event.ref).order_by("-pk").first()
        if found is not None:
            return found
    digest = digest_of(channel.workspace_id, _medium(channel), event.address)
    gone = rows.filter(digest=digest, status__in=[Status.SENDING, Status.ACCEPTED, Status.DELIVERED, Status.UNKNOWN, Status.FAILED])
    return gone.order_by("-planned_at", "-pk").first() if digest else None


def _digest(channel: Channel, event: Event, row: CustomerMessage | None) -> str:
    """Of the address that the event names, else of the one that our message went to; blank where neither is known."""
    return digest_of(channel.workspace_id, _medium(channel), event.address) or (row.digest if row else "")


def _hint_of(channel: Channel, event: Event, row: CustomerMessage | None) -> str:
    """What may be seen of the address that the event names, else of the one that our message went to."""
    return hint_of(_medium(channel), event.address) if event.address else _hint_kept(row)


def _medium(channel: Channel) -> str:
    return medium_of(channel.kind)


def _hint_kept(row: CustomerMessage | None) -> str:
    """What may be seen of the address that our message went to; blank once that address is forgotten."""
    return hint_of(row.medium, open_text(row.address)) if row is not None and row.address else ""
