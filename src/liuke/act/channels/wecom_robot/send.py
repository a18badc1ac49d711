"""One message to a WeCom group through its robot. A repeat would be a second message: an unanswered one stays unknown."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from liuke.act.channels.vendor_results import refused
from liuke.act.domain.channel import ChannelKind, ChannelTarget, Delivered, Failed, Field, FieldKind, OutMessage, Reach, Result
from liuke.act.domain.channel_fields import wire_fields, wire_of
from liuke.vendors.answers import VendorFault
from liuke.vendors.wecom.app import HOST
from liuke.vendors.wecom.robot import Robot, robot_text

_MOBILE = re.compile(r"(\+86)?1\d{10}")


def send(message: OutMessage, target: ChannelTarget) -> Result:
    """Plain text, so that people can be called by phone number or user id; the link is the last line."""
    key = key_of(target.secrets.get("key", ""))
    if not key:
        return Failed("wecom_93000", {"code": "93000", "said": ""})
    phones = [each.removeprefix("+86") for each in message.mentions if _MOBILE.fullmatch(each)]
    users = [each for each in message.mentions if not _MOBILE.fullmatch(each)]
    text = f"{message.text}\n{message.link}" if message.link else message.text
    try:
        robot_text(Robot(key, wire_of(target, HOST), target.limits), text, users=users, phones=phones)
    except VendorFault as fault:
        return refused("wecom", fault, repeatable=False)
    return Delivered()


def key_of(typed: str) -> str:
    """The key alone, also where the whole address was pasted."""
    found = parse_qs(urlsplit(typed.strip()).query).get("key")
    return found[0] if found else typed.strip()


CHANNEL = ChannelKind(
    "wecom_robot",
    dedupes=False,
    address="",
    reaches=frozenset({Reach.GROUP}),
    fields=(Field("key", FieldKind.SECRET), *wire_fields(HOST)),
    send=send,
)
