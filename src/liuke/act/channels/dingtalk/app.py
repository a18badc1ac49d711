"""The channel's settings and the app that they make."""

from __future__ import annotations

import hashlib
import hmac

from liuke.act.domain.channel import ChannelTarget, Field, FieldKind
from liuke.act.domain.channel_fields import CLICKS_BY, wire_fields, wire_of
from liuke.vendors.aes_callback import CallbackKeys
from liuke.vendors.dingtalk.app import NEW_HOST, OLD_HOST, App

FIELDS = (
    Field("app_key"),
    Field("app_secret", FieldKind.SECRET),
    Field("agent_id"),
    Field("card_template", required=False),
    Field("robot_code", required=False),
    Field("todo", FieldKind.FLAG, required=False),
    Field("monthly_calls", FieldKind.NUMBER, required=False),
    CLICKS_BY,
    Field("event_token", FieldKind.SECRET, required=False),
    Field("event_aes_key", FieldKind.SECRET, required=False),
    wire_fields(NEW_HOST)[0],
    *wire_fields(OLD_HOST, "oapi_url"),
)


def app_of(target: ChannelTarget) -> App:
    """The app as the settings say."""
    return App(
        app_key=target.text("app_key"),
        app_secret=target.secrets.get("app_secret", ""),
        old=wire_of(target, OLD_HOST, "oapi_url"),
        new=wire_of(target, NEW_HOST),
        tokens=target.tokens,
        limits=target.limits,
        now=target.now,
        agent_id=target.text("agent_id"),
        robot_code=target.text("robot_code"),
        monthly_calls=int(target.text("monthly_calls", "0")),
    )


def card_route(target: ChannelTarget) -> str:
    """The name under which DingTalk keeps our address: another for every address."""
    return f"liuke-{hashlib.sha256(target.callback_url.encode()).hexdigest()[:16]}"


def card_secret(target: ChannelTarget) -> str:
    """What clicks are signed with: ours to choose, so nobody has to type it."""
    key = target.secrets.get("app_secret", "")
    return hmac.new(key.encode(), f"card:{target.callback_url}".encode(), hashlib.sha256).hexdigest() if key else ""


def event_keys(target: ChannelTarget) -> CallbackKeys:
    """Those of 事件订阅; events are for this app alone."""
    return CallbackKeys(target.secrets.get("event_token", ""), target.secrets.get("event_aes_key", ""), target.text("app_key"))


def clicks(target: ChannelTarget) -> bool:
    """Whether cards can be drawn and their clicks come back: over our connection, or by calls to an https address."""
    return bool(target.text("card_template")) and (target.listens or target.callback_url.startswith("https://"))
