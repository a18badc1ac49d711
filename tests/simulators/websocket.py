"""The server's half of RFC 6455 on loopback, by this file's own reading of it: connections of vendors that events come over."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Queue
from threading import Thread
from typing import Self

PATIENCE = 5.0


class Gone(Exception):
    """The client has left."""


@dataclass
class Talk:
    """One accepted connection, as the vendor has it."""

    raw: socket.socket
    path: str

    def say(self, message: str | bytes, *, last: bool = True, op: int | None = None) -> None:
        """One frame; a message may be told in several."""
        data = message.encode() if isinstance(message, str) else message
        kind = op if op is not None else (1 if isinstance(message, str) else 2)
        size = (
            bytes([len(data)])
            if len(data) < 126
            else struct.pack(">BH", 126, len(data))
            if len(data) < 65_536
            else struct.pack(">BQ", 127, len(data))
        )
        self.raw.sendall(bytes([(0x80 if last else 0) | kind]) + size + data)

    def tell(self, message: object) -> None:
        """JSON as text."""
        self.say(json.dumps(message, ensure_ascii=False))

    def hear(self) -> tuple[int, bytes]:
        """The next frame: its kind and its unmasked content. Raises Gone."""
        first, second = self._exactly(2)
        assert second & 0x80, "a client masks every frame"
        size = second & 0x7F
        if size >= 126:
            size = int.from_bytes(self._exactly(2 if size == 126 else 8))
        key, masked = self._exactly(4), self._exactly(size)
        return first & 0x0F, bytes(byte ^ key[place % 4] for place, byte in enumerate(masked))

    def told(self) -> dict[str, object]:
        """The next text, as a JSON object."""
        kind, data = self.hear()
        assert kind == 1
        found = json.loads(data)
        assert isinstance(found, dict)
        return found

    def close(self) -> None:
        """Without a word, as a broken line does."""
        with suppress(OSError):
            self.raw.shutdown(socket.SHUT_RDWR)
        self.raw.close()

    def _exactly(self, size: int) -> bytes:
        got = b""
        while len(got) < size:
            more = self.raw.recv(size - len(got))
            if not more:
                raise Gone
            got += more
        return got


@dataclass
class SocketServer:
    """Accepts connections; `talks` has them in the order in which they came."""

    status: int = 101
    accept: str = ""
    """What is answered in place of the right `Sec-WebSocket-Accept`."""
    talks: Queue[Talk] = field(default_factory=Queue)
    listener: socket.socket = field(init=False)

    def __enter__(self) -> Self:
        self.listener = socket.create_server(("127.0.0.1", 0))
        Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.listener.close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"ws://127.0.0.1:{self.listener.getsockname()[1]}"

    def next(self) -> Talk:
        """The next connection."""
        return self.talks.get(timeout=PATIENCE)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                raw, _ = self.listener.accept()
                raw.settimeout(PATIENCE)
                head = b""
                while b"\r\n\r\n" not in head:
                    head += raw.recv(1024)
                lines = head.decode().split("\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
                key = headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
                right = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
                told = f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {self.accept or right}"
                answer = f"HTTP/1.1 {self.status} X\r\n{told}\r\n\r\n"
                raw.sendall(answer.encode())
                self.talks.put(Talk(raw, lines[0].split(" ")[1]))
