"""One message to one customer as a mass task of the colleague who owns the customer; what became of it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from liuke.accounts.service.addresses import staff_address
from liuke.act.channels.wecom.app import FIELDS
from liuke.act.channels.wecom.check import check
from liuke.act.channels.wecom.customers import mass_state, mass_task
from liuke.act.channels.wecom.kind import validate
from liuke.act.domain.channel import ChannelKind, ChannelTarget, Failed, OutMessage, Reach, Result
from liuke.act.domain.channel_asks import MassAsk, MassState, ReceiptAsk
from liuke.act.domain.channel_events import Event, EventKind


def send(message: OutMessage, target: ChannelTarget) -> Result:
    """`to` is the customer's external id; without an owner whose WeCom id is known nobody could confirm."""
    owner = message.data.get("owner")
    sender = staff_address(owner, "wecom") if isinstance(owner, int) else ""
    if not message.to:
        return Failed("channel_recipient")
    if not sender:
        return Failed("wecom_no_sender")
    return mass_task(MassAsk(message.key, sender, (message.to,), message.text, message.link, message.subject), target)


def receipts(asks: Sequence[ReceiptAsk], target: ChannelTarget) -> list[Event]:
    """Confirmed n of N, then delivered or failed for the customer; nothing where WeCom does not say."""
    return [event for ask in asks if ask.ref and (state := mass_state(ask.ref, target)) for event in _events(ask, state, target)]


def _events(ask: ReceiptAsk, state: MassState, target: ChannelTarget) -> Iterator[Event]:
    counts = {"confirmed": str(state.confirmed), "of": str(state.of), "key": ask.key}
    yield Event(EventKind.CONFIRMED, f"{ask.ref}:{state.confirmed}", target.now(), ref=ask.ref, data=counts)
    failed = dict(state.failed)
    if ask.to in state.delivered:
        data = {"state": "delivered", "key": ask.key}
        yield Event(EventKind.RECEIPT, f"{ask.ref}:delivered", target.now(), ref=ask.ref, address=ask.to, data=data)
    elif ask.to in failed:
        data = {"state": "failed", "code": failed[ask.to], "key": ask.key}
        yield Event(EventKind.RECEIPT, f"{ask.ref}:failed", target.now(), ref=ask.ref, address=ask.to, data=data)


CHANNEL = ChannelKind(
    "wecom_customer",
    dedupes=False,
    address="wecom_external",
    reaches=frozenset({Reach.CUSTOMER}),
    fields=tuple(field for field in FIELDS if not field.name.startswith("callback_")),
    send=send,
    validate=validate,
    check=check,
    receipts=receipts,
    mass_task=mass_task,
    mass_state=mass_state,
)
