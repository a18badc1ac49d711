"""One message to one colleague, and group chats. Feishu recognises a repeat by its key, so an unanswered call is made again."""

from __future__ import annotations

from liuke.act.channels.feishu.app import app_of, clicks
from liuke.act.channels.feishu.cards import card_json
from liuke.act.channels.vendor_results import fault_code, refused
from liuke.act.domain.channel import ChannelTarget, Delivered, Failed, OutMessage, Result
from liuke.act.domain.channel_asks import GroupAsk
from liuke.vendors.answers import VendorFault
from liuke.vendors.feishu.chats import chat_create
from liuke.vendors.feishu.messages import message_send


def send(message: OutMessage, target: ChannelTarget) -> Result:
    """`to` is an open id, user id, union id or e-mail address; `ref` the message's id."""
    if not message.to:
        return Failed("channel_recipient")
    text = f"{message.text}\n{message.link}" if message.link else message.text
    try:
        app = app_of(target)
        if message.card is None:
            sent = message_send(app, message.to, "text", {"text": _unmentioned(text)}, key=message.key)
        else:
            card = card_json(message.card, clicks=clicks(target))
            sent = message_send(app, message.to, "interactive", card, key=message.key)
    except VendorFault as fault:
        return refused("feishu", fault, repeatable=True)
    return Delivered("", sent)


def group_open(asked: GroupAsk, target: ChannelTarget) -> Result:
    """`ref` is the chat id; the first message is its first line."""
    others = [member for member in asked.members if member != asked.owner]
    try:
        app = app_of(target)
        members = [*([asked.owner] if asked.owner else []), *others]
        chat = chat_create(app, name=asked.name, members=members, key=asked.key)
    except VendorFault as fault:
        return refused("feishu", fault, repeatable=True)
    try:
        message_send(app, chat, "text", {"text": _unmentioned(asked.first_text)}, key=f"{asked.key}:first")
    except VendorFault as fault:
        return Delivered(fault_code("feishu", fault.code), chat)
    return Delivered("", chat)


def _unmentioned(text: str) -> str:
    """What people have typed cannot mention everybody."""
    return text.replace("<at", "< at")
