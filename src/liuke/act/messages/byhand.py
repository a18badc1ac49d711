"""发消息: one message by a colleague, previewed with the governor's word before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.roles import Permission
from liuke.accounts.service import audit_record, workspace_now
from liuke.accounts.store.models import Workspace
from liuke.act.messages.domain import MessageRequest
from liuke.act.messages.preview import Previewed, message_preview
from liuke.act.messages.sending import messages_send_many
from liuke.act.messages.templates import template_get
from liuke.act.store.models import CustomerMessage
from liuke.base.errors import Invalid
from liuke.facts.service import customer_get, customers_visible

KEY = 64


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a colleague wants to send; the purpose is the template's."""

    customer_id: int
    channel: str
    template_code: str
    variables: tuple[tuple[str, str], ...] = ()


def message_try(*, actor: Actor, wanted: ByHand) -> Previewed:
    """The message as it would go out, and what the governor says. Writes nothing."""
    actor.require(Permission.HANDLE)
    customer_get(actor=actor, customer_id=wanted.customer_id)
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    return message_preview(workspace=workspace, request=_request(workspace, actor, wanted, "try"), at=workspace_now(workspace))


def message_by_hand(*, actor: Actor, wanted: ByHand, request_key: str) -> CustomerMessage:
    """Send it: the same `request_key` (made by the client) is the same message. What the governor refuses is a row as well."""
    actor.require(Permission.HANDLE)
    customer_get(actor=actor, customer_id=wanted.customer_id)
    if not 8 <= len(request_key) <= KEY:
        raise Invalid("request_key", longest=KEY)
    workspace = Workspace.objects.get(pk=actor.workspace_id)
    with transaction.atomic():
        request = _request(workspace, actor, wanted, f"hand:{actor.label}:{request_key}")
        row = messages_send_many(workspace=workspace, requests=[request], at=workspace_now(workspace))[0]
        detail = {"template": row.template_code, "channel": row.channel, "status": row.status, "message": row.pk}
        audit_record(actor=actor, action="message_send", object_type="customer", object_id=row.customer_id, detail=detail)
    return row


def messages_visible(actor: Actor) -> QuerySet[CustomerMessage]:
    """Messages to the customers that the actor sees, the newest first."""
    return CustomerMessage.objects.filter(workspace_id=actor.workspace_id, customer__in=customers_visible(actor)).order_by("-pk")


def _request(workspace: Workspace, actor: Actor, wanted: ByHand, key: str) -> MessageRequest:
    template = template_get(workspace, wanted.template_code)
    return MessageRequest(
        wanted.customer_id, wanted.channel, wanted.template_code, template.purpose, key, cost=Decimal(0), variables=wanted.variables,
        by=actor.membership_id,
    )  # fmt: skip
