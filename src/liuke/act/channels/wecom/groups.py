"""Opens a group chat of colleagues for a customer at risk (ALT-08)."""

from __future__ import annotations

import hashlib

from liuke.act.channels.vendor_results import refused
from liuke.act.channels.wecom.app import app_of
from liuke.act.domain.channel import ChannelTarget, Delivered, Failed, Result
from liuke.act.domain.channel_asks import GroupAsk
from liuke.vendors.answers import Rejected, VendorFault
from liuke.vendors.wecom.chats import FEWEST, chat_create, chat_send

EXISTS = "86215"


def group_open(asked: GroupAsk, target: ChannelTarget) -> Result:
    """`ref` is the chat id, made from the key: asked for twice it is one group. The group shows with its first message."""
    members = list(dict.fromkeys([*([asked.owner] if asked.owner else []), *asked.members]))
    if len(members) < FEWEST:
        return Failed("wecom_few_members")
    chat = f"liuke{hashlib.sha256(asked.key.encode()).hexdigest()[:24]}"
    app = app_of(target)
    try:
        try:
            chat_create(app, name=asked.name, members=members, owner=asked.owner, chat_id=chat)
        except Rejected as known:
            if known.code != EXISTS:
                raise
        chat_send(app, chat, asked.first_text)
    except VendorFault as fault:
        return refused("wecom", fault, repeatable=True)
    return Delivered("", chat)
