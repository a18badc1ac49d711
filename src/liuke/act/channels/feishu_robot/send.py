"""One message to a Feishu group through its custom robot. A repeat would be a second message: an unanswered one stays unknown."""

from __future__ import annotations

from urllib.parse import urlsplit

from liuke.act.channels.vendor_results import refused
from liuke.act.domain.channel import ChannelKind, ChannelTarget, Delivered, Failed, Field, FieldKind, OutMessage, Reach, Result
from liuke.act.domain.channel_fields import wire_fields, wire_of
from liuke.vendors.answers import VendorFault
from liuke.vendors.feishu.app import OPEN_HOST
from liuke.vendors.feishu.robot import Robot


def send(message: OutMessage, target: ChannelTarget) -> Result:
    """Text with the link below; whoever is mentioned (open id or user id) is called by name."""
    hook = hook_of(target.secrets.get("hook", ""))
    if not hook:
        return Failed("feishu_19001", {"code": "19001", "said": ""})
    robot = Robot(wire_of(target, OPEN_HOST), hook, target.secrets.get("sign_secret", ""), target.limits, target.now)
    try:
        robot.post({"msg_type": "text", "content": {"text": text_of(message, target.text("keyword"))}})
    except VendorFault as fault:
        return refused("feishu", fault, repeatable=False)
    return Delivered()


def text_of(message: OutMessage, keyword: str = "") -> str:
    """The text with keyword, link and mentions. What people have typed cannot mention anybody; Feishu knows nobody by a phone number."""
    text = message.text.replace("<at", "< at")
    lines = [keyword] if keyword and keyword not in text else []
    named = " ".join(f'<at user_id="{who}"></at>' for who in message.mentions if not who.lstrip("+").isdigit())
    return "\n".join([*lines, text, *([message.link] if message.link else []), *([named] if named else [])])


def hook_of(typed: str) -> str:
    """The last part of the webhook's address, also where the whole address was pasted."""
    return urlsplit(typed.strip()).path.rstrip("/").rpartition("/")[2]


CHANNEL = ChannelKind(
    "feishu_robot",
    dedupes=False,
    address="",
    reaches=frozenset({Reach.GROUP}),
    fields=(
        Field("hook", FieldKind.SECRET),
        Field("sign_secret", FieldKind.SECRET, required=False),
        Field("keyword", required=False),
        *wire_fields(OPEN_HOST),
    ),
    send=send,
)
