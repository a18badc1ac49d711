"""Delivers claimed messages of the outbox on threads that live as long as the worker.

Where the other side recognises a key twice, several leave at once. Where it does not, one at a time does: of a worker that is killed
at most one message is then in doubt. Where the other side asks to wait, the messages that share its lane wait with the refused one instead
of being refused one after another.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread

from django.db import connections

from liuke.base.times import utc_now
from liuke.jobs.domain.contract import Message, Topic
from liuke.jobs.running import run_message
from liuke.jobs.service import claims

log = logging.getLogger(__name__)
AHEAD = 12
"""Messages that are claimed at once per thread, so that claiming costs little beside sending."""
QUIET = 5.0
"""Seconds without work after which a thread gives its database connection back."""
LOOK = 0.2
"""Seconds within which a thread notices that it has to stop."""
SHORT = 1.0
"""Seconds that a thread waits itself for room in a lane; for longer waits it hands the message back until then."""
Lane = tuple[str, int | None, str]


def postponed(message: Message, seconds: float) -> None:
    """Hand a message back that has not begun: due when there is room again."""
    claims.outbox_put_back(messages=[message], run_at=utc_now() + timedelta(seconds=seconds))


@dataclass(slots=True)
class Line:
    """Threads beside each other over one queue. `held` are all messages taken and not yet done, by id."""

    threads: int
    topics: Mapping[str, Topic]
    wake: Event
    run: Callable[[Message, Mapping[str, Topic]], float] = run_message
    """Delivers and returns the seconds for which the message's lane is to rest."""
    postpone: Callable[[Message, float], None] = postponed
    resting: dict[Lane, float] = field(default_factory=dict)
    """Until when (monotonic) a lane waits for room."""
    queue: SimpleQueue[Message] = field(default_factory=SimpleQueue)
    held: dict[int, Message] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    stop: Event = field(default_factory=Event)
    started: list[Thread] = field(default_factory=list)

    def room(self) -> int:
        """How many more to claim: none before half of them are done."""
        most = self.threads * AHEAD
        with self.lock:
            return most - len(self.held) if len(self.held) <= most // 2 else 0

    def ids(self) -> list[int]:
        """The messages whose leases are to be kept."""
        with self.lock:
            return list(self.held)

    def take(self, messages: list[Message]) -> None:
        """Deliver these, soon."""
        if messages and not self.started:
            self.started = [Thread(target=self._work, daemon=True) for _ in range(self.threads)]
            for thread in self.started:
                thread.start()
        with self.lock:
            self.held.update({message.id: message for message in messages})
        for message in messages:
            self.queue.put(message)

    def finish(self, seconds: float) -> list[Message]:
        """Let what runs end, for so long; the messages that were not begun."""
        self.stop.set()
        deadline = time.monotonic() + seconds
        for thread in self.started:
            thread.join(max(deadline - time.monotonic(), 0.0))
        left: list[Message] = []
        while not self.queue.empty():
            left.append(self.queue.get())
        return left

    def _work(self) -> None:
        idle = 0.0
        while not self.stop.is_set():
            try:
                message = self.queue.get(timeout=LOOK)
            except Empty:
                idle += LOOK
                if idle >= QUIET:
                    connections.close_all()
                    idle = 0.0
                continue
            idle = 0.0
            self._deliver(message)
        connections.close_all()

    def _deliver(self, message: Message) -> None:
        try:
            if self._has_room(message):
                self.resting[message.lane] = time.monotonic() + self.run(message, self.topics)
        except Exception:  # the thread's edge: a database that is away leaves the message to its lease
            log.exception("outbox %s could not be closed", message.id)
            connections.close_all()
        finally:
            with self.lock:
                self.held.pop(message.id, None)
            if self.room():
                self.wake.set()

    def _has_room(self, message: Message) -> bool:
        """Whether the message may be begun; else it has been handed back."""
        wait = self.resting.get(message.lane, 0.0) - time.monotonic()
        if 0 < wait <= SHORT and not self.stop.wait(wait):
            return True
        if wait > 0:
            self.postpone(message, 0.0 if self.stop.is_set() else wait)
        return wait <= 0
