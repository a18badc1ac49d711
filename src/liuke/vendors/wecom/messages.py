"""Messages of the app to colleagues (documents 90236, 94888).

A member gets at most 30 a minute and 1,000 an hour from one app; WeCom drops what is more without a word, so it is counted here.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from liuke.vendors.answers import Rejected
from liuke.vendors.state import Limit
from liuke.vendors.wecom.app import App
from liuke.vendors.wecom.envelopes import Nothing
from liuke.vendors.wecom.texts import shortened

MOST_USERS = 1000
LONGEST_TEXT = 2048
MEMBER_LIMITS = (Limit(30, 60), Limit(1000, 3600))
DUPLICATES = {"enable_duplicate_check": 1, "duplicate_check_interval": 1800}
"""WeCom drops a repetition of the same content within half an hour."""


class Sent(msgspec.Struct, frozen=True):
    """An accepted message. Some of the addressed may not get it: WeCom says so beside a success."""

    msgid: str = ""
    invaliduser: str = ""
    unlicenseduser: str = ""
    response_code: str = ""
    """Of a card with buttons: updates it once, within 72 hours."""

    def missed(self) -> frozenset[str]:
        """Who does not get it. WeCom answers ids in lower case."""
        return frozenset(f"{self.invaliduser}|{self.unlicenseduser}".lower().split("|")) - {""}


class _Media(msgspec.Struct, frozen=True):
    media_id: str


@dataclass(frozen=True, slots=True)
class TextCard:
    """A card that opens `url`; the title ends at 128 characters, the description at 512."""

    title: str
    description: str
    url: str
    button: str = ""


def send_text(app: App, users: Sequence[str], text: str) -> Sent:
    """Plain text; what is longer than 2,048 bytes is cut with an ellipsis."""
    return send(app, users, {"msgtype": "text", "text": {"content": shortened(text, LONGEST_TEXT)}})


def send_markdown(app: App, users: Sequence[str], text: str) -> Sent:
    """WeCom's subset of Markdown; shown in the app, not in the WeChat plug-in."""
    return send(app, users, {"msgtype": "markdown", "markdown": {"content": shortened(text, LONGEST_TEXT)}})


def send_text_card(app: App, users: Sequence[str], card: TextCard) -> Sent:
    """A card without buttons that come back."""
    body = {"title": card.title[:128], "description": card.description[:512], "url": card.url, "btntxt": card.button[:4]}
    return send(app, users, {"msgtype": "textcard", "textcard": {name: text for name, text in body.items() if text}})


def send_card(app: App, users: Sequence[str], card: Mapping[str, object]) -> Sent:
    """A template card made by `cards.py`."""
    return send(app, users, {"msgtype": "template_card", "template_card": card})


def send(app: App, users: Sequence[str], body: Mapping[str, object]) -> Sent:
    """Any message. Raises Rejected("81013") where nobody can get it, Busy where somebody has no room left, Unsure."""
    if not 0 < len(users) <= MOST_USERS:
        raise Rejected("40035", f"users: {len(users)}")
    for user in users:
        for limit in MEMBER_LIMITS:
            app.room(f"wecom.{app.corp_id}.{app.agent_id}.to.{user}.{limit.seconds}", limit)
    sent = app.post("message/send", Sent, {"touser": "|".join(users), "agentid": app.agent_id, **DUPLICATES, **body})
    if {user.lower() for user in users} <= sent.missed():
        raise Rejected("81013", "|".join(sorted(sent.missed())))
    return sent


def update_button(app: App, users: Sequence[str], response_code: str, text: str) -> None:
    """The buttons of a card become one grey text. A response code works once, within 72 hours. Raises Rejected."""
    _update(app, users, response_code, {"button": {"replace_name": text}})


def update_card(app: App, users: Sequence[str], response_code: str, card: Mapping[str, object]) -> None:
    """The whole card is replaced. A response code works once, within 72 hours. Raises Rejected."""
    _update(app, users, response_code, {"template_card": card})


def upload_media(app: App, *, name: str, content: bytes, kind: str = "file") -> str:
    """The id of an uploaded file, good for three days. `kind`: image, voice, video or file."""
    boundary = f"liuke{secrets.token_hex(16)}"
    return app.upload(
        "media/upload", _Media, content=multipart(name, content, boundary), boundary=boundary, params={"type": kind}
    ).media_id  # fmt: skip


def multipart(name: str, content: bytes, boundary: str) -> bytes:
    """One file as the body of a form."""
    clean = name.replace('"', "_").replace("\r", "_").replace("\n", "_")
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="media"; filename="{clean}"; filelength={len(content)}\r\n'
    return head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + content + f"\r\n--{boundary}--\r\n".encode()


def _update(app: App, users: Sequence[str], response_code: str, what: Mapping[str, object]) -> None:
    who: dict[str, object] = {"userids": list(users)[:MOST_USERS]} if users else {"atall": 1}
    app.post("message/update_template_card", Nothing, {**who, "agentid": app.agent_id, "response_code": response_code, **what})
