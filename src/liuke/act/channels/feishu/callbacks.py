"""What Feishu posts: the challenge is echoed, clicks on cards become events and a toast, anything else is acknowledged."""

from __future__ import annotations

from liuke.act.channels.feishu.app import callback_keys
from liuke.act.domain.channel import ChannelTarget
from liuke.act.domain.channel_events import Answer, Event, EventKind, Request
from liuke.base.words import render
from liuke.vendors.aes_callback import BadCallback
from liuke.vendors.feishu.callbacks import CLICK, Told, card_click, challenge_answer, toast_answer, told

JSON = "application/json; charset=utf-8"


def hear(request: Request, target: ChannelTarget) -> Answer:
    """Verified first; what is not Feishu's gets 401."""
    try:
        found = told(callback_keys(target), request.headers, request.body)
        if found.challenge:
            return Answer(200, JSON, challenge_answer(found.challenge))
        return clicked(found, target) if found.kind == CLICK else Answer(200, JSON, b"{}")
    except BadCallback:
        return Answer(401, body=b"refused")


def clicked(found: Told, target: ChannelTarget) -> Answer:
    """A click as an event, and the line that the person sees at once. Raises BadCallback."""
    click = card_click(found.body)
    data = {
        "task_id": click.value.get("task_id", ""),
        "button": click.value.get("button", ""),
        "response": click.token,
        "user_id": click.user_id,
        "union_id": click.union_id,
    }
    event = Event(EventKind.CLICKED, found.event_id or click.token, target.now(), ref=click.message_id, user=click.open_id, data=data)
    said = [render("channels.clicked", {}, language=language) for language in ("zh-CN", "en")]
    return Answer(200, JSON, toast_answer(said[0], said[1]), (event,))
