"""Tencent Cloud's SMS as a channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from liuke.act.channels.vendor_results import credentials_checked, fault_code, refused
from liuke.act.domain.channel import ChannelKind, ChannelTarget, Delivered, Failed, Field, FieldKind, Finding, OutMessage, Reach, Result
from liuke.act.domain.channel_asks import ReceiptAsk
from liuke.act.domain.channel_events import Answer, Event, Request
from liuke.act.domain.channel_fields import rate_faults, rate_field, rate_of, wire_fields, wire_of
from liuke.act.domain.sms import e164, own_id, receipt_event, reply_event, template_of
from liuke.vendors.answers import VendorFault
from liuke.vendors.tencent_sms import client, reports

NAME = "sms_tencent"
PER_SECOND = 60
"""Calls per second unless the channel says otherwise: careful, as other systems may share the account."""
CHINA = ZoneInfo("Asia/Shanghai")
MORNING = 8
"""From this hour on marketing is taken."""
EARLIER = timedelta(minutes=10)
"""Receipts are asked for from so long before the sending: clocks differ."""


def send(message: OutMessage, target: ChannelTarget) -> Result:
    """One SMS. A time-out is unknown: receipts or a query tell, and nothing is sent again. Marketing at night waits for 08:00."""
    phone = e164(message.to)
    if not phone:
        return Failed("channel_recipient")
    template = template_of(message, target.text("template"))
    if isinstance(template, Failed):
        return template
    wait = target.limits.take(f"{NAME}:{target.text('secret_id')}", rate_of(target, PER_SECOND))
    if wait > 0:
        return Failed("vendor_limited", transient=True, again_in=wait)
    code, params = template
    sms = client.Sms(phone, target.text("sign_name"), code, positional(params), own_id(message.key))
    try:
        serial = client.send(_account(target), sms)
    except VendorFault as fault:
        if fault.code in client.NIGHT:
            said = {"code": fault.code, "said": fault.said}
            return Failed(fault_code(NAME, fault.code), said, transient=True, again_in=until_morning(target.now()))
        return refused(NAME, fault, repeatable=False)
    return Delivered(f"SerialNo {serial}", own_id(message.key))


def positional(params: Sequence[tuple[str, str]]) -> list[str]:
    """Template variables in their order: by number where all names are numbers, else as given."""
    if all(name.isdigit() for name, _ in params):
        return [text for _, text in sorted(params, key=lambda pair: int(pair[0]))]
    return [text for _, text in params]


def until_morning(now: datetime) -> float:
    """Seconds until the next 08:00 in China."""
    local = now.astimezone(CHINA)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return ((morning if local < morning else morning + timedelta(days=1)) - local).total_seconds()


def receipts(asks: Sequence[ReceiptAsk], target: ChannelTarget) -> list[Event]:
    """What the vendor knows of messages, one query per number."""
    account = _account(target)
    events: list[Event] = []
    wanted = {ask.ref or own_id(ask.key) for ask in asks}
    since: dict[str, datetime] = {}
    for ask in asks:
        phone = e164(ask.to)
        since[phone] = min(ask.at, since.get(phone, ask.at))
    for phone, at in since.items():
        try:
            fates = client.fates(account, phone, at - EARLIER)
        except VendorFault:
            continue
        events.extend(receipt_event(fate.session, ok=fate.ok, code=fate.code, at=target.now()) for fate in fates if fate.session in wanted)
    return events


def callback(request: Request, target: ChannelTarget) -> Answer:
    """Receipts and replies. Unsigned: the address is secret, and receipts of unknown messages change nothing."""
    try:
        found_reports, replies = reports.read(request.body)
    except ValueError:
        return Answer(400)
    now = target.now()
    events = [receipt_event(report.session, ok=report.ok, code=report.code, at=now) for report in found_reports if report.session]
    for reply in replies:
        dedupe = f"reply:{reply.phone}:{reply.time or now.isoformat()}:{reply.text[:40]}"
        events.append(reply_event(dedupe=dedupe[:120], at=now, phone=reply.phone, text=reply.text))
    return Answer(200, "application/json; charset=utf-8", reports.ANSWER, tuple(events))


def check(target: ChannelTarget) -> list[Finding]:
    """Whether the key is valid and may use this SMS application."""
    return credentials_checked(NAME, lambda: client.statistics(_account(target)))


def _account(target: ChannelTarget) -> client.Account:
    wire = wire_of(target, client.BASE_URL)
    return client.Account(wire, target.text("secret_id"), target.secrets.get("secret_key", ""), target.text("app_id"), target.now)


CHANNEL = ChannelKind(
    NAME,
    dedupes=False,
    address="phone",
    reaches=frozenset({Reach.STAFF, Reach.CUSTOMER}),
    fields=(
        Field("secret_id"),
        Field("secret_key", FieldKind.SECRET),
        Field("app_id"),
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
