"""Cards for one reader: an alert with what can be done about it, an approval with its yes and no."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from liuke.act.domain.cards import ALERT_BUTTONS, APPROVAL_BUTTONS, FORMS, approval_task_id_of, page_of, task_id_of
from liuke.act.domain.channel import Button, Card
from liuke.act.store.models import PlaybookApproval
from liuke.alert.store.models import Alert
from liuke.base.words import money, render

FACTS = ("score", "reason", "annual", "loss")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who sees a card: `membership_id` 0 = whoever is in the group. `site` = the workspace's address, without a slash at its end."""

    membership_id: int
    language: str
    currency: str
    zone: str
    site: str


def alert_card(key: str, subject: str, link: str, alert: Alert, reader: Reader) -> Card:
    """One fixed place (a group) gets no buttons but the link: nobody could tell who has pressed them."""
    keys = ALERT_BUTTONS if reader.membership_id else ()
    page = f"{reader.site}/alerts/{alert.pk}"
    buttons = tuple(_button(name, page, reader) for name in keys)
    task = task_id_of(alert.pk, reader.membership_id, key)
    return Card(task, subject, alert.level, _alert_facts(alert, reader), (*buttons, _open(link, reader)), link)


def approval_card(key: str, subject: str, approval: PlaybookApproval, reader: Reader) -> Card:
    """Yes and no for one person; the page of approvals for a group and for channels without a way back."""
    keys = APPROVAL_BUTTONS if reader.membership_id else ()
    link = f"{reader.site}/playbooks"
    facts = {
        "playbook": approval.enrolment.playbook.name,
        "customer": approval.enrolment.customer.name,
        "due": f"{approval.due_at.astimezone(ZoneInfo(reader.zone)):%m-%d %H:%M}",
    }
    buttons = tuple(Button(name, _word(f"cards.{name}", reader)) for name in keys)
    shown = tuple((_word(f"cards.fact.{name}", reader), text) for name, text in facts.items())
    return Card(approval_task_id_of(approval.pk, reader.membership_id, key), subject, "", shown, (*buttons, _open(link, reader)), link)


def reason_of(alert: Alert, language: str, currency: str) -> str:
    """The first reason in words; empty without one."""
    top = alert.reasons[0] if alert.reasons else None
    return render(top["key"], top["params"], language=language, currency=currency) if top else ""


def _button(name: str, page: str, reader: Reader) -> Button:
    """What needs a form opens it; everything else acts, or is confirmed on the page where no click comes back."""
    label, asks = _word(f"cards.{name}", reader), page_of(page, name)
    return Button(name, label, link=asks) if name in FORMS else Button(name, label, page=asks)


def _open(link: str, reader: Reader) -> Button:
    return Button("link", _word("cards.link", reader), link)


def _word(key: str, reader: Reader) -> str:
    return render(key, {}, language=reader.language)


def _alert_facts(alert: Alert, reader: Reader) -> tuple[tuple[str, str], ...]:
    texts = {
        "score": f"{alert.score:.0f}",
        "reason": reason_of(alert, reader.language, reader.currency),
        "annual": money(float(alert.annual_value), reader.currency) if alert.annual_value is not None else "",
        "loss": money(float(alert.expected_loss), reader.currency),
    }
    return tuple((_word(f"cards.fact.{name}", reader), texts[name]) for name in FACTS if texts[name])
