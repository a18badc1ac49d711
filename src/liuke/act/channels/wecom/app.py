"""The channel's settings and the app that they make."""

from __future__ import annotations

from liuke.act.domain.channel import ChannelTarget, Field, FieldKind
from liuke.act.domain.channel_fields import wire_fields, wire_of
from liuke.vendors.aes_callback import CallbackKeys
from liuke.vendors.wecom.app import HOST, App

FIELDS = (
    Field("corp_id"),
    Field("agent_id"),
    Field("secret", FieldKind.SECRET),
    Field("callback_token", FieldKind.SECRET, required=False),
    Field("callback_aes_key", FieldKind.SECRET, required=False),
    *wire_fields(HOST),
)


def app_of(target: ChannelTarget) -> App:
    """The app as the settings say."""
    agent = target.text("agent_id")
    return App(
        corp_id=target.text("corp_id"),
        secret=target.secrets.get("secret", ""),
        agent_id=int(agent) if agent.isdigit() else 0,
        wire=wire_of(target, HOST),
        tokens=target.tokens,
        limits=target.limits,
        now=target.now,
    )


def keys_of(target: ChannelTarget) -> CallbackKeys:
    """Those of 接收消息; messages are for this company alone."""
    return CallbackKeys(target.secrets.get("callback_token", ""), target.secrets.get("callback_aes_key", ""), target.text("corp_id"))


def clicks(target: ChannelTarget) -> bool:
    """Whether pressed buttons come back: the company has set up 接收消息 and the vendor can reach us."""
    return bool(keys_of(target).token and keys_of(target).aes_key) and target.callback_url.startswith("https://")
