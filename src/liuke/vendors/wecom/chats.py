"""Groups of colleagues (群聊会话, document 90245). The app must be visible to the root department; a group shows with its first message."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from liuke.vendors.wecom.app import App
from liuke.vendors.wecom.envelopes import Nothing
from liuke.vendors.wecom.messages import LONGEST_TEXT
from liuke.vendors.wecom.texts import shortened

LONGEST_NAME = 50
FEWEST = 2
MOST = 2000


class _Chat(msgspec.Struct, frozen=True):
    chatid: str


def chat_create(app: App, *, name: str, members: Sequence[str], owner: str = "", chat_id: str = "") -> str:
    """The group's id: the given one (at most 32 letters and digits) or WeCom's. Raises Rejected, Busy, Unsure."""
    body: dict[str, object] = {"name": name[:LONGEST_NAME], "userlist": list(members)[:MOST]}
    more = {"owner": owner, "chatid": chat_id}
    return app.post("appchat/create", _Chat, body | {key: value for key, value in more.items() if value}).chatid


def chat_send(app: App, chat_id: str, text: str) -> None:
    """Plain text into the group. Raises Rejected("86003") for an unknown group, Busy, Unsure."""
    body = {"chatid": chat_id, "msgtype": "text", "text": {"content": shortened(text, LONGEST_TEXT)}, "safe": 0}
    app.post("appchat/send", Nothing, body)
