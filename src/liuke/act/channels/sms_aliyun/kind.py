"""Aliyun's SMS as a channel."""

from __future__ import annotations

from collections.abc import Sequence

from liuke.act.channels.vendor_results import credentials_checked, refused
from liuke.act.domain.channel import ChannelKind, ChannelTarget, Delivered, Failed, Field, FieldKind, Finding, OutMessage, Reach, Result
from liuke.act.domain.channel_asks import ReceiptAsk
from liuke.act.domain.channel_events import Answer, Event, Request
from liuke.act.domain.channel_fields import rate_faults, rate_field, rate_of, wire_fields, wire_of
from liuke.act.domain.sms import e164, own_id, receipt_event, reply_event, template_of
from liuke.vendors.aliyun_sms import client, reports
from liuke.vendors.answers import VendorFault

NAME = "sms_aliyun"
PER_SECOND = 30
"""Calls per second unless the channel says otherwise: careful, as other systems may share the account."""


def send(message: OutMessage, target: ChannelTarget) -> Result:
    """One SMS. A time-out is unknown: receipts or a query tell, and nothing is sent again."""
    phone = e164(message.to)
    if not phone:
        return Failed("channel_recipient")
    template = template_of(message, target.text("template"))
    if isinstance(template, Failed):
        return template
    wait = target.limits.take(f"{NAME}:{target.text('access_key_id')}", rate_of(target, PER_SECOND))
    if wait > 0:
        return Failed("vendor_limited", transient=True, again_in=wait)
    code, params = template
    sms = client.Sms(_national(phone), target.text("sign_name"), code, dict(params), own_id(message.key))
    try:
        biz_id = client.send(_account(target), sms)
    except VendorFault as fault:
        return refused(NAME, fault, repeatable=False)
    return Delivered(f"BizId {biz_id}", own_id(message.key))


def receipts(asks: Sequence[ReceiptAsk], target: ChannelTarget) -> list[Event]:
    """What the vendor knows of messages, one query per number and day."""
    account = _account(target)
    events: list[Event] = []
    wanted = {ask.ref or own_id(ask.key): ask for ask in asks}
    days = {(e164(ask.to), ask.at.astimezone(client.CHINA).date()): ask.at for ask in asks}
    for (phone, _), at in days.items():
        try:
            fates = client.fates(account, _national(phone), at)
        except VendorFault:
            continue
        known = [fate for fate in fates if fate.out_id in wanted and fate.state != "pending"]
        events.extend(receipt_event(fate.out_id, ok=fate.state == "delivered", code=fate.code, at=target.now()) for fate in known)
    return events


def callback(request: Request, target: ChannelTarget) -> Answer:
    """Receipts and replies. Unsigned: the address is secret, and receipts of unknown messages change nothing."""
    try:
        found_reports, replies = reports.read(request.body)
    except ValueError:
        return Answer(400)
    now = target.now()
    events = [
        receipt_event(report.out_id, ok=report.ok, code=report.code, at=report.at or now) for report in found_reports if report.out_id
    ]
    for reply in replies:
        dedupe = f"reply:{reply.phone}:{reply.sequence or reply.at}:{reply.text[:40]}"
        events.append(reply_event(dedupe=dedupe[:120], at=reply.at or now, phone=reply.phone, text=reply.text))
    return Answer(200, "application/json; charset=utf-8", reports.ANSWER, tuple(events))


def check(target: ChannelTarget) -> list[Finding]:
    """Whether the key is valid and may use SMS."""
    return credentials_checked(NAME, lambda: client.templates_seen(_account(target)))


def _account(target: ChannelTarget) -> client.Account:
    wire = wire_of(target, client.BASE_URL)
    return client.Account(wire, target.text("access_key_id"), target.secrets.get("access_key_secret", ""), target.now)


def _national(phone: str) -> str:
    """Aliyun wants mainland numbers bare and others with their country's digits."""
    return phone.removeprefix("+86") if phone.startswith("+86") else phone.removeprefix("+")


CHANNEL = ChannelKind(
    NAME,
    dedupes=False,
    address="phone",
    reaches=frozenset({Reach.STAFF, Reach.CUSTOMER}),
    fields=(
        Field("access_key_id"),
        Field("access_key_secret", FieldKind.SECRET),
        Field("sign_name"),
        Field("template", required=False),
        rate_field(PER_SECOND),
        *wire_fields(client.BASE_URL),
    ),
    send=send,
    validate=rate_faults,
    check=check,
    callback=callback,
    receipts=receipts,
)
