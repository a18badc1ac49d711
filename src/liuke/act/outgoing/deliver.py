"""Outbox topics of the channels: renders a message for its reader and sends it. A simulated workspace never sends outside."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from liuke.accounts.store.models import Membership, Workspace
from liuke.act.channels import KINDS
from liuke.act.domain.channel import Delivered, OutMessage, Unknown
from liuke.act.outgoing.sending import send
from liuke.act.store.models import Channel
from liuke.alert.store.models import Alert
from liuke.base.errors import Invalid, Transient
from liuke.base.words import money, render
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
    result = send(channel, _rendered(message, workspace, recipient))
    if isinstance(result, Delivered):
        return Outcome.SENT
    if isinstance(result, Unknown):
        return Outcome.UNKNOWN
    if result.transient:
        raise Transient(result.code, **result.params)
    raise Invalid(result.code, **result.params)


def _id(value: object) -> int:
    return value if isinstance(value, int) else 0


def _rendered(message: Message, workspace: Workspace, recipient: Membership) -> OutMessage:
    payload = message.payload
    language = recipient.user.language
    params = payload["params"] if isinstance(payload["params"], Mapping) else {}
    subject = render(str(payload["key"]), params, language=language, currency=workspace.currency)
    ids = payload["alerts"] if isinstance(payload["alerts"], list) else []
    alerts = list(Alert.objects.filter(pk__in=ids, workspace=workspace).select_related("customer").order_by("-expected_loss"))
    lines = [_line(alert, language, workspace.currency) for alert in alerts]
    data = {"workspace": workspace.slug, "alerts": [_facts(alert) for alert in alerts], "recipient": recipient.pk}
    link = f"{settings.LIUKE.public_url}/w/{workspace.slug}{payload['link']}"
    text = "\n".join([subject, "", *lines]) if lines else subject
    return OutMessage(message.key, str(payload["kind"]), subject, text, link, recipient.user.email, data)


def _line(alert: Alert, language: str, currency: str) -> str:
    top = alert.reasons[0] if alert.reasons else None
    why = render(top["key"], top["params"], language=language, currency=currency) if top else ""
    return f"{alert.customer.name}  {alert.score:.0f}  {money(float(alert.expected_loss), currency)}  {why}".rstrip()


def _facts(alert: Alert) -> dict[str, object]:
    return {
        "id": alert.pk, "customer_key": alert.customer.key, "level": alert.level, "score": alert.score,
        "expected_loss": float(alert.expected_loss), "opened_at": alert.opened_at.isoformat(),
    }  # fmt: skip


OUTBOX_HANDLERS: Mapping[str, Topic] = {
    f"channel.{kind.name}": Topic(deliver=deliver, dedupes=kind.dedupes) for kind in KINDS.values() if kind.name != "inapp"
}
"""By topic, for the worker."""
