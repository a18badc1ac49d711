"""What Feishu posts to us: the challenge when an address is saved, events, and clicks on cards (answered within three seconds).

With an encrypt key the body is `{"encrypt": …}` (AES-256-CBC, key = SHA-256 of the encrypt key, the IV in front) and the header signs
time, nonce, key and raw body; the challenge comes encrypted but unsigned. Without one the verification token inside must be ours.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from liuke.vendors.aes_callback import BadCallback

SIGNED = "x-lark-signature"
SIGNED_AT = "x-lark-request-timestamp"
SIGNED_NONCE = "x-lark-request-nonce"
CLICK = "card.action.trigger"
ANSWER_SECONDS = 3.0
_BITS = 128


@dataclass(frozen=True, slots=True)
class CallbackKeys:
    """From the app's page 事件与回调: the verification token, and the encrypt key (empty = bodies come open)."""

    token: str
    encrypt_key: str


@dataclass(frozen=True, slots=True)
class Told:
    """What was sent. `challenge` is filled for the check of the address and for nothing else; `body` is the open JSON."""

    kind: str
    event_id: str
    challenge: str
    body: bytes


@dataclass(frozen=True, slots=True)
class CardClick:
    """One click. `token` changes the card within 30 minutes, twice."""

    open_id: str
    user_id: str
    union_id: str
    message_id: str
    token: str
    value: dict[str, str]


class Header(msgspec.Struct, frozen=True):
    """Of an event."""

    event_id: str = ""
    event_type: str = ""
    token: str = ""


class Body(msgspec.Struct, frozen=True):
    """What can stand around an event."""

    encrypt: str = ""
    type: str = ""
    token: str = ""
    challenge: str = ""
    header: Header = Header()


class _Operator(msgspec.Struct, frozen=True):
    open_id: str = ""
    user_id: str | None = ""
    union_id: str | None = ""


class _Action(msgspec.Struct, frozen=True):
    value: dict[str, object] = {}


class _Context(msgspec.Struct, frozen=True):
    open_message_id: str = ""


class _Trigger(msgspec.Struct, frozen=True):
    operator: _Operator = _Operator()
    token: str = ""
    action: _Action = _Action()
    context: _Context = _Context()


class _Clicked(msgspec.Struct, frozen=True):
    event: _Trigger


def signature(timestamp: str, nonce: str, encrypt_key: str, body: bytes) -> str:
    """Hex SHA-256 of time, nonce, key and raw body."""
    return hashlib.sha256(f"{timestamp}{nonce}{encrypt_key}".encode() + body).hexdigest()


def told(keys: CallbackKeys, headers: Mapping[str, str], raw: bytes) -> Told:
    """Verifies and opens a body; header names in lower case. Raises BadCallback."""
    body = body_of(raw)
    plain = raw
    if keys.encrypt_key:
        if not body.encrypt:
            raise BadCallback("cipher")
        plain = decrypt(keys.encrypt_key, body.encrypt)
        body = body_of(plain)
    if body.type == "url_verification":
        _same(body.token, keys.token)
        return Told(body.type, "", body.challenge, plain)
    if keys.encrypt_key:
        expected = signature(headers.get(SIGNED_AT, ""), headers.get(SIGNED_NONCE, ""), keys.encrypt_key, raw)
        if not hmac.compare_digest(expected.encode(), headers.get(SIGNED, "").encode()):
            raise BadCallback("signature")
    else:
        _same(body.header.token, keys.token)
    return Told(body.header.event_type, body.header.event_id, "", plain)


def card_click(body: bytes) -> CardClick:
    """The click in an open body of kind `CLICK`. Raises BadCallback."""
    try:
        event = msgspec.json.decode(body, type=_Clicked).event
    except msgspec.DecodeError:
        raise BadCallback("body") from None
    who = event.operator
    value = {name: str(each) for name, each in event.action.value.items()}
    return CardClick(who.open_id, who.user_id or "", who.union_id or "", event.context.open_message_id, event.token, value)


def challenge_answer(challenge: str) -> bytes:
    """What Feishu wants within a second."""
    return json.dumps({"challenge": challenge}).encode()


def toast_answer(chinese: str, english: str, *, kind: str = "info") -> bytes:
    """A short line above the chat, in the reader's language; the card stays as it is."""
    texts = {"zh_cn": chinese, "en_us": english}
    return json.dumps({"toast": {"type": kind, "content": chinese, "i18n": texts}}, ensure_ascii=False).encode()


def decrypt(encrypt_key: str, encrypted: str) -> bytes:
    """The open body. Raises BadCallback("cipher")."""
    try:
        cipher = base64.b64decode(encrypted, validate=True)
    except (binascii.Error, ValueError):
        raise BadCallback("cipher") from None
    if len(cipher) < 32 or len(cipher) % 16:
        raise BadCallback("cipher")
    reader = _cipher(encrypt_key, cipher[:16]).decryptor()
    padding = PKCS7(_BITS).unpadder()
    try:
        return padding.update(reader.update(cipher[16:]) + reader.finalize()) + padding.finalize()
    except ValueError:
        raise BadCallback("cipher") from None


def encrypt(encrypt_key: str, plain: bytes, *, start: bytes) -> str:
    """What Feishu sends: for simulators and tests. `start`: the 16 bytes of the IV."""
    padding = PKCS7(_BITS).padder()
    writer = _cipher(encrypt_key, start).encryptor()
    padded = padding.update(plain) + padding.finalize()
    return base64.b64encode(start + writer.update(padded) + writer.finalize()).decode()


def _cipher(encrypt_key: str, start: bytes) -> Cipher[modes.CBC]:
    return Cipher(algorithms.AES(hashlib.sha256(encrypt_key.encode()).digest()), modes.CBC(start))


def _same(given: str, wanted: str) -> None:
    if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise BadCallback("token")


def body_of(raw: bytes) -> Body:
    """The outer fields of an open body. Raises BadCallback("body")."""
    try:
        return msgspec.json.decode(raw, type=Body)
    except msgspec.DecodeError:
        raise BadCallback("body") from None
