"""Our half of RFC 6455 against a server that reads it on its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from liuke.vendors.answers import Busy, Rejected
from liuke.vendors.websocket import LONGEST, Closed, WebSocket, connect, messages
from tests.postgres import free_port
from tests.simulators.websocket import Gone, SocketServer, Talk

PONG, PING, CLOSE = 10, 9, 8


@pytest.fixture
def server() -> Iterator[SocketServer]:
    with SocketServer() as running:
        yield running


@pytest.fixture
def pair(server: SocketServer) -> Iterator[tuple[WebSocket, Talk]]:
    """Both ends of one connection."""
    with connect(f"{server.url}/x?ticket=a%2Bb") as ours:
        talk = server.next()
        yield ours, talk
        talk.close()


def test_the_path_and_its_query_are_asked_for_as_they_are(pair: tuple[WebSocket, Talk]) -> None:
    assert pair[1].path == "/x?ticket=a%2Bb"


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 200_000])
def test_messages_of_every_size_pass_both_ways(pair: tuple[WebSocket, Talk], size: int) -> None:
    ours, talk = pair
    ours.send(b"x" * size)
    assert talk.hear() == (2, b"x" * size)
    talk.say("y" * size)
    assert ours.receive(5) == b"y" * size


def test_a_message_in_parts_is_one_and_pings_may_come_between(pair: tuple[WebSocket, Talk]) -> None:
    ours, talk = pair
    talk.say("留", last=False)
    talk.say(b"?", op=PING)
    talk.say("客".encode(), op=0)
    assert ours.receive(5) == "留客".encode()
    assert talk.hear() == (PONG, b"?")


def test_nothing_is_heard_where_nothing_is_said(pair: tuple[WebSocket, Talk]) -> None:
    assert pair[0].receive(0.02) is None


@pytest.mark.parametrize(
    "raw", [b"\x83\x00", b"\xc1\x00", b"\x81\x80", b"\x80\x01x"], ids=["unknown", "reserved", "masked", "no-beginning"]
)
def test_what_is_against_the_protocol_ends_or_is_passed_over(pair: tuple[WebSocket, Talk], raw: bytes) -> None:
    ours, talk = pair
    talk.raw.sendall(raw)
    if raw[0] == 0x83:
        assert ours.receive(0.05) is None
        return
    with pytest.raises(Closed):
        ours.receive(2)


def test_a_message_that_is_too_long_ends_the_connection_before_it_is_read(pair: tuple[WebSocket, Talk]) -> None:
    ours, talk = pair
    talk.raw.sendall(b"\x82\x7f" + (LONGEST + 1).to_bytes(8))
    with pytest.raises(Closed, match="long"):
        ours.receive(2)


@pytest.mark.parametrize("how", ["close", "break"])
def test_an_end_is_told(pair: tuple[WebSocket, Talk], how: str) -> None:
    ours, talk = pair
    talk.say(b"", op=CLOSE) if how == "close" else talk.close()
    with pytest.raises(Closed):
        ours.receive(2)


def test_leaving_says_goodbye(server: SocketServer) -> None:
    with connect(server.url):
        talk = server.next()
    assert talk.hear() == (CLOSE, b"\x03\xe8")
    with pytest.raises(Gone):
        talk.hear()


def test_who_does_not_speak_the_protocol_is_refused() -> None:
    with SocketServer(status=403) as server, pytest.raises(Rejected) as refused:
        connect(server.url)
    assert refused.value.code == "handshake_403"
    with SocketServer(accept="bm90IG91cnM=") as server, pytest.raises(Rejected):
        connect(server.url)


def test_an_address_of_the_own_network_needs_leave_and_an_absent_server_may_come_back(server: SocketServer) -> None:
    with pytest.raises(Rejected) as refused:
        connect(server.url, allow=())
    assert refused.value.code == "refused_address"
    with connect(server.url, allow=("127.0.0.0/8",)) as ours:
        server.next().say("x")
        assert ours.receive(5) == b"x"
    for odd in ("http://127.0.0.1", "ws://"):
        with pytest.raises(Rejected):
            connect(odd)
    with pytest.raises(Busy):
        connect(f"ws://127.0.0.1:{free_port()}")


def test_who_is_quiet_is_asked_and_who_stays_silent_is_given_up(pair: tuple[WebSocket, Talk]) -> None:
    ours, talk = pair
    times = iter([0.0, 0.0, 31.0, 62.0, 95.0])
    with pytest.raises(Closed, match="silent"):
        list(messages(ours, lambda: False, look=0.001, clock=lambda: next(times)))
    assert [talk.hear()[0] for _ in range(2)] == [PING, PING]


def test_messages_end_when_somebody_says_so(pair: tuple[WebSocket, Talk]) -> None:
    ours, talk = pair
    talk.say("a")
    answers = iter([False, True])
    assert list(messages(ours, lambda: next(answers), look=2)) == [b"a"]
