"""What DingTalk posts: clicks on cards become events; subscribed events are acknowledged. Both within 1500 ms."""

from __future__ import annotations

import hashlib
import json

from liuke.act.channels.dingtalk.app import card_secret, event_keys
from liuke.act.domain.channel import ChannelTarget
from liuke.act.domain.channel_events import Answer, Event, EventKind, Request
from liuke.base.words import render
from liuke.vendors.aes_callback import BadCallback
from liuke.vendors.dingtalk.callbacks import SIGNED, SIGNED_AT, CardClick, card_click, event_answer, event_open

JSON = "application/json; charset=utf-8"
REFUSED = Answer(401, body=b"refused")


def hear(request: Request, target: ChannelTarget) -> Answer:
    """A signed click, or an encrypted event. Anything else is refused."""
    try:
        return _clicked(request, target) if SIGNED in request.headers else _event(request, target)
    except BadCallback:
        return REFUSED


def _clicked(request: Request, target: ChannelTarget) -> Answer:
    stamp = request.headers.get(SIGNED_AT, "")
    click = card_click(card_secret(target), timestamp=stamp, signed=request.headers[SIGNED], body=request.body, now=target.now())
    return Answer(200, JSON, json.dumps(seen(), ensure_ascii=False).encode(), (click_event(click, stamp, target),))


def click_event(click: CardClick, once: str, target: ChannelTarget) -> Event:
    """A click as an event; `once` is the same when DingTalk tells of it again."""
    button = click.params.get("button") or click.action
    told = {"task_id": click.track, "button": button}
    key = hashlib.sha256("\n".join((click.track, click.user_id, button, once)).encode()).hexdigest()
    return Event(EventKind.CLICKED, key, target.now(), user=click.user_id, data=told)


def seen() -> dict[str, object]:
    """What the card says until the click is worked."""
    values = {"state": render("channels.clicked", {})}
    return {"cardUpdateOptions": {"updateCardDataByKey": True}, "cardData": {"cardParamMap": values}}


def _event(request: Request, target: ChannelTarget) -> Answer:
    keys, query = event_keys(target), request.query
    if not keys.token:
        return REFUSED
    stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    signed = query.get("msg_signature") or query.get("signature", "")
    event_open(keys, signed=signed, timestamp=stamp, nonce=nonce, body=request.body)
    return Answer(200, JSON, event_answer(keys, timestamp=stamp, nonce=nonce))
