"""Messages whose fate is told later: written before the sending, settled by a receipt, by asking, or by a person. Never sent again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from liuke.act.channels import KINDS
from liuke.act.domain.channel import Delivered, OutMessage, Result, Unknown
from liuke.act.domain.channel_asks import ReceiptAsk
from liuke.act.domain.channel_events import Event, EventKind
from liuke.act.domain.sms import own_id
from liuke.act.outgoing.sealing import open_text, seal_text
from liuke.act.outgoing.targets import target_of
from liuke.act.store.models import Channel, Receipt

State = Receipt.State
OPEN = (State.SENDING, State.ACCEPTED, State.UNKNOWN)
KEPT = timedelta(days=90)
ASKED_FOR = timedelta(hours=72)
"""Carriers tell within 72 hours; what is open after that stays as it is."""
FIRST_ASK = timedelta(minutes=2)
BETWEEN_ASKS = timedelta(minutes=30)
AT_ONCE = 100
SETTLED = (State.DELIVERED, State.ACCEPTED, State.UNKNOWN, State.SENDING)


def begin(channel: Channel, message: OutMessage, now: datetime) -> Result | None:
    """Write that it is being sent. A result where it may have been sent already: then nothing is sent."""
    row, made = Receipt.objects.get_or_create(
        channel=channel, key=message.key, defaults={"ref": own_id(message.key), "sealed_to": seal_text(message.to), "sent_at": now}
    )
    if made:
        return None
    again = Receipt.objects.filter(pk=row.pk, state=State.FAILED, settled_at=None)
    if again.update(state=State.SENDING, sent_at=now, code=""):
        return None
    if row.state in {State.ACCEPTED, State.DELIVERED}:
        return Delivered("", row.ref)
    return Unknown("sending_unknown", {}, row.ref)


def end(channel: Channel, message: OutMessage, result: Result, now: datetime) -> None:
    """Write how the sending ended; a receipt that came before the answer stands."""
    row = Receipt.objects.filter(channel=channel, key=message.key, state=State.SENDING)
    if isinstance(result, Delivered):
        row.update(state=State.ACCEPTED, ref=(result.ref or own_id(message.key))[:128])
    elif isinstance(result, Unknown):
        row.update(state=State.UNKNOWN, code=result.code[:80])
    else:
        row.update(state=State.FAILED, code=result.code[:80], settled_at=None if result.transient else now)


def settle(channel: Channel, event: Event) -> str | None:
    """A receipt, from a callback or asked for. The message's key, also where it was settled before; None for ids that we never gave."""
    row = Receipt.objects.filter(channel=channel, ref=event.ref).exclude(ref="").first()
    if row is None:
        return None
    delivered = event.data.get("state") == "delivered"
    state = State.DELIVERED if delivered else State.FAILED
    late = Q(state__in=OPEN) | (Q(state=State.FAILED) if delivered else Q(pk=None))
    Receipt.objects.filter(late, pk=row.pk).update(state=state, code=event.data.get("code", "")[:80], settled_at=event.at)
    return row.key


def receipts_ask(channel: Channel, rows: Iterable[Receipt], now: datetime) -> list[Event]:
    """Ask the vendor what became of these, and settle what it tells. The events are for the caller to hand on."""
    kind = KINDS[channel.kind]
    asked = list(rows)
    if kind.receipts is None or not asked:
        return []
    asks = [ReceiptAsk(row.key, row.ref, open_text(row.sealed_to), row.sent_at) for row in asked]
    Receipt.objects.filter(pk__in=[row.pk for row in asked]).update(asked_at=now)
    told = kind.receipts(asks, target_of(channel))
    return [event for event in told if event.kind is EventKind.CONFIRMED or (event.kind is EventKind.RECEIPT and settle(channel, event))]


def receipts_due(now: datetime) -> dict[int, list[Receipt]]:
    """Open messages by channel whose fate is worth asking for now."""
    rested = Q(asked_at=None, sent_at__lte=now - FIRST_ASK) | Q(asked_at__lte=now - BETWEEN_ASKS)
    rows = Receipt.objects.filter(rested, state__in=OPEN, sent_at__gt=now - ASKED_FOR, channel__enabled=True)
    found: defaultdict[int, list[Receipt]] = defaultdict(list)
    for row in rows.filter(channel__workspace__simulated_as_of=None).order_by("sent_at")[: AT_ONCE * 5]:
        if len(found[row.channel_id]) < AT_ONCE:
            found[row.channel_id].append(row)
    return dict(found)


def receipts_sweep(now: datetime) -> int:
    """Forget what is older than 90 days; how many."""
    return Receipt.objects.filter(sent_at__lt=now - KEPT).delete()[0]
