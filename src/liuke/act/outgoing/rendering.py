"""An outbox message of a channel as its reader gets it: subject, lines, absolute link, and for alerts a card with facts and buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from liuke.accounts.store.models import Membership, Workspace
from liuke.act.domain.cards import ALERT_BUTTONS, task_id_of
from liuke.act.domain.channel import Button, Card, ChannelKind, OutMessage, Reach
from liuke.act.outgoing.addresses import address_of
from liuke.alert.store.models import Alert
from liuke.base.words import money, render
from liuke.jobs.domain.contract import Message

FACTS = ("score", "reason", "annual", "loss")


def rendered(message: Message, workspace: Workspace, recipient: Membership, kind: ChannelKind) -> OutMessage:
    """The message for this reader, in the reader's language."""
    payload, language = message.payload, recipient.user.language
    params = payload["params"] if isinstance(payload["params"], Mapping) else {}
    subject = render(str(payload["key"]), params, language=language, currency=workspace.currency)
    ids = payload["alerts"] if isinstance(payload["alerts"], list) else []
    alerts = list(Alert.objects.filter(pk__in=ids, workspace=workspace).select_related("customer").order_by("-expected_loss"))
    lines = [_line(alert, language, workspace.currency) for alert in alerts]
    link = f"{settings.LIUKE.public_url}/w/{workspace.slug}{payload['link']}"
    fixed = kind.address == ""
    return OutMessage(
        message.key,
        str(payload["kind"]),
        subject,
        "\n".join([subject, "", *lines]) if lines else subject,
        link,
        "" if fixed else address_of(recipient, kind.address),
        {"workspace": workspace.slug, "alerts": [_facts(alert) for alert in alerts], "recipient": recipient.pk},
        card=_card(message.key, subject, link, alerts[0], _Reader(0 if fixed else recipient.pk, language, workspace.currency))
        if len(alerts) == 1
        else None,
        mentions=_mentions(recipient) if fixed and Reach.GROUP in kind.reaches else (),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who sees a card: `membership_id` 0 = whoever is in the group."""

    membership_id: int
    language: str
    currency: str


def _card(key: str, subject: str, link: str, alert: Alert, reader: _Reader) -> Card:
    """One fixed place (a group) gets no buttons but the link: nobody could tell who has pressed them."""
    keys = ALERT_BUTTONS if reader.membership_id else ()
    buttons = tuple(Button(name, render(f"cards.{name}", {}, language=reader.language)) for name in keys)
    return Card(
        task_id_of(alert.pk, reader.membership_id, key),
        subject,
        alert.level,
        _card_facts(alert, reader.language, reader.currency),
        (*buttons, Button("link", render("cards.link", {}, language=reader.language), link)),
        link,
    )


def _card_facts(alert: Alert, language: str, currency: str) -> tuple[tuple[str, str], ...]:
    texts = {
        "score": f"{alert.score:.0f}",
        "reason": _reason(alert, language, currency),
        "annual": money(float(alert.annual_value), currency) if alert.annual_value is not None else "",
        "loss": money(float(alert.expected_loss), currency),
    }
    return tuple((render(f"cards.fact.{name}", {}, language=language), texts[name]) for name in FACTS if texts[name])


def _reason(alert: Alert, language: str, currency: str) -> str:
    top = alert.reasons[0] if alert.reasons else None
    return render(top["key"], top["params"], language=language, currency=currency) if top else ""


def _line(alert: Alert, language: str, currency: str) -> str:
    why = _reason(alert, language, currency)
    return f"{alert.customer.name}  {alert.score:.0f}  {money(float(alert.expected_loss), currency)}  {why}".rstrip()


def _facts(alert: Alert) -> dict[str, object]:
    return {
        "id": alert.pk, "customer_key": alert.customer.key, "level": alert.level, "score": alert.score,
        "expected_loss": float(alert.expected_loss), "opened_at": alert.opened_at.isoformat(),
    }  # fmt: skip


def _mentions(recipient: Membership) -> tuple[str, ...]:
    return (recipient.user.phone,) if recipient.user.phone else ()
