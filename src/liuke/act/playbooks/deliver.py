"""Outbox topics of flows: telling another system, opening a group. A simulated workspace never reaches outside."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from liuke.accounts.domain.roles import Role
from liuke.accounts.store.models import Membership, Workspace
from liuke.act.channels import KINDS
from liuke.act.domain.channel import OutMessage
from liuke.act.domain.channel_asks import GroupAsk
from liuke.act.outgoing.addresses import address_of
from liuke.act.outgoing.sending import outcome_of, send, target_of
from liuke.act.playbooks.engine.effects import GROUP, WEBHOOK
from liuke.act.store.models import Channel
from liuke.base.errors import Invalid
from liuke.facts.store.models import Customer
from liuke.jobs.domain.contract import Delivered as Outcome
from liuke.jobs.domain.contract import Message, Topic


def webhook_deliver(message: Message) -> Outcome:
    """Tell a configured channel that a customer came to a step. Suppressed: simulated workspace, channel or customer gone."""
    found = _found(message)
    if found is None:
        return Outcome.SUPPRESSED
    workspace, channel, customer = found
    event = str(message.payload.get("event", ""))
    data = {"event": event, "workspace": workspace.slug, "customer_key": customer.key, "playbook": message.payload.get("playbook")}
    text = str(message.payload.get("text", "")) or f"{event} {customer.name}"
    link = f"{settings.LIUKE.public_url}/w/{workspace.slug}/customers/{customer.pk}"
    return outcome_of(send(channel, OutMessage(message.key, "playbook", f"{event} · {customer.name}", text, link, data=data)))


def group_deliver(message: Message) -> Outcome:
    """Open a group of the customer's owner and the supervisors of the owner's team (ALT-08)."""
    found = _found(message)
    if found is None:
        return Outcome.SUPPRESSED
    _, channel, customer = found
    open_group = KINDS[channel.kind].group_open
    if open_group is None:
        raise Invalid("channel_no_groups", channel=channel.name)
    members = _members(customer, KINDS[channel.kind].address)
    if not members:
        raise Invalid("channel_recipient", channel=channel.name)
    name = f"{message.payload.get('name', '')} {customer.name}".strip()[:50]
    text = str(message.payload.get("text", "")) or customer.name
    return outcome_of(open_group(GroupAsk(message.key, name, tuple(members), text, members[0]), target_of(channel)))


def _found(message: Message) -> tuple[Workspace, Channel, Customer] | None:
    workspace = Workspace.objects.filter(pk=message.workspace_id or 0).first()
    channel = Channel.objects.filter(pk=_id(message.payload.get("channel")), workspace=workspace, enabled=True).first()
    customer = Customer.objects.filter(pk=_id(message.payload.get("customer")), workspace=workspace).first()
    if workspace is None or workspace.simulated_as_of is not None or channel is None or customer is None:
        return None
    return workspace, channel, customer


def _members(customer: Customer, address: str) -> list[str]:
    """Addresses of the owner, then of the supervisors of the owner's team; who has none is left out."""
    owner = Membership.objects.filter(pk=customer.owner_id or 0, is_active=True).select_related("user").first()
    if owner is None:
        return []
    team = Membership.objects.filter(workspace_id=customer.workspace_id, role=Role.SUPERVISOR.value, team_id=owner.team_id or 0)
    supervisors = team.filter(is_active=True).exclude(pk=owner.pk).select_related("user").order_by("pk")
    return [found for member in (owner, *supervisors) if (found := address_of(member, address))]


def _id(value: object) -> int:
    return value if isinstance(value, int) else 0


TOPICS: Mapping[str, Topic] = {
    WEBHOOK: Topic(deliver=webhook_deliver, dedupes=True),
    GROUP: Topic(deliver=group_deliver, dedupes=False),
}
"""By topic, for the worker."""
