"""One message to one colleague: a template card where buttons come back, else a card that opens the page; and what a card says later."""

from __future__ import annotations

from liuke.act.channels.vendor_results import refused
from liuke.act.channels.wecom.app import app_of, clicks
from liuke.act.domain.channel import Card, ChannelTarget, Delivered, Failed, OutMessage, Result
from liuke.act.domain.channel_asks import CardUpdate
from liuke.base.words import render
from liuke.vendors.answers import VendorFault
from liuke.vendors.wecom.app import App
from liuke.vendors.wecom.cards import MOST_BUTTONS, MOST_JUMPS, CardButton, CardFace, button_card, notice_card
from liuke.vendors.wecom.messages import Sent, TextCard, send_card, send_text, send_text_card, update_button

_FILLED, _PLAIN = 1, 2


def send(message: OutMessage, target: ChannelTarget) -> Result:
    """`to` is a user id. A repeated content within half an hour, or a repeated card, is dropped by WeCom: a repeat harms nothing."""
    if not message.to:
        return Failed("channel_recipient")
    try:
        sent = _sent(app_of(target), message, target)
    except VendorFault as fault:
        if message.card is not None and _is_repeat(fault):
            return Delivered("repeat")
        return refused("wecom", fault, repeatable=True)
    return Delivered("", sent.msgid)


def _sent(app: App, message: OutMessage, target: ChannelTarget) -> Sent:
    users = [message.to]
    if message.card is not None and clicks(target):
        return send_card(app, users, button_card(message.card.task_id, face_of(message.card), buttons_of(message.card)))
    if message.card is not None and message.card.link:
        return send_card(app, users, notice_card(face_of(message.card), jumps_of(message.card)))
    if message.link:
        lines = message.text.removeprefix(message.subject).strip() or message.subject
        return send_text_card(app, users, TextCard(message.subject, lines, message.link, render("channels.open", {})))
    return send_text(app, users, message.text)


def face_of(card: Card) -> CardFace:
    """What stands on the card; its whole face opens the page."""
    return CardFace(card.title, "", card.facts, card.link)


def buttons_of(card: Card) -> list[CardButton]:
    """At most six; the first is filled. What the card's face opens needs no place; a form opens its own page."""
    shown = [button for button in card.buttons if button.link != card.link or not button.link][:MOST_BUTTONS]
    return [CardButton(each.key, each.label, each.link, style=_PLAIN if place else _FILLED) for place, each in enumerate(shown)]


def jumps_of(card: Card) -> list[tuple[str, str]]:
    """Where no click comes back: pages that ask for one confirming tap, and forms. At most three, forms not forgotten."""
    forms = [(each.label, each.link) for each in card.buttons if each.link and each.link != card.link]
    pages = [(each.label, each.page) for each in card.buttons if each.page]
    return [*pages[: MOST_JUMPS - len(forms[:1])], *forms][:MOST_JUMPS]


def _is_repeat(fault: VendorFault) -> bool:
    """WeCom knows the task id already: this very card has arrived."""
    return fault.code == "40035" and "task_id" in fault.said


def update(asked: CardUpdate, target: ChannelTarget) -> Result:
    """The buttons become one grey text. A response code that is used or older than 72 hours changes nothing and is no fault of ours."""
    if not asked.response:
        return Delivered("no response code")
    try:
        update_button(app_of(target), asked.users, asked.response, asked.text)
    except VendorFault as fault:
        return refused("wecom", fault, repeatable=True)
    return Delivered()
