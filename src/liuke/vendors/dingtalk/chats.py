"""Group chats of the company: opened with their first members, written to by the app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.dingtalk.app import App, Nothing

MOST_MEMBERS = 40
"""What one call takes."""


class Chat(msgspec.Struct, frozen=True):
    """Both names of a group: `chatid` for messages, `openConversationId` for cards."""

    chatid: str
    conversation: str = msgspec.field(default="", name="openConversationId")


def chat_create(app: App, *, name: str, members: Sequence[str]) -> Chat:
    """A new group; the first member owns it. Not idempotent: ask once. Raises Rejected, Busy, Unsure."""
    if not 0 < len(members) <= MOST_MEMBERS:
        raise Rejected("members", str(len(members)))
    body = {"name": name[:20], "owner": members[0], "useridlist": list(members), "showHistoryType": 1}
    return app.ask_old("/chat/create", body, Chat)


def chat_send(app: App, chatid: str, message: Mapping[str, object]) -> None:
    """One message into a group that this app has opened."""
    app.ask_old("/chat/send", {"chatid": chatid, "msg": message}, Nothing)
