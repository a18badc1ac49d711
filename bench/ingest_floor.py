"""The floor of `bench/ingest.py`: decode with msgspec, `executemany`, commit, 202. No keys, no checks beyond the types, no log of it.

python -m bench.ingest_floor PORT DATABASE_URL
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import msgspec
import psycopg
from granian.constants import Interfaces
from granian.server.embed import Server

NAMES = "source, activity_id, customer_key, ts_us, kind, value, channel, actor, attrs"
TABLE = (
    "CREATE TABLE activity (source text, activity_id text, customer_key text, ts_us bigint, kind text, value double precision,"
    " channel text, actor text, attrs text)"
)


class Row(msgspec.Struct):
    """An activity."""

    activity_id: str
    customer_key: str
    ts: datetime
    kind: str
    value: float | None = None
    channel: str | None = None
    actor: str | None = None
    attrs: dict[str, Any] = {}


DECODER = msgspec.json.Decoder(list[Row])
Write = Callable[[list[tuple[object, ...]]], None]


def sqlite_writer(url: str) -> Write:
    """One connection, one transaction a call."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(TABLE)

    def write(rows: list[tuple[object, ...]]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO activity ({NAMES}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("COMMIT")

    return write


def postgres_writer(url: str) -> Write:
    """As above."""
    connection = psycopg.connect(url)
    connection.execute(TABLE)
    connection.commit()

    def write(rows: list[tuple[object, ...]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO activity ({NAMES}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)", rows)
        connection.commit()

    return write


def application(write: Write) -> Callable[..., Awaitable[None]]:
    """The ASGI application."""

    async def app(scope: dict[str, Any], receive: Callable[..., Awaitable[Any]], send: Callable[..., Awaitable[None]]) -> None:
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            event = await receive()
            body, more = body + event.get("body", b""), event.get("more_body", False)
        count = 0
        if scope["method"] == "POST":
            rows = DECODER.decode(body)
            write([_values(row) for row in rows])
            count = len(rows)
        answer = json.dumps({"accepted": count}).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 202, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    return app


def _values(row: Row) -> tuple[object, ...]:
    attrs = msgspec.json.encode(row.attrs).decode()
    moment = int(row.ts.timestamp() * 1e6)
    return "bench", row.activity_id, row.customer_key, moment, row.kind, row.value, row.channel, row.actor, attrs


async def serve(port: int, url: str) -> None:
    """Until it is ended."""
    write = sqlite_writer(url) if url.startswith("sqlite") else postgres_writer(url)
    server = Server(application(write), "127.0.0.1", port, interface=Interfaces.ASGINL, websockets=False, log_enabled=False)
    await server.serve()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
