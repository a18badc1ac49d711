"""Posts one signed JSON body. Redirects are not followed and no proxy of the environment is used."""

from __future__ import annotations

import hashlib
import hmac
import json

import httpx

from liuke.act.domain.channel import ChannelKind, ChannelTarget, Delivered, Failed, Field, FieldKind, OutMessage, Reach, Result
from liuke.act.domain.channel_fields import PROXY, is_url
from liuke.act.domain.sms import e164, own_id
from liuke.vendors.guard import Refused, pinned
from liuke.vendors.http import client_for

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
LONGEST_WAIT = 3600.0
"""Seconds; a receiver may not park a message for longer."""
STANDARD, VOICE = "standard", "voice"
_AGAIN = frozenset({408, 425, 429})


def signature(body: bytes, *, timestamp: str, secret: str) -> str:
    """`sha256=<hex>`: what the receiver computes over `<timestamp>.<body>` and compares in constant time."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"sha256={digest}"


def send(message: OutMessage, target: ChannelTarget) -> Result:
    """One POST. Time-outs and 5xx may pass and are tried again with the same key; other answers than 2xx fail for good."""
    url, secret = target.text("url"), target.secrets.get("secret", "")
    if not is_url(url) or not secret:
        return Failed("webhook_config")
    facts = call_facts(message) if target.text("body") == VOICE else plain_facts(message)
    body = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
    timestamp = str(int(target.now().timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Liuke-Webhook/1",
        "X-Liuke-Timestamp": timestamp,
        "X-Liuke-Signature": signature(body, timestamp=timestamp, secret=secret),
        "Idempotency-Key": message.key,
    }
    try:
        return _answer(_post(url, body, headers, target))
    except Refused as refused:
        return Failed("webhook_refused", {"why": str(refused)})
    except httpx.HTTPError as error:
        return Failed("webhook_unreachable", {"answer": type(error).__name__}, transient=True)


def plain_facts(message: OutMessage) -> dict[str, object]:
    """What a receiver of notifications gets."""
    return {"kind": message.kind, "subject": message.subject, "text": message.text, "link": message.link, "data": dict(message.data)}


def call_facts(message: OutMessage) -> dict[str, object]:
    """What a voice robot gets (PLY-15): whom to call and what to say. `call_id` is the same for the same message."""
    return {
        "kind": "voice_call", "call_id": own_id(message.key), "phone": e164(message.to or str(message.data.get("phone", ""))),
        "script": message.text, "template": message.template, "variables": dict(message.params), "purpose": message.kind,
        "link": message.link, "data": dict(message.data),
    }  # fmt: skip


def _post(url: str, body: bytes, headers: dict[str, str], target: ChannelTarget) -> httpx.Response:
    """Connects to the very address that the guard has checked, under the host's own name: no second look-up can differ."""
    way = pinned(url, target.site.allow, target.text("proxy"))
    with client_for(TIMEOUT, way.proxy) as client:
        extensions = dict(way.extensions)
        with client.stream("POST", way.url, content=body, headers={**headers, **way.headers}, extensions=extensions) as response:
            return response  # by its status: the body is the receiver's to fill, and nobody reads it


def _answer(response: httpx.Response) -> Result:
    if response.is_success:
        return Delivered(str(response.status_code))
    transient = response.is_server_error or response.status_code in _AGAIN
    wait = response.headers.get("retry-after", "")
    again_in = min(float(wait), LONGEST_WAIT) if transient and wait.isdigit() else 0.0
    return Failed("webhook_answer", {"status": response.status_code}, transient=transient, again_in=again_in)


BODY = Field("body", FieldKind.CHOICE, required=False, choices=(STANDARD, VOICE), default=STANDARD)
CHANNEL = ChannelKind(
    "webhook",
    dedupes=True,
    address="",
    reaches=frozenset({Reach.STAFF, Reach.CUSTOMER, Reach.GROUP}),
    fields=(Field("url", FieldKind.URL), Field("secret", FieldKind.SECRET), BODY, PROXY),
    send=send,
)
