"""Opens a group chat for a customer at risk (ALT-08)."""

from __future__ import annotations

from liuke.act.channels.dingtalk.app import app_of
from liuke.act.channels.vendor_results import fault_code, refused
from liuke.act.domain.channel import ChannelTarget, Delivered, Result
from liuke.act.domain.channel_asks import GroupAsk
from liuke.vendors.answers import VendorFault
from liuke.vendors.dingtalk.chats import chat_create, chat_send
from liuke.vendors.dingtalk.notices import markdown


def group_open(asked: GroupAsk, target: ChannelTarget) -> Result:
    """`ref` is the chat id. DingTalk does not recognise a repeat, so an unanswered opening stays unknown."""
    others = [member for member in asked.members if member != asked.owner]
    try:
        app = app_of(target)
        chat = chat_create(app, name=asked.name, members=[*([asked.owner] if asked.owner else []), *others])
    except VendorFault as fault:
        return refused("dingtalk", fault, repeatable=False)
    try:
        chat_send(app, chat.chatid, markdown(asked.name, asked.first_text))
    except VendorFault as fault:
        return Delivered(fault_code("dingtalk", fault.code), chat.chatid)
    return Delivered("", chat.chatid)
