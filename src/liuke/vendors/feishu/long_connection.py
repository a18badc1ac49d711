"""Feishu's long connection: an outbound WebSocket over which events and clicks come, already verified by the app's secret.

Frames are Protocol Buffers of one small message (github.com/larksuite/oapi-sdk-python, `ws/pb/pbbp2.proto`), read and written by hand:
1 SeqID, 2 LogID, 3 service, 4 method (0 control, 1 data), 5 headers {1 key, 2 value}, 8 payload; other fields are given back as they came.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlsplit

import msgspec

from liuke.vendors.aes_callback import BadCallback
from liuke.vendors.feishu.app import App
from liuke.vendors.feishu.callbacks import Told, body_of
from liuke.vendors.feishu.envelopes import STATUSES, answer_of
from liuke.vendors.http import call
from liuke.vendors.websocket import WebSocket, connect

ENDPOINT = "/callback/ws/endpoint"
CONTROL, DATA = 0, 1
OK, FAILED = 200, 500
_VARINT, _BYTES = 0, 2
_SEQ, _LOG, _SERVICE, _METHOD, _HEADER, _PAYLOAD = 1, 2, 3, 4, 5, 8
_MOST_PARTS = 64


class _Config(msgspec.Struct, frozen=True):
    ping: int = msgspec.field(default=120, name="PingInterval")


class _Endpoint(msgspec.Struct, frozen=True):
    url: str = msgspec.field(default="", name="URL")
    config: _Config = msgspec.field(default=_Config(), name="ClientConfig")


class _Answer(msgspec.Struct, frozen=True):
    data: _Endpoint


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame. `others`: fields that only travel back (number, value as bytes)."""

    method: int
    service: int
    headers: Mapping[str, str] = field(default_factory=dict)
    payload: bytes = b""
    seq: int = 0
    log: int = 0
    others: tuple[tuple[int, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Connection:
    """An open connection, the number of the service that pings name, and how often Feishu wants a ping (seconds)."""

    socket: WebSocket
    service: int
    ping_every: float


def long_connection_open(app: App) -> Connection:
    """Raises Rejected, Busy, Unsure."""
    asked = {"AppID": app.app_id, "AppSecret": app.app_secret}
    told = answer_of(call(app.open, "POST", ENDPOINT, json=asked, headers={"locale": "zh"}, judges=STATUSES), _Answer).data
    service = parse_qs(urlsplit(told.url).query).get("service_id", ["0"])[0]
    socket = connect(told.url, allow=app.open.allow)
    return Connection(socket, int(service) if service.isdigit() else 0, float(max(told.config.ping, 5)))


def ping(connection: Connection) -> None:
    """Feishu closes connections that do not ask. Raises Closed."""
    connection.socket.send(frame_write(Frame(CONTROL, connection.service, {"type": "ping"})))


class Parts:
    """Puts payloads together that came in several frames."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[int, bytes]] = {}

    def whole(self, frame: Frame) -> bytes | None:
        """The payload once all its parts are here. Raises BadCallback("body")."""
        total, number = (_number(frame.headers.get(name, "1" if name == "sum" else "0")) for name in ("sum", "seq"))
        if total <= 1:
            return frame.payload
        if total > _MOST_PARTS or number >= total:
            raise BadCallback("body")
        key = frame.headers.get("message_id", "")
        kept = self._kept.setdefault(key, {})
        kept[number] = frame.payload
        if len(kept) < total:
            while len(self._kept) > _MOST_PARTS:
                del self._kept[next(iter(self._kept))]
            return None
        del self._kept[key]
        return b"".join(kept[each] for each in range(total))


def told_by(payload: bytes) -> Told:
    """The event in a whole payload; the connection itself has proved who sends it. Raises BadCallback("body")."""
    body = body_of(payload)
    return Told(body.header.event_type, body.header.event_id, "", payload)


def answer(frame: Frame, said: bytes = b"", *, code: int = OK) -> bytes:
    """What Feishu waits for within three seconds: the frame again with `said` (JSON) as its payload; not 200 = send it again."""
    told = {"code": code, "headers": {}, "data": base64.b64encode(said).decode() if said else None}
    return frame_write(replace(frame, payload=json.dumps(told).encode()))


def frame_read(raw: bytes) -> Frame:
    """Raises BadCallback("body")."""
    numbers, payload, headers, others = {_SEQ: 0, _LOG: 0, _SERVICE: 0, _METHOD: 0}, b"", {}, []
    for tag, value in _fields(raw):
        if isinstance(value, int):
            numbers[tag] = value
        elif tag == _HEADER:
            pair = {place: text for place, text in _fields(value) if isinstance(text, bytes)}
            headers[pair.get(1, b"").decode("utf-8", "replace")] = pair.get(2, b"").decode("utf-8", "replace")
        elif tag == _PAYLOAD:
            payload = value
        else:
            others.append((tag, value))
    return Frame(numbers[_METHOD], numbers[_SERVICE], headers, payload, numbers[_SEQ], numbers[_LOG], tuple(others))


def frame_write(frame: Frame) -> bytes:
    """The four numbers are always written: they are required fields."""
    numbers = ((_SEQ, frame.seq), (_LOG, frame.log), (_SERVICE, frame.service), (_METHOD, frame.method))
    found = b"".join(_tagged(tag, _VARINT) + _varint(value) for tag, value in numbers)
    for name, text in frame.headers.items():
        found += _block(_HEADER, _block(1, name.encode()) + _block(2, text.encode()))
    return found + b"".join(_block(tag, value) for tag, value in sorted([*frame.others, (_PAYLOAD, frame.payload)]))


def _fields(raw: bytes) -> Iterator[tuple[int, int | bytes]]:
    place = 0
    while place < len(raw):
        key, place = _read_varint(raw, place)
        value, place = _read_varint(raw, place)
        if key & 7 == _VARINT:
            yield key >> 3, value
        elif key & 7 == _BYTES and place + value <= len(raw):
            yield key >> 3, raw[place : place + value]
            place += value
        else:
            raise BadCallback("body")


def _read_varint(raw: bytes, place: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if place >= len(raw):
            raise BadCallback("body")
        value |= (raw[place] & 0x7F) << shift
        place += 1
        if not raw[place - 1] & 0x80:
            return value, place
    raise BadCallback("body")


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def _tagged(tag: int, kind: int) -> bytes:
    return _varint(tag << 3 | kind)


def _block(tag: int, value: bytes) -> bytes:
    return _tagged(tag, _BYTES) + _varint(len(value)) + value


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise BadCallback("body")
    return int(text)
