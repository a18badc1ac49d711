"""Django behind ASGI: requests arrive whole, answers leave as made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.server.bridge import IN_MEMORY, MAX_ANONYMOUS_BODY, Bridge

Environ = dict[str, Any]
Start = Callable[..., Any]


def echo(environ: Environ, start: Start) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "application/octet-stream"), ("X-Length", environ["CONTENT_LENGTH"])])
    return [environ["wsgi.input"].read()]


class Pieces:
    """A streamed answer that notes when it was closed."""

    streaming = True
    closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield from (b"one,", b"two,", b"three")

    def close(self) -> None:
        type(self).closed = True


def ask(app: Callable[[Environ, Start], Iterable[bytes]], method: str = "POST", path: str = "/x", **how: Any) -> httpx.Response:
    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(app=Bridge(app, threads=2))
        async with httpx.AsyncClient(transport=transport, base_url="http://liuke") as client:
            return await client.request(method, path, **how)

    return asyncio.run(run())


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=5000), st.integers(1, 700))
def test_a_body_arrives_whole_however_it_is_cut(body: bytes, size: int) -> None:
    async def cut() -> AsyncIterator[bytes]:
        for start in range(0, len(body), size):
            yield body[start : start + size]

    answer = ask(echo, content=cut())
    assert (answer.content, answer.headers["x-length"]) == (body, str(len(body)))


def test_a_body_beyond_memory_arrives_too() -> None:
    body = b"x" * (IN_MEMORY + 10)
    assert ask(echo, content=body, headers={"Authorization": "Bearer k"}).content == body


def test_strangers_cannot_send_much() -> None:
    body = b"x" * (MAX_ANONYMOUS_BODY + 1)
    assert ask(echo, content=body).status_code == 413
    assert ask(echo, content=iter_async([body])).status_code == 413
    assert ask(echo, content=body, headers={"Cookie": "sessionid=1"}).status_code == 200


async def iter_async(pieces: list[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


def test_a_streamed_answer_is_passed_on_and_closed() -> None:
    def stream(environ: Environ, start: Start) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/csv")])
        return Pieces()

    assert ask(stream, "GET").text == "one,two,three"
    assert Pieces.closed


def test_the_environment_says_what_was_asked() -> None:
    def tell(environ: Environ, start: Start) -> Iterable[bytes]:
        start("201 Created", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        wanted = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "HTTP_COOKIE", "HTTP_X_TWICE", "REMOTE_ADDR")
        return ["\n".join(environ.get(name, "-") for name in wanted).encode("latin1")]

    headers = [("Cookie", "a=1"), ("Cookie", "b=2"), ("X-Twice", "1"), ("X-Twice", "2"), ("Content-Type", "text/plain")]
    answer = ask(tell, "PUT", "/客户?q=%E7%8E%8B", headers=headers)
    assert answer.status_code == 201
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]
    method, path, query, kind, cookie, twice, peer = answer.content.decode("latin1").split("\n")
    assert (method, path.encode("latin1").decode(), query, kind) == ("PUT", "/客户", "q=%E7%8E%8B", "text/plain")
    assert (cookie, twice, peer) == ("a=1; b=2", "1,2", "127.0.0.1")


def test_a_header_with_an_underscore_cannot_pass_for_another() -> None:
    def tell(environ: Environ, start: Start) -> Iterable[bytes]:
        start("200 OK", [])
        return [str("HTTP_X_FORWARDED_FOR" in environ).encode()]

    assert ask(tell, headers={"X_Forwarded_For": "1.2.3.4"}).text == "False"
    assert ask(tell, headers={"X-Forwarded-For": "1.2.3.4"}).text == "True"


def test_a_fault_of_the_application_is_the_servers_to_report() -> None:
    def broken(environ: Environ, start: Start) -> Iterable[bytes]:
        raise RuntimeError("boom")

    with pytest.raises(RuntimeError, match="boom"):
        ask(broken)


def test_a_streamed_answer_ends_when_its_reader_leaves() -> None:
    class Endless:
        streaming = True
        closed = False

        def __iter__(self) -> Iterator[bytes]:
            while True:
                yield b"more"

        def close(self) -> None:
            type(self).closed = True

    def stream(environ: Environ, start: Start) -> Iterable[bytes]:
        start("200 OK", [])
        return Endless()

    async def scene() -> None:
        requests = [{"type": "http.request", "body": b""}]
        read: list[object] = []

        async def receive() -> dict[str, Any]:
            while not requests and len(read) < 5:
                await asyncio.sleep(0)
            return requests.pop() if requests else {"type": "http.disconnect"}

        async def send(event: Any) -> None:
            read.append(event)

        scope = {"method": "GET", "path": "/", "query_string": b"", "http_version": "1.1", "headers": []}
        await asyncio.wait_for(Bridge(stream, threads=1)(scope, receive, send), 20)

    asyncio.run(scene())
    assert Endless.closed
