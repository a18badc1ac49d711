"""Broken and hostile senders: cut-off and damaged bodies, 100 MB, dribbled heads and bodies. Others are answered meanwhile."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.faults.house import House, nothing_lost_nothing_doubled, row
from tests.running import wait_until

pytestmark = pytest.mark.slow
LORIS = 200
"""Connections that dribble, at once."""
ANSWERED_WITHIN = 3.0
"""Seconds in which another caller is answered meanwhile; the machine may be busy."""


@contextmanager
def connected(house: House) -> Iterator[socket.socket]:
    """A bare connection to the public port."""
    where = urlsplit(house.server.url)
    with socket.create_connection((where.hostname, where.port), timeout=30) as line:
        yield line


def head(house: House, *lines: str) -> bytes:
    """The first lines of a request that sends activities."""
    own = [f"Authorization: Bearer {house.key}", "Host: localhost", "Content-Type: application/json", *lines]
    return ("POST /api/v1/activities?source=load HTTP/1.1\r\n" + "\r\n".join(own) + "\r\n\r\n").encode()


def answered(house: House) -> float:
    """How long the health page takes."""
    begun = time.monotonic()
    assert httpx.get(f"{house.server.url}/healthz", timeout=20).status_code == 200
    return time.monotonic() - begun


def memory(house: House) -> int:
    """Bytes that the web process holds."""
    pid = house.server.children()["web"]
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096


def test_what_is_cut_off_or_damaged_is_refused_and_leaves_nothing(house: House) -> None:
    whole = json.dumps([row(f"cut-{place}", place) for place in range(50)]).encode()
    packed = gzip.compress(whole)
    zipped = house.headers | {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    url = f"{house.server.url}/api/v1/activities?source=load"
    damaged = packed[:40] + bytes(255 - byte for byte in packed[40:60]) + packed[60:]
    statuses = [httpx.post(url, content=body, headers=zipped, timeout=20).status_code for body in (packed[:-20], damaged, b"")]
    assert all(status in {400, 422} for status in statuses), statuses
    assert httpx.post(url, content=whole[:-7], headers=zipped | {"Content-Encoding": "identity"}, timeout=20).status_code in {400, 422}
    with connected(house) as line:
        line.sendall(head(house, f"Content-Length: {len(whole)}") + whole[: len(whole) // 2])
    with connected(house) as line:
        line.sendall(head(house, "Transfer-Encoding: chunked") + b"10\r\n[{\r\n")
    assert answered(house) < ANSWERED_WITHIN
    house.works_again("probe-cut")
    assert not [name for name, _ in house.stored().rows if name.startswith("cut-")]


def test_a_file_that_is_none_is_refused_in_words(house: House) -> None:
    for name, content in (("a.xlsx", b"PK\x03\x04" + b"\xff" * 200), ("b.xlsx", b"PK\x03\x04"), ("c.csv", b"\x00\x01\x02\xff\xfe" * 50)):
        url = f"{house.server.url}/api/v1/w/faults/imports"
        answer = httpx.post(url, files={"file": (name, content)}, data={"entity": "customers"}, headers=house.headers, timeout=30)
        assert answer.status_code in {400, 413, 422}, (name, answer.text)
        assert set(answer.json()) >= {"code", "message", "request_id"}


def test_a_hundred_megabytes_are_refused_without_being_held(house: House) -> None:
    """Announced, they are refused before they come; unannounced, once they are more than may be."""
    before = memory(house)
    with connected(house) as line:
        line.sendall(head(house, f"Content-Length: {100 << 20}"))
        assert line.recv(200).startswith(b"HTTP/1.1 413")
    sent = 0
    with connected(house) as line, suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(head(house, "Transfer-Encoding: chunked"))
        for _ in range(100):
            line.sendall(b"%x\r\n%s\r\n" % (1 << 20, b" " * (1 << 20)))
            sent += 1
    assert sent < 40, "it went on listening"
    assert memory(house) - before < 60 << 20
    assert answered(house) < ANSWERED_WITHIN


def test_clients_that_dribble_hold_nobody_up_and_are_sent_away(house: House) -> None:
    """Slow-loris, by heads and by bodies: more of them than there are threads."""
    with ExitStack() as open_lines:
        lines = [open_lines.enter_context(connected(house)) for _ in range(LORIS)]
        for number, line in enumerate(lines):
            line.sendall(b"POST /api/v1/activities HTTP/1.1\r\nHost: l" if number % 2 else head(house, "Content-Length: 500") + b"[")
        slowest = 0.0
        for _ in range(5):
            for line in lines[1::2]:
                line.sendall(b"x")
            slowest = max(slowest, answered(house))
        assert slowest < ANSWERED_WITHIN
        assert house.send([row("loris-0", 1)], "loris").status_code == 202
        house.ledger["loris"] = 1
        wait_until(lambda: _closed(lines[1]), "a dribbled head to be cut off", 30)
        wait_until(lambda: _closed(lines[0]), "a dribbled body to be cut off", 40)
    nothing_lost_nothing_doubled(house)


def _closed(line: socket.socket) -> bool:
    """Whether the server has hung up, with or without a last word."""
    line.settimeout(0.2)
    try:
        while line.recv(4096):
            continue
    except TimeoutError:
        return False
    except OSError:
        return True
    return True
