"""Outbox topics `customer.<kind>`: judged once more at the moment of leaving, then handed to the channel. An SMS whose fate is not
known is never sent again: its kind does not dedupe, so the outbox marks it `unknown` and only a receipt settles it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.channels import KINDS
from liuke.act.domain.channel import Delivered, Failed, OutMessage, Reach, Result, Unknown
from liuke.act.governor.addresses import Reached
from liuke.act.governor.consents import consent_given
from liuke.act.governor.domain import Allowed, CouponOffer, Deferred, Refused, Touch
from liuke.act.governor.domain_policy import Purpose
from liuke.act.governor.pasts import governor_lock, pasts_of
from liuke.act.governor.policies import policy_of
from liuke.act.messages.links import pixel_address, unsubscribe_address
from liuke.act.messages.sending import TOPIC, Verdict, decision_row, held_by, outbox_row
from liuke.act.messages.telling import sent_tell
from liuke.act.messages.templates import templates_of
from liuke.act.outgoing.sealing import open_text
from liuke.act.outgoing.sending import fault_of, send
from liuke.act.store.models import Channel, CustomerMessage
from liuke.base.errors import Invalid
from liuke.base.times import utc_now
from liuke.base.words import render
from liuke.jobs.domain.contract import Delivered as Outcome
from liuke.jobs.domain.contract import Message, Topic
from liuke.jobs.store.models import OutboxMessage

Status = CustomerMessage.Status
WAITING = (Status.QUEUED, Status.DEFERRED, Status.SENDING)
UNSUBSCRIBE_ON = frozenset({"email"})


def deliver(message: Message) -> Outcome:
    """One message on its way. Suppressed: gone, refused or put off at the last moment, or a workspace that only rehearses."""
    number, again = message.payload.get("message"), message.payload.get("again", 0)
    row = CustomerMessage.objects.filter(pk=number if isinstance(number, int) else 0).select_related("workspace", "customer__owner").first()
    if row is None or row.status not in WAITING:
        return Outcome.SUPPRESSED
    now = workspace_now(row.workspace)
    if row.status != Status.SENDING and not _may_leave(row, row.workspace, now, again if isinstance(again, int) else 0):
        return Outcome.SUPPRESSED
    channel = Channel.objects.filter(workspace=row.workspace, kind=row.channel, enabled=True).order_by("position", "pk").first()
    if channel is None:
        _end(row, Status.SUPPRESSED, "no_channel")
        return Outcome.SUPPRESSED
    return _settle(row, send(channel, out_message(row, message.key)))


def out_message(row: CustomerMessage, key: str) -> OutMessage:
    """What the channel gets. Marketing mails say how to refuse, in the text and in the headers of RFC 8058."""
    text, headers, pixel = row.text, {}, ""
    if row.medium in UNSUBSCRIBE_ON and row.purpose == Purpose.MARKETING:
        pixel, notice = _pixel(row)
        address = unsubscribe_address(row)
        footer = render("messages.unsubscribe_line", {"link": address}, language=row.workspace.locale)
        text = "\n\n".join(part for part in (text, notice, footer) if part)
        headers = {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    data = {"workspace": row.workspace.slug, "customer_key": row.customer.key, "message": row.pk, "owner": row.customer.owner_id or 0}
    return OutMessage(
        key, "customer", row.subject, text, "", open_text(row.address) if row.address else "", data,
        template=row.sms_template, params={str(name): str(value) for name, value in row.params.items()}, headers=headers, pixel=pixel,
    )  # fmt: skip


def _pixel(row: CustomerMessage) -> tuple[str, str]:
    """The address of the picture that tells of the opening, and what the mail says about it; both empty where there is none.

    Four must agree: the workspace, the template, the reader, who has said yes to marketing mails and not taken it back, and nobody
    who has switched it off since the message was written.
    """
    policy = policy_of(row.workspace)
    if not policy.open_pixel or not any(each.open_pixel for each in templates_of(row.workspace, codes=[row.template_code], archived=True)):
        return "", ""
    if not consent_given(customer_id=row.customer_id, contact_id=row.contact_id, medium=row.medium, purpose=Purpose.MARKETING):
        return "", ""
    return pixel_address(row), policy.pixel_notice or render("messages.pixel_notice", {}, language=row.workspace.locale)


def _may_leave(row: CustomerMessage, workspace: Workspace, now: datetime, again: int) -> bool:
    """Judged as if it were asked for now, itself left out; the reservation moves to the moment of leaving."""
    with transaction.atomic():
        governor_lock(workspace.pk)
        row.refresh_from_db(fields=["status"])
        if row.status not in WAITING:
            return False
        touch, way = _touch(row, now), _way(row)
        pasts = pasts_of(workspace, now=now, customer_ids=[row.customer_id], digests=[row.digest], touches=[touch], leaving_out=[row.pk])
        if pasts.dry:
            _hold(row, workspace, now)
            return False
        word = pasts.judge(touch, way, now)
        if isinstance(word, Allowed):
            CustomerMessage.objects.filter(pk=row.pk).update(status=Status.SENDING, planned_at=now, reason="")
        elif isinstance(word, Deferred):
            _put_off(row, word, now, again + 1)
        else:
            _refuse(row, word, now)
        return isinstance(word, Allowed)


def _put_off(row: CustomerMessage, word: Deferred, now: datetime, again: int) -> None:
    row.status, row.planned_at, row.reason = Status.DEFERRED, word.until, word.rule.value
    row.save(update_fields=["status", "planned_at", "reason"])
    decision_row(row, Verdict.DEFERRED, word.rule.value, now, until=word.until).save()
    fresh = outbox_row(row, again=again)
    OutboxMessage.objects.get_or_create(
        key=fresh.key,
        defaults={"topic": fresh.topic, "payload": fresh.payload, "workspace_id": fresh.workspace_id, "run_at": fresh.run_at},
    )


def _refuse(row: CustomerMessage, word: Refused, now: datetime) -> None:
    _end(row, Status.REFUSED, word.rule.value)
    decision_row(row, Verdict.REFUSED, word.rule.value, now, params=word.params).save()


def _hold(row: CustomerMessage, workspace: Workspace, now: datetime) -> None:
    _end(row, Status.SUPPRESSED, held_by(workspace))
    decision_row(row, Verdict.HELD, held_by(workspace), now).save()


def _end(row: CustomerMessage, status: str, reason: str) -> None:
    """It does not leave, so it uses up nothing."""
    CustomerMessage.objects.filter(pk=row.pk).update(status=status, reason=reason, counts=False, cost=Decimal(0))


def _touch(row: CustomerMessage, now: datetime) -> Touch:
    """A playbook's own budget was judged when the message was reserved; what is left is the policy's."""
    coupon = CouponOffer(row.offer, row.offer_segment, row.offer_reason) if row.offer else None
    address = open_text(row.address) if row.address else ""
    return Touch(row.customer_id, row.channel, Purpose(row.purpose), address, row.cost, coupon, row.playbook_id, now, row.medium)


def _way(row: CustomerMessage) -> Reached:
    return Reached(row.contact_id, "", "", row.digest)


def _settle(row: CustomerMessage, result: Result) -> Outcome:
    rows = CustomerMessage.objects.filter(pk=row.pk)
    if isinstance(result, Delivered):
        taken = rows.filter(status=Status.SENDING)
        rows.filter(ref="").update(ref=result.ref[:120], sent_at=utc_now())
        with transaction.atomic():
            if taken.update(status=Status.ACCEPTED, error=None):
                sent_tell(row, at=row.planned_at)
        return Outcome.SENT
    error = {"code": result.code, "params": dict(result.params)}
    if isinstance(result, Unknown):
        rows.filter(status=Status.SENDING).update(status=Status.UNKNOWN, reason=result.code[:40], error=error, sent_at=utc_now())
        return Outcome.UNKNOWN
    return _failed(row, result, error)


def _failed(row: CustomerMessage, result: Failed, error: Mapping[str, object]) -> Outcome:
    if result.transient:
        CustomerMessage.objects.filter(pk=row.pk, status=Status.SENDING).update(status=Status.QUEUED, error=error)
        raise fault_of(result)
    CustomerMessage.objects.filter(pk=row.pk).update(error=error)
    _end(row, Status.FAILED, result.code[:40])
    raise Invalid(result.code, **result.params)


def messages_settle() -> int:
    """Bring the ledger after what the outbox ended by itself: a worker that died (unknown), a channel that stayed away (failed).

    How many rows it changed. Part of the worker's tick.
    """
    changed = 0
    ended = {OutboxMessage.Status.UNKNOWN: Status.UNKNOWN, OutboxMessage.Status.FAILED: Status.FAILED}
    waiting = CustomerMessage.objects.filter(status__in=[Status.SENDING, Status.QUEUED]).values_list("pk", flat=True)
    keys = {f"customer:{pk}": pk for pk in waiting[:2_000]}
    rows = OutboxMessage.objects.filter(key__in=list(keys), status__in=list(ended)).values_list("key", "status", "error")
    for key, status, error in rows:
        told = {"error": error} if error else {}
        counts = {} if status == OutboxMessage.Status.UNKNOWN else {"counts": False}
        row = CustomerMessage.objects.filter(pk=keys[key], status__in=[Status.SENDING, Status.QUEUED])
        changed += row.update(
            status=ended[OutboxMessage.Status(status)], reason="worker_died" if not error else "given_up", **told, **counts
        )
    return changed


MESSAGE_TOPICS: Mapping[str, Topic] = {
    f"{TOPIC}{kind.name}": Topic(deliver=deliver, dedupes=kind.dedupes) for kind in KINDS.values() if Reach.CUSTOMER in kind.reaches
}
"""By topic, for the worker."""
