"""One message to a DingTalk group through its custom robot."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qs, urlsplit

from liuke.act.channels.vendor_results import refused
from liuke.act.domain.channel import ChannelKind, ChannelTarget, Delivered, Failed, Field, FieldKind, OutMessage, Reach, Result
from liuke.act.domain.channel_fields import wire_fields, wire_of
from liuke.vendors.answers import VendorFault
from liuke.vendors.dingtalk.app import OLD_HOST
from liuke.vendors.dingtalk.robot import Robot, markdown

_MOBILE = re.compile(r"(\+86)?1\d{10}")


def send(message: OutMessage, target: ChannelTarget) -> Result:
    """Markdown with the link below; the message's key makes a repeat harmless. A keyword, where the robot wants one, goes on top."""
    token = access_token(target.secrets.get("access_token", ""))
    if not token:
        return Failed("dingtalk_400101", {"code": "400101", "said": ""})
    robot = Robot(wire_of(target, OLD_HOST), token, target.secrets.get("sign_secret", ""), target.limits, target.now)
    mobiles = tuple(each.removeprefix("+86") for each in message.mentions if _MOBILE.fullmatch(each))
    users = tuple(each for each in message.mentions if not _MOBILE.fullmatch(each))
    try:
        robot.post(markdown(message.subject, text_of(message, target.text("keyword")), mobiles=mobiles, users=users), key=once(message.key))
    except VendorFault as fault:
        return refused("dingtalk", fault, repeatable=True)
    return Delivered()


def text_of(message: OutMessage, keyword: str = "") -> str:
    """The text as Markdown: lines stay lines, the link is the last one."""
    text = message.text if not keyword or keyword in f"{message.subject}{message.text}" else f"{keyword}\n{message.text}"
    lines = "  \n".join(text.splitlines())
    return f"{lines}\n\n[{message.link}]({message.link})" if message.link else lines


def access_token(typed: str) -> str:
    """The token alone, also where the whole webhook address was pasted."""
    found = parse_qs(urlsplit(typed).query).get("access_token")
    return found[0] if found else typed.strip()


def once(key: str) -> str:
    """A key as DingTalk takes it."""
    return hashlib.sha256(key.encode()).hexdigest()


CHANNEL = ChannelKind(
    "dingtalk_robot",
    dedupes=True,
    address="",
    reaches=frozenset({Reach.GROUP}),
    fields=(
        Field("access_token", FieldKind.SECRET),
        Field("sign_secret", FieldKind.SECRET, required=False),
        Field("keyword", required=False),
        *wire_fields(OLD_HOST),
    ),
    send=send,
)
