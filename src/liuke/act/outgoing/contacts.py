"""What happens to contacts in WeCom: a customer has removed a colleague (SIG-54), or a colleague has a new contact, or a move failed."""

from __future__ import annotations

from liuke.accounts.domain.actor import system
from liuke.accounts.domain.roles import Role
from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Membership
from liuke.act.channels.inapp import NoticeDraft, notices_write
from liuke.act.domain.channel_events import Event
from liuke.act.governor.addresses import digest_of, hint_of
from liuke.act.governor.suppressions import suppress
from liuke.act.outgoing.wecom_contacts import contact_fetch, customer_of
from liuke.act.store.models import Channel, WecomContact
from liuke.connect.service import batch_ingest
from liuke.facts.domain.kinds import Kind

SOURCE = "wecom"
"""The name of the source under which it becomes an activity."""


def contact_deleted(channel: Channel, event: Event) -> bool:
    """Write the activity and the suppression in the caller's transaction. False where no customer has that id.

    A contact that a colleague removed or handed over (data: by = staff | move) is only forgotten: that is not the customer leaving.
    """
    digest = digest_of(channel.workspace_id, "wecom", event.address)
    customer = customer_of(channel, event.address)
    WecomContact.objects.filter(channel=channel, user=event.user.lower(), digest=digest).delete()
    if event.data.get("by", "customer") != "customer":
        return True
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


def contact_changed(channel: Channel, event: Event) -> bool:
    """A new or edited contact is fetched and matched; a move that the customer refused is told to the owner and the supervisors.

    False where WeCom does not know the contact as this colleague's. Raises what the vendor's client raises.
    """
    if event.data.get("what") != "move_failed":
        return contact_fetch(channel, user=event.user, external_id=event.address, now=event.at) is not None
    customer = customer_of(channel, event.address)
    if customer is None:
        return False
    heads = Membership.objects.filter(workspace_id=channel.workspace_id, is_active=True, role=Role.SUPERVISOR.value)
    told = {customer.owner_id, *heads.values_list("pk", flat=True)} - {None}
    key = "notices.wecom_move_refused" if event.data.get("why") == "customer_refused" else "notices.wecom_move_failed"
    once = f"wecom_move:{event.dedupe}"
    link = f"/customers/{customer.pk}"
    drafts = [NoticeDraft(member, key, f"{once}:{member}"[:120], {"customer": customer.name}, link) for member in told if member]
    notices_write(drafts, workspace_id=channel.workspace_id, at=workspace_now(channel.workspace))
    return True
