"""A customer has removed a colleague in WeCom (SIG-54): an activity through the inbox, and no more marketing there."""

from __future__ import annotations

from liuke.accounts.domain.actor import system
from liuke.act.domain.channel import Event
from liuke.act.governor.addresses import WECOM, digest_of, hint_of
from liuke.act.governor.suppressions import suppress
from liuke.act.store.models import Channel, WecomContact
from liuke.connect.service import batch_ingest
from liuke.facts.domain.kinds import Kind
from liuke.facts.store.models import Customer

SOURCE = "wecom"
"""The name of the source under which it becomes an activity."""


def contact_deleted(channel: Channel, event: Event) -> bool:
    """Write the activity and the suppression in the caller's transaction. False where no customer has that id.

    A contact that a colleague removed or handed over (data: by = staff | move) is only forgotten: that is not the customer leaving.
    """
    digest = digest_of(channel.workspace_id, "wecom", event.address)
    WecomContact.objects.filter(channel=channel, user=event.user.lower(), digest=digest).delete()
    if event.data.get("by", "customer") != "customer":
        return True
    rows = Customer.objects.filter(workspace_id=channel.workspace_id, **{f"attributes__{WECOM}": event.address})
    customer = rows.first() if event.address else None
    if digest:
        hint = hint_of("wecom", event.address)
        suppress(workspace_id=channel.workspace_id, medium="wecom", digest=digest, reason="contact_deleted", at=event.at, hint=hint)
    if customer is None:
        return False
    activity = {
        "activity_id": f"deleted:{event.address}:{event.user.lower()}:{event.at.date().isoformat()}"[:120],
        "customer_key": customer.key,
        "ts": event.at,
        "kind": Kind.CONTACT_DELETED_US.value,
        "channel": "wecom",
        "actor": event.user[:80],
    }
    batch_ingest(actor=system(channel.workspace_id), source=SOURCE, rows=[activity])
    return True
