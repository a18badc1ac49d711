"""The kind: what this channel can do."""

from __future__ import annotations

from collections.abc import Mapping

from liuke.act.channels.dingtalk.app import FIELDS
from liuke.act.channels.dingtalk.asks import check, receipts
from liuke.act.channels.dingtalk.callbacks import hear
from liuke.act.channels.dingtalk.cards import update
from liuke.act.channels.dingtalk.groups import group_open
from liuke.act.channels.dingtalk.send import send
from liuke.act.channels.dingtalk.stream import listen
from liuke.act.domain.channel import ChannelKind, Reach
from liuke.act.domain.channel_fields import agent_faults
from liuke.base.faults import Fault


def validate(config: Mapping[str, object]) -> list[Fault]:
    """The agent id is a number."""
    return agent_faults(config, "0–9")


CHANNEL = ChannelKind(
    "dingtalk",
    dedupes=True,
    address="dingtalk",
    reaches=frozenset({Reach.STAFF}),
    fields=FIELDS,
    send=send,
    validate=validate,
    check=check,
    callback=hear,
    listen=listen,
    update_card=update,
    receipts=receipts,
    group_open=group_open,
)
