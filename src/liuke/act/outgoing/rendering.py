"""An outbox message of a channel as its reader gets it: subject, lines, absolute link, and for alerts a card with facts and buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.conf import settings

from liuke.accounts.store.models import Membership, Workspace
from liuke.act.domain.channel import Card, ChannelKind, OutMessage, Reach
from liuke.act.outgoing.addresses import address_of
from liuke.act.outgoing.cards import Reader, alert_card, approval_card, reason_of
from liuke.act.plans.files import path_of
from liuke.act.store.models import PlaybookApproval
from liuke.alert.store.models import Alert
from liuke.base.errors import NotFound
from liuke.base.words import money, render
from liuke.jobs.domain.contract import Message


def rendered(message: Message, workspace: Workspace, recipient: Membership, kind: ChannelKind) -> OutMessage:
    """The message for this reader, in the reader's language."""
    payload, language = message.payload, recipient.user.language
    params = payload["params"] if isinstance(payload["params"], Mapping) else {}
    subject = render(str(payload["key"]), params, language=language, currency=workspace.currency)
    ids = payload["alerts"] if isinstance(payload["alerts"], list) else []
    alerts = list(Alert.objects.filter(pk__in=ids, workspace=workspace).select_related("customer").order_by("-expected_loss"))
    lines = [_line(alert, language, workspace.currency) for alert in alerts]
    site = f"{settings.LIUKE.public_url}/w/{workspace.slug}"
    link = f"{site}{payload['link']}"
    fixed = kind.address == ""
    reader = Reader(0 if fixed else recipient.pk, language, workspace.currency, workspace.time_zone, site)
    return OutMessage(
        message.key,
        str(payload["kind"]),
        subject,
        "\n".join([subject, "", *lines]) if lines else subject,
        link,
        "" if fixed else address_of(recipient, kind.address),
        {"workspace": workspace.slug, "alerts": [_facts(alert) for alert in alerts], "recipient": recipient.pk},
        files=_files(message),
        card=_card(message, subject, link, alerts, reader),
        mentions=_mentions(recipient) if fixed and Reach.GROUP in kind.reaches else (),
    )


def _card(message: Message, subject: str, link: str, alerts: Sequence[Alert], reader: Reader) -> Card | None:
    """For one alert, or one approval that is still open; None for everything else."""
    if len(alerts) == 1:
        return alert_card(message.key, subject, link, alerts[0], reader)
    asked = message.payload.get("approval")
    if not isinstance(asked, int):
        return None
    rows = PlaybookApproval.objects.filter(pk=asked, approved__isnull=True).select_related("enrolment__playbook", "enrolment__customer")
    found = rows.first()
    return approval_card(message.key, subject, found, reader) if found else None


def _files(message: Message) -> tuple[tuple[str, bytes], ...]:
    """The file that the message carries; a mail whose file is gone still says what it says."""
    given = message.payload.get("file")
    if not isinstance(given, list) or len(given) != 2:
        return ()
    try:
        return ((str(given[1]), path_of("reports", str(given[0])).read_bytes()),)
    except NotFound:
        return ()


def _line(alert: Alert, language: str, currency: str) -> str:
    why = reason_of(alert, language, currency)
    return f"{alert.customer.name}  {alert.score:.0f}  {money(float(alert.expected_loss), currency)}  {why}".rstrip()


def _facts(alert: Alert) -> dict[str, object]:
    return {
        "id": alert.pk, "customer_key": alert.customer.key, "level": alert.level, "score": alert.score,
        "expected_loss": float(alert.expected_loss), "opened_at": alert.opened_at.isoformat(),
    }  # fmt: skip


def _mentions(recipient: Membership) -> tuple[str, ...]:
    return (recipient.user.phone,) if recipient.user.phone else ()
