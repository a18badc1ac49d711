"""Messages and cards to people and chats; a card that was sent can be changed for fourteen days."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from urllib.parse import quote

import msgspec

from liuke.vendors.feishu.app import App, Nothing

MESSAGES = "/open-apis/im/v1/messages"
_BY_PREFIX = {"ou_": "open_id", "on_": "union_id", "oc_": "chat_id"}


class _Message(msgspec.Struct, frozen=True):
    message_id: str


class _Sent(msgspec.Struct, frozen=True):
    data: _Message


def message_send(app: App, to: str, kind: str, content: Mapping[str, object], *, key: str) -> str:
    """The message's id. `kind`: text or interactive. The same `key` within an hour is the same message: Feishu sends it once.

    Raises Rejected, Busy, Unsure.
    """
    body = {"receive_id": to, "msg_type": kind, "content": _packed(content), "uuid": once(key)}
    return app.ask("POST", MESSAGES, _Sent, body, {"receive_id_type": address_kind(to)}).data.message_id


def card_change(app: App, message_id: str, card: Mapping[str, object]) -> None:
    """Replaces a whole card for everybody who sees it; both cards must say `update_multi`. Raises Rejected after 14 days."""
    app.ask("PATCH", f"{MESSAGES}/{quote(message_id, safe='')}", Nothing, {"content": _packed(card)})


def card_change_after_click(app: App, token: str, card: Mapping[str, object], users: tuple[str, ...] = ()) -> None:
    """Replaces a card by the token of a click: within 30 minutes, twice, after the click was answered. `users`: open ids, none = all."""
    told = {**card, "open_ids": list(users)} if users else dict(card)
    app.ask("POST", "/open-apis/interactive/v1/card/update", Nothing, {"token": token, "card": told})


def address_kind(to: str) -> str:
    """What kind of id an address is, by its looks; anything without a known prefix is a user id of the company."""
    return "email" if "@" in to else _BY_PREFIX.get(to[:3], "user_id")


def once(key: str) -> str:
    """A key as Feishu takes it (at most 50 characters)."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def _packed(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
