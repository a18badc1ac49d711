"""The channel's settings and the app that they make."""

from __future__ import annotations

from liuke.act.domain.channel import ChannelTarget, Field, FieldKind
from liuke.act.domain.channel_fields import CLICKS_BY, wire_fields, wire_of
from liuke.vendors.feishu.app import ACCOUNTS_HOST, OPEN_HOST, App
from liuke.vendors.feishu.callbacks import CallbackKeys

TENANT, OAUTH = "tenant", "oauth"
FIELDS = (
    Field("app_id"),
    Field("app_secret", FieldKind.SECRET),
    CLICKS_BY,
    Field("verification_token", FieldKind.SECRET, required=False),
    Field("encrypt_key", FieldKind.SECRET, required=False),
    Field("token_style", FieldKind.CHOICE, required=False, choices=(TENANT, OAUTH), default=TENANT),
    wire_fields(OPEN_HOST)[0],
    *wire_fields(ACCOUNTS_HOST, "accounts_url"),
)


def app_of(target: ChannelTarget) -> App:
    """The app as the settings say."""
    return App(
        app_id=target.text("app_id"),
        app_secret=target.secrets.get("app_secret", ""),
        open=wire_of(target, OPEN_HOST),
        accounts=wire_of(target, ACCOUNTS_HOST, "accounts_url"),
        tokens=target.tokens,
        limits=target.limits,
        now=target.now,
        by_oauth=target.text("token_style", TENANT) == OAUTH,
    )


def callback_keys(target: ChannelTarget) -> CallbackKeys:
    """Those of the page 事件与回调."""
    return CallbackKeys(target.secrets.get("verification_token", ""), target.secrets.get("encrypt_key", ""))


def clicks(target: ChannelTarget) -> bool:
    """Whether clicks on cards come back: over our connection, or because Feishu can call us."""
    if target.listens:
        return True
    return target.callback_url.startswith("https://") and bool(target.secrets.get("verification_token"))
