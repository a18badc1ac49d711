"""The client's half of RFC 6455, as much as outbound event connections of vendors need: whole messages, pings, no extensions.

Blocking and for one thread. Written by hand (ADR 5): the connections of DingTalk and Feishu carry a few messages a minute.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Self
from urllib.parse import SplitResult, urlsplit

from liuke.vendors.answers import Busy, Rejected
from liuke.vendors.guard import Refused, safe_address
from liuke.vendors.http import trusted

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
LONGEST = 2_000_000
_HEAD = 16_384
CONNECT = 10.0
PING_EVERY, DEAD_AFTER = 30.0, 90.0
"""Seconds: how often a quiet other side is asked, and how long its silence means that it is gone."""


class Op(IntEnum):
    """What a frame is."""

    MORE = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


class Closed(Exception):
    """The connection is over: closed, broken, silent or against the protocol."""


@dataclass
class WebSocket:
    """An open connection. Use it in a `with` block."""

    raw: socket.socket
    buffer: bytearray = field(default_factory=bytearray)
    heard: Callable[[], None] = lambda: None
    """Called whenever anything comes, pongs included."""
    parts: list[bytes] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        with suppress(Closed):
            self._send(Op.CLOSE, struct.pack(">H", 1000))
        self.raw.close()

    def send(self, message: str | bytes) -> None:
        """One whole message. Raises Closed."""
        self._send(Op.TEXT, message.encode()) if isinstance(message, str) else self._send(Op.BINARY, message)

    def ping(self) -> None:
        """Ask whether somebody is there. Raises Closed."""
        self._send(Op.PING, b"")

    def receive(self, seconds: float) -> bytes | None:
        """The next message, text as UTF-8; None where none is whole after so many seconds. Raises Closed."""
        until = time.monotonic() + seconds
        while True:
            frame = self._frame()
            if frame is None:
                if not self._fill(until - time.monotonic()):
                    return None
                continue
            message = self._taken(*frame)
            if message is not None:
                return message

    def _taken(self, last: bool, op: int, data: bytes) -> bytes | None:
        if op == Op.CLOSE:
            raise Closed("closed by the other side")
        if op == Op.PING:
            self._send(Op.PONG, data)
        elif op in {Op.TEXT, Op.BINARY, Op.MORE}:
            if (op == Op.MORE) != bool(self.parts) or sum(map(len, self.parts)) + len(data) > LONGEST:
                raise Closed("frames out of order, or too long")
            self.parts.append(data)
            if last:
                whole, self.parts = b"".join(self.parts), []
                return whole
        return None

    def _frame(self) -> tuple[bool, int, bytes] | None:
        """The first frame of the buffer once it is whole. A server masks nothing."""
        if len(self.buffer) < 2:
            return None
        first, second = self.buffer[0], self.buffer[1]
        extra = {126: 2, 127: 8}.get(second & 0x7F, 0)
        if first & 0x70 or second & 0x80:
            raise Closed("against the protocol")
        if len(self.buffer) < 2 + extra:
            return None
        length = int.from_bytes(self.buffer[2 : 2 + extra]) if extra else second & 0x7F
        if length > LONGEST:
            raise Closed("too long")
        end = 2 + extra + length
        if len(self.buffer) < end:
            return None
        data = bytes(self.buffer[2 + extra : end])
        del self.buffer[:end]
        return bool(first & 0x80), first & 0x0F, data

    def _fill(self, seconds: float) -> bool:
        if seconds <= 0:
            return False
        self.raw.settimeout(seconds)
        try:
            got = self.raw.recv(65_536)
        except TimeoutError:
            return False
        except OSError as fault:
            raise Closed(type(fault).__name__) from None
        if not got:
            raise Closed("ended")
        self.heard()
        self.buffer += got
        return True

    def _send(self, op: Op, data: bytes) -> None:
        key, size = os.urandom(4), len(data)
        length = bytes([0x80 | size]) if size < 126 else struct.pack(">BH", 0xFE, size) if size < 65_536 else struct.pack(">BQ", 0xFF, size)
        masked = bytes(byte ^ key[place % 4] for place, byte in enumerate(data))
        self.raw.settimeout(CONNECT)
        try:
            self.raw.sendall(bytes([0x80 | op]) + length + key + masked)
        except OSError as fault:
            raise Closed(type(fault).__name__) from None


def connect(url: str, *, allow: tuple[str, ...] | None = None) -> WebSocket:
    """Opens a `ws://` or `wss://` address; where `allow` is given it passes the guard (`guard.safe_address`).

    Raises Busy("unreachable"), Rejected (refused_address, handshake_<status>).
    """
    parts = urlsplit(url)
    host, tls = parts.hostname or "", parts.scheme == "wss"
    if parts.scheme not in {"ws", "wss"} or not host:
        raise Rejected("refused_address", url[:80])
    raw = _dialled(host, parts.port or (443 if tls else 80), allow)
    try:
        plain = trusted().wrap_socket(raw, server_hostname=host) if tls else raw
        return WebSocket(plain, _shaken(plain, _asked_of(parts), parts.netloc))
    except OSError as fault:
        raw.close()
        raise Busy("unreachable", type(fault).__name__) from None
    except Rejected:
        raw.close()
        raise


def _dialled(host: str, port: int, allow: tuple[str, ...] | None) -> socket.socket:
    """A bare connection to a host, past the guard where `allow` is given."""
    try:
        address = host if allow is None else str(safe_address(host, port, allow))
        return socket.create_connection((address, port), CONNECT)
    except Refused as refused:
        raise Rejected("refused_address", str(refused)) from None
    except OSError as fault:
        raise Busy("unreachable", type(fault).__name__) from None


def _asked_of(parts: SplitResult) -> str:
    """What the handshake asks for: the path and what follows it."""
    return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


def _shaken(raw: socket.socket, path: str, host: str) -> bytearray:
    """The opening handshake; what came after it."""
    key = base64.b64encode(os.urandom(16)).decode()
    asked = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
    raw.sendall(f"{asked}Sec-WebSocket-Version: 13\r\n\r\n".encode())
    got = bytearray()
    while b"\r\n\r\n" not in got:
        more = raw.recv(4096)
        if not more or len(got) > _HEAD:
            raise Rejected("handshake_unreadable")
        got += more
    head, _, rest = bytes(got).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    status = first.split(" ")[1] if first.count(" ") else ""
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    wanted = base64.b64encode(hashlib.sha1(f"{key}{GUID}".encode(), usedforsecurity=False).digest()).decode()
    if status != "101" or not hmac.compare_digest(headers.get("sec-websocket-accept", "").encode(), wanted.encode()):
        raise Rejected(f"handshake_{status or 'unreadable'}", headers.get("handshake-msg", "")[:200])
    return bytearray(rest)


def messages(
    one: WebSocket, stopped: Callable[[], bool], *, ask: Callable[[], None] | None = None, every: float = PING_EVERY,
    look: float = 0.5, clock: Callable[[], float] = time.monotonic,
) -> Iterator[bytes]:  # fmt: skip
    """Every message until `stopped`; every so many seconds `ask` (a ping where it is None).

    Raises Closed where nobody is there any more.
    """
    last = {"heard": clock(), "asked": clock()}

    def heard() -> None:
        last["heard"] = clock()

    one.heard = heard
    while not stopped():
        message = one.receive(look)
        if message is not None:
            yield message
        now = clock()
        if now - last["heard"] > max(DEAD_AFTER, 2 * every):
            raise Closed("silent")
        if now - last["asked"] >= every:
            last["asked"] = now
            (ask or one.ping)()
