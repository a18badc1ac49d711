"""The kind: what this channel can do."""

from __future__ import annotations

from liuke.act.channels.feishu.app import FIELDS
from liuke.act.channels.feishu.callbacks import hear
from liuke.act.channels.feishu.cards import update
from liuke.act.channels.feishu.check import check
from liuke.act.channels.feishu.long_connection import listen
from liuke.act.channels.feishu.send import group_open, send
from liuke.act.domain.channel import ChannelKind, Reach

CHANNEL = ChannelKind(
    "feishu",
    dedupes=True,
    address="feishu",
    reaches=frozenset({Reach.STAFF}),
    fields=FIELDS,
    send=send,
    check=check,
    callback=hear,
    listen=listen,
    update_card=update,
    group_open=group_open,
)
