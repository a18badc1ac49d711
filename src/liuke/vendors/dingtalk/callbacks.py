"""What DingTalk posts to us: events (encrypted as at WeCom, answered within 1500 ms) and clicks on cards (signed)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from liuke.vendors.aes_callback import BadCallback, CallbackKeys, closed, opened, signature

SIGNED_AT = "x-ddpaas-signature-timestamp"
SIGNED = "x-ddpaas-signature"
SKEW = timedelta(hours=1)
ANSWER_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class CardClick:
    """One click. `params` are those that the template gives the button; `action` its id there."""

    track: str
    user_id: str
    action: str
    params: dict[str, str]


class _Event(msgspec.Struct, frozen=True):
    kind: str = msgspec.field(default="", name="EventType")


class _Wrapped(msgspec.Struct, frozen=True):
    encrypt: str


class _Private(msgspec.Struct, frozen=True, rename="camel"):
    action_ids: list[str] = []
    params: dict[str, object] = {}


class _Content(msgspec.Struct, frozen=True, rename="camel"):
    card_private_data: _Private = _Private()


class _Click(msgspec.Struct, frozen=True, rename="camel"):
    out_track_id: str
    user_id: str
    type: str = ""
    content: str = "{}"


def event_open(keys: CallbackKeys, *, signed: str, timestamp: str, nonce: str, body: bytes) -> tuple[str, bytes]:
    """The event's type and its JSON. `check_url` is sent when the address is saved. Raises BadCallback."""
    try:
        encrypted = msgspec.json.decode(body, type=_Wrapped).encrypt
        plain = opened(keys, signed=signed, timestamp=timestamp, nonce=nonce, encrypted=encrypted)
        return msgspec.json.decode(plain, type=_Event).kind, plain
    except msgspec.DecodeError:
        raise BadCallback("body") from None


def event_answer(keys: CallbackKeys, *, timestamp: str, nonce: str) -> bytes:
    """The encrypted "success" that DingTalk waits for; any other answer makes it send the event again."""
    encrypted = closed(keys, b"success")
    signed = signature(keys.token, timestamp, nonce, encrypted)
    return json.dumps({"msg_signature": signed, "timeStamp": timestamp, "nonce": nonce, "encrypt": encrypted}).encode()


def card_signature(secret: str, timestamp: str) -> str:
    """Base64 of HMAC-SHA256 over the time stamp (milliseconds, as text): it says who sends, not what."""
    return base64.b64encode(hmac.new(secret.encode(), timestamp.encode(), hashlib.sha256).digest()).decode()


def card_click(secret: str, *, timestamp: str, signed: str, body: bytes, now: datetime) -> CardClick:
    """A click, once its signature is right and not older than an hour. Raises BadCallback."""
    if not secret or not hmac.compare_digest(card_signature(secret, timestamp).encode(), signed.encode()):
        raise BadCallback("signature")
    if not timestamp.isdigit() or abs(now.timestamp() * 1000 - int(timestamp)) > SKEW.total_seconds() * 1000:
        raise BadCallback("time")
    return click_of(body)


def click_of(body: bytes) -> CardClick:
    """The click in a body that is known to be DingTalk's. Raises BadCallback("body")."""
    try:
        click = msgspec.json.decode(body, type=_Click)
        private = msgspec.json.decode(click.content or "{}", type=_Content).card_private_data
    except msgspec.DecodeError:
        raise BadCallback("body") from None
    params = {name: str(value) for name, value in private.params.items()}
    return CardClick(click.out_track_id, click.user_id, private.action_ids[0] if private.action_ids else "", params)
