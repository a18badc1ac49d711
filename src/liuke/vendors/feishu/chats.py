"""Group chats, opened by the app with their first members."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.feishu.app import App
from liuke.vendors.feishu.messages import address_kind, once

MOST_MEMBERS = 50


class _Chat(msgspec.Struct, frozen=True):
    chat_id: str


class _Created(msgspec.Struct, frozen=True):
    data: _Chat


def chat_create(app: App, *, name: str, members: Sequence[str], key: str) -> str:
    """Its chat id; the first member owns it. Members are ids of one kind, at most 50; the same `key` within ten hours gives the same chat.

    Raises Rejected, Busy, Unsure.
    """
    kinds = {address_kind(member) for member in members}
    if len(kinds) != 1 or not kinds <= {"open_id", "user_id", "union_id"} or len(members) > MOST_MEMBERS:
        raise Rejected("members", ", ".join(sorted(kinds)))
    body = {"name": name[:60], "owner_id": members[0], "user_id_list": list(members)}
    params = {"user_id_type": kinds.pop(), "set_bot_manager": "true", "uuid": once(key)}
    return app.ask("POST", "/open-apis/im/v1/chats", _Created, body, params).data.chat_id
