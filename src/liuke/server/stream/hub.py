"""Hands what is new to whom it concerns. One task reads the database once a second, however many listen."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import DatabaseError, close_old_connections

from liuke.accounts.domain.roles import Permission, Scope
from liuke.base.words import render
from liuke.connect.service.live import LIVE
from liuke.server.stream.events import AlertRow, JobRow, News, NoticeRow, encode
from liuke.server.stream.guests import Guest, still_welcome
from liuke.server.stream.tail import Tail

log = logging.getLogger(__name__)
Result = TypeVar("Result")
LOOK_EVERY = 0.25
"""Seconds between two looks, each of a few indexed queries: part of the way from an event to an open page."""
CHECK_EVERY = 30.0
"""Seconds until a log-out or deactivation ends a stream, at most."""
QUEUE = 100
"""Events that wait for a slow reader; past that the stream ends and the browser comes back with Last-Event-ID."""
MAX_LISTENERS = 2000
MAX_PER_PERSON = 20


@dataclass(eq=False, slots=True)
class Listener:
    """One open stream. An empty event means: end it."""

    guest: Guest
    queue: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(QUEUE + 1))

    def tell(self, event: bytes) -> bool:
        """Queue an event; False where the reader is too slow."""
        if self.queue.qsize() >= QUEUE:
            return False
        self.queue.put_nowait(event)
        return True


class Hub:
    """All open streams of this process."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="stream")
        self._tail = Tail()
        self._task: asyncio.Task[None] | None = None
        self._lock = asyncio.Lock()

    async def read(self, work: Callable[[], Result]) -> Result:
        """Run a database read in a thread of the hub."""

        def run() -> Result:
            close_old_connections()
            return work()

        return await asyncio.get_running_loop().run_in_executor(self._pool, run)

    def has_room(self, guest: Guest) -> bool:
        """Whether one more stream is acceptable."""
        mine = sum(listener.guest.membership_id == guest.membership_id for listener in self._listeners)
        return len(self._listeners) < MAX_LISTENERS and mine < MAX_PER_PERSON

    def count(self) -> int:
        """How many streams are open."""
        return len(self._listeners)

    async def join(self, guest: Guest) -> Listener:
        """From now on nothing new is missed; reading starts with the first listener."""
        listener = Listener(guest)
        async with self._lock:
            if self._task is None or self._task.done():
                await self.read(self._tail.start)
                self._task = asyncio.create_task(self._watch())
                self._task.add_done_callback(self._ended)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """The stream is closed."""
        self._listeners.discard(listener)

    def close(self) -> None:
        """End all streams, at shutdown."""
        for listener in list(self._listeners):
            self._dismiss(listener)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Without the reader nobody would hear anything: end the streams, so that browsers come back and start a new one."""
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            log.error("live stream: the reader died", exc_info=fault)
        self.close()

    async def _watch(self) -> None:
        since_check = 0.0
        while self._listeners or since_check < CHECK_EVERY:
            await asyncio.sleep(LOOK_EVERY)
            since_check += LOOK_EVERY
            try:
                if self._listeners:
                    self._spread(await self.read(self._tail.read))
                if since_check >= CHECK_EVERY and self._listeners:
                    since_check = 0.0
                    await self._check()
            except DatabaseError:
                log.warning("live stream: the database did not answer; looking again")

    async def _check(self) -> None:
        guests = {listener.guest for listener in self._listeners}
        welcome = await self.read(lambda: still_welcome(guests))
        for listener in [each for each in self._listeners if each.guest not in welcome]:
            if listener.guest in guests:
                self._dismiss(listener)

    def _dismiss(self, listener: Listener) -> None:
        self.leave(listener)
        while not listener.queue.empty():
            listener.queue.get_nowait()
        listener.queue.put_nowait(b"")

    def _spread(self, news: News) -> None:
        for listener in list(self._listeners):
            guest = listener.guest
            events = [notice_event(row, guest) for row in news.notices if row.recipient_id == guest.membership_id]
            events += [event for row in news.jobs for event in job_events(row, guest)]
            events += [alert_event(row) for row in news.alerts if concerns(row, guest)]
            if not all(listener.tell(event) for event in events):
                self._dismiss(listener)


def notice_event(row: NoticeRow, guest: Guest) -> bytes:
    """The notice in the reader's language."""
    text = render(row.key, row.params, language=guest.actor.language, currency=guest.currency)
    return encode("notice", {"id": row.id, "text": text, "link": row.link}, row.id)


def alert_event(row: AlertRow) -> bytes:
    """An alert was raised: where it is, and of which level. Its words are asked for by whoever shows it."""
    return encode("alert", {"id": row.id, "customer": row.customer_id, "level": row.level})


def concerns(row: AlertRow, guest: Guest) -> bool:
    """Whether the guest may see the alert; as `alert.service.alerts_visible`, for rows that are read already."""
    actor = guest.actor
    if row.workspace_id != actor.workspace_id or actor.scope is Scope.NONE:
        return False
    if actor.scope is Scope.ALL or actor.owners & {row.owner_id, row.customer_owner_id}:
        return True
    return actor.scope is Scope.TEAM and actor.team_id is not None and actor.team_id in {row.owner_team_id, row.customer_team_id}


def job_events(row: JobRow, guest: Guest) -> list[bytes]:
    """Progress for its maker and the workspace's admins; `changed` for everybody when work of the workspace is over.

    Live work goes on and on: each micro-batch tells everybody that scores moved, and no more.
    """
    if row.workspace_id != guest.actor.workspace_id:
        return []
    if row.kind == LIVE:
        return [encode("score", {})]
    events = []
    if row.created_by_id == guest.membership_id or guest.actor.may(Permission.WORKSPACE):
        params = row.stage.get("params")
        filled = params if isinstance(params, dict) else {}
        stage = render(str(row.stage.get("key", "")), filled, language=guest.actor.language, currency=guest.currency)
        data = {"id": row.id, "kind": row.kind, "status": row.status, "progress": row.progress, "stage": stage}
        events.append(encode("job", data))
    if row.is_over:
        events.append(encode("changed", {"kind": row.kind}))
    return events
