"""The kind: what this channel can do."""

from __future__ import annotations

from collections.abc import Mapping

from liuke.act.channels.wecom.app import FIELDS
from liuke.act.channels.wecom.callbacks import hear
from liuke.act.channels.wecom.check import check
from liuke.act.channels.wecom.customers import mass_state, mass_task, tag_customer
from liuke.act.channels.wecom.groups import group_open
from liuke.act.channels.wecom.send import send, update
from liuke.act.domain.channel import ChannelKind, Reach
from liuke.act.domain.channel_fields import agent_faults
from liuke.base.faults import Fault


def validate(config: Mapping[str, object]) -> list[Fault]:
    """The agent id is a number."""
    return agent_faults(config, "1000002")


CHANNEL = ChannelKind(
    "wecom",
    dedupes=True,
    address="wecom",
    reaches=frozenset({Reach.STAFF}),
    fields=FIELDS,
    send=send,
    validate=validate,
    check=check,
    callback=hear,
    update_card=update,
    group_open=group_open,
    tag_customer=tag_customer,
    mass_task=mass_task,
    mass_state=mass_state,
)
