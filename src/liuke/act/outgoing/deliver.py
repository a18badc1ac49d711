"""Outbox topics of the channels: renders a message for its reader and sends it. A simulated workspace never sends outside."""

from __future__ import annotations

from collections.abc import Mapping

from liuke.accounts.store.models import Membership, Workspace
from liuke.act.channels import KINDS
from liuke.act.outgoing.rendering import rendered
from liuke.act.outgoing.sending import outcome_of, send
from liuke.act.store.models import Channel
from liuke.jobs.domain.contract import Delivered as Outcome
from liuke.jobs.domain.contract import Message, Topic


def deliver(message: Message) -> Outcome:
    """Deliver one outbox message. Suppressed: simulated workspace, channel off or gone, recipient left."""
    payload = message.payload
    workspace = Workspace.objects.filter(pk=message.workspace_id or 0).first()
    channel = Channel.objects.filter(pk=_id(payload["channel"]), workspace=workspace, enabled=True).first()
    recipient = Membership.objects.filter(pk=_id(payload["recipient"]), workspace=workspace, is_active=True).select_related("user").first()
    if workspace is None or workspace.simulated_as_of is not None or channel is None or recipient is None:
        return Outcome.SUPPRESSED
    return outcome_of(send(channel, rendered(message, workspace, recipient, KINDS[channel.kind])))


def _id(value: object) -> int:
    return value if isinstance(value, int) else 0


OUTBOX_HANDLERS: Mapping[str, Topic] = {
    f"channel.{kind.name}": Topic(deliver=deliver, dedupes=kind.dedupes) for kind in KINDS.values() if kind.name != "inapp"
}
"""By topic, for the worker."""
