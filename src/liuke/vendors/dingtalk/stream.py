"""DingTalk's Stream mode: an outbound connection over which clicks and events come, so that no address of ours need be public.

Frames are JSON texts `{specVersion, type, headers, data}`; each is answered with its `messageId`, and one that is not comes again.
(github.com/open-dingtalk/dingtalk-stream-sdk-python.)
"""

from __future__ import annotations

import json
from urllib.parse import quote

import msgspec

from liuke.vendors.aes_callback import BadCallback
from liuke.vendors.dingtalk.app import App
from liuke.vendors.dingtalk.callbacks import CardClick, click_of
from liuke.vendors.dingtalk.envelopes import STATUSES, new_answer
from liuke.vendors.http import call
from liuke.vendors.websocket import WebSocket, connect

CARDS = "/v1.0/card/instances/callback"
OK, FAILED = 200, 500


class _Opened(msgspec.Struct, frozen=True):
    endpoint: str
    ticket: str


class Headers(msgspec.Struct, frozen=True, rename="camel"):
    """`message_id` names the frame, `event_id` the event: the same one when it comes again."""

    topic: str = ""
    message_id: str = ""
    event_id: str = ""
    time: str | int = ""


class Frame(msgspec.Struct, frozen=True):
    """`type`: SYSTEM, EVENT or CALLBACK; `data` a JSON text."""

    type: str
    headers: Headers = Headers()
    data: str = "{}"

    @property
    def is_ping(self) -> bool:
        """Whether DingTalk only asks if somebody is there."""
        return self.type == "SYSTEM" and self.headers.topic == "ping"

    @property
    def is_goodbye(self) -> bool:
        """Whether DingTalk is going to close: connect anew."""
        return self.type == "SYSTEM" and self.headers.topic == "disconnect"

    @property
    def is_click(self) -> bool:
        """Whether somebody pressed a button of a card."""
        return self.type == "CALLBACK" and self.headers.topic == CARDS


def stream_open(app: App) -> WebSocket:
    """A connection for clicks on cards and all subscribed events. Raises Rejected, Busy, Unsure."""
    asked = {
        "clientId": app.app_key,
        "clientSecret": app.app_secret,
        "subscriptions": [{"type": "EVENT", "topic": "*"}, {"type": "CALLBACK", "topic": CARDS}],
        "ua": "liuke",
    }
    opened = new_answer(call(app.new, "POST", "/v1.0/gateway/connections/open", json=asked, judges=STATUSES), _Opened)
    return connect(f"{opened.endpoint}?ticket={quote(opened.ticket, safe='')}", allow=app.new.allow)


def frame_of(message: bytes) -> Frame:
    """Raises BadCallback("body")."""
    try:
        return msgspec.json.decode(message, type=Frame)
    except msgspec.DecodeError:
        raise BadCallback("body") from None


def clicked(frame: Frame) -> CardClick:
    """The click in a frame. Raises BadCallback("body")."""
    return click_of(frame.data.encode())


def answer(frame: Frame, data: object, *, code: int = OK) -> str:
    """What DingTalk waits for; any code but 200 makes it send the frame again later."""
    headers = {"messageId": frame.headers.message_id, "contentType": "application/json"}
    told = frame.data if frame.is_ping else json.dumps(data, ensure_ascii=False)
    return json.dumps({"code": code, "headers": headers, "message": "OK" if code == OK else "later", "data": told}, ensure_ascii=False)
