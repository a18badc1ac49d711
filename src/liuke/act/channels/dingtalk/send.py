"""One message to one colleague: a card whose buttons act where the company has drawn one, else a work notice."""

from __future__ import annotations

import hashlib
import json

from liuke.act.channels.dingtalk.app import app_of, clicks
from liuke.act.channels.dingtalk.cards import deliver, facts_text
from liuke.act.channels.vendor_results import fault_code, refused
from liuke.act.domain.channel import Card, ChannelTarget, Delivered, Failed, OutMessage, Result
from liuke.vendors.answers import VendorFault
from liuke.vendors.dingtalk.app import App
from liuke.vendors.dingtalk.notices import LONGEST_BYTES, action_card, markdown, notice_send
from liuke.vendors.dingtalk.todos import todo_create, union_id

_ROOM = 60
"""Bytes left for the mark and the ellipsis."""


def send(message: OutMessage, target: ChannelTarget) -> Result:
    """`to` is a user id. The same key is one card, or one notice a day: DingTalk holds back a repeated text."""
    if not message.to:
        return Failed("channel_recipient")
    try:
        app = app_of(target)
        if message.card is not None and clicks(target):
            deliver(message.card, message.to, target)
            ref = f"card:{message.card.task_id}"
        else:
            ref = f"notice:{notice_send(app, [message.to], notice(message))}"
    except VendorFault as fault:
        return refused("dingtalk", fault, repeatable=True)
    return Delivered(_todo(app, message.card, message, target), ref)


def notice(message: OutMessage) -> dict[str, object]:
    """A work notice within 2048 bytes, its link as a button.

    A mark of the key ends the text: two messages of equal words would otherwise count as one at DingTalk.
    """
    mark = f"`#{hashlib.sha256(message.key.encode()).hexdigest()[:6]}`"
    text = message.text if message.card is None else f"**{message.card.title}**\n{facts_text(message.card)}"
    link = message.link or (message.card.link if message.card else "")
    lines = "  \n".join(text.splitlines())
    while True:
        body = _body(message.subject[:60], f"{lines}\n\n{mark}", link)
        over = len(json.dumps(body, ensure_ascii=False).encode()) - LONGEST_BYTES
        if over <= 0 or not lines:
            return body
        lines = _cut(lines, over + _ROOM)


def _body(title: str, text: str, link: str) -> dict[str, object]:
    return action_card(title, text, [(title, link)]) if link else markdown(title, text)


def _cut(text: str, by: int) -> str:
    kept = text.encode()[: max(len(text.encode()) - by, 0)].decode("utf-8", "ignore")
    return f"{kept}…" if kept else ""


def _todo(app: App, card: Card | None, message: OutMessage, target: ChannelTarget) -> str:
    """A DingTalk to-do beside the message where it is wanted; that it could not be made does not unmake the message."""
    if card is None or not target.flag("todo"):
        return ""
    try:
        union = union_id(app, message.to)
        return f"todo {todo_create(app, union=union, source=card.task_id, subject=card.title, due_at=None, link=card.link)}"
    except VendorFault as fault:
        return fault_code("dingtalk", fault.code)
