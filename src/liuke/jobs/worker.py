"""The worker's loop: claim, run, renew, enqueue what is scheduled, deliver the outbox; until told to stop."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from threading import Event, Thread

from django.db import connections

from liuke.base.times import utc_now
from liuke.base.vitals import vitals
from liuke.jobs.courier import Line
from liuke.jobs.domain.contract import Handler, Topic
from liuke.jobs.running import run_job, run_message
from liuke.jobs.service import claims
from liuke.jobs.service.claims import ALL_KINDS, Holder, Kinds
from liuke.jobs.service.schedules import schedules_tick

log = logging.getLogger(__name__)
IDLE = 0.3
"""Seconds between two looks into an empty queue."""
BEAT = 5.0
SCHEDULE = 1.0
MINUTE = 20.0
"""Seconds between two calls of what is done once a minute: a minute of which one worker is busy or gone is another's."""
AFTER_FAULT = 2.0
GRACE = 3.0
"""Seconds that running handlers get to notice a stop."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a worker does: handlers by job kind, deliverers by topic, and how much at once.

    Of the `exclusive` kinds only one job per workspace runs at a time, over all workers.
    """

    handlers: Mapping[str, Handler]
    topics: Mapping[str, Topic]
    exclusive: Collection[str] = ()
    slots: int = 2
    outbox_slots: int = 4
    kinds: Kinds = ALL_KINDS
    """Which kinds of jobs it takes."""
    idle: float = IDLE
    """Seconds between two looks into an empty queue."""
    minutely: Callable[[datetime], object] | None = None
    """Called at least once a minute with the real time; quick, and idempotent within the minute."""


@dataclass(slots=True)
class Loop:
    """The state of one worker. `step` is one look at everything; it never blocks on the work itself."""

    plan: Plan
    holder: Holder
    stop: Event
    wake: Event = field(default_factory=Event)
    jobs: dict[int, Thread] = field(default_factory=dict)
    lines: list[Line] = field(init=False)
    next_at: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """One line of threads for what dedupes, one thread for what does not."""
        topics = self.plan.topics
        deduping = {name: topic for name, topic in topics.items() if topic.dedupes}
        others = {name: topic for name, topic in topics.items() if not topic.dedupes}
        self.lines = [Line(self.plan.outbox_slots, deduping, self.wake), Line(1, others, self.wake)]

    def step(self) -> None:
        """Renew, beat, enqueue scheduled work, fill the free slots."""
        now = utc_now()
        self.jobs = {pk: thread for pk, thread in self.jobs.items() if thread.is_alive()}
        if self._due("renew", self.holder.lease.total_seconds() / 4):
            sending = [pk for line in self.lines for pk in line.ids()]
            claims.leases_renew(holder=self.holder, jobs=list(self.jobs), messages=sending, now=now)
        if self._due("beat", BEAT):
            claims.heartbeat(name=self.holder.name, detail=vitals("worker") | {"running": len(self.jobs)})
        if self._due("schedule", SCHEDULE):
            schedules_tick(now=now)
        if self.plan.minutely is not None and self._due("minutely", MINUTE):
            self.plan.minutely(now)
        self._fill(now)

    def _fill(self, now: datetime) -> None:
        free = self.plan.slots - len(self.jobs)
        plan = self.plan
        for job in claims.jobs_claim(holder=self.holder, limit=free, now=now, exclusive=plan.exclusive, kinds=plan.kinds):
            self.jobs[job.pk] = self._start(partial(run_job, job, self.plan.handlers, self.stop))
        for line in self.lines:
            topics = {name: topic.dedupes for name, topic in line.topics.items()}
            line.take(claims.outbox_claim(holder=self.holder, topics=topics, limit=line.room(), now=now) if topics else [])

    def _start(self, work: Callable[[], None]) -> Thread:
        def run() -> None:
            try:
                work()
            finally:
                connections.close_all()
                self.wake.set()

        thread = Thread(target=run, daemon=True)
        thread.start()
        return thread

    def _due(self, name: str, every: float) -> bool:
        now = time.monotonic()
        if now < self.next_at.get(name, 0.0):
            return False
        self.next_at[name] = now + every
        return True

    def finish(self) -> None:
        """Give running work a moment to put itself back; what does not is taken up by the next worker of this name."""
        deadline = time.monotonic() + GRACE
        left = [message for line in self.lines for message in line.finish(max(deadline - time.monotonic(), 0.0))]
        claims.outbox_put_back(messages=left)
        for thread in self.jobs.values():
            thread.join(max(deadline - time.monotonic(), 0.0))


def run(
    handlers: Mapping[str, Handler],
    outbox_handlers: Mapping[str, Topic],
    stop: Event,
    *,
    name: str = "worker",
    exclusive: Collection[str] = (),
    slots: int = 2,
    kinds: Kinds = ALL_KINDS,
    idle: float = IDLE,
    minutely: Callable[[datetime], object] | None = None,
) -> None:
    """Work until `stop` is set, then return within about three seconds.

    `name` must be unique among living workers and the same after a restart: leases of a dead namesake are taken back at once.
    """
    plan = Plan(handlers, outbox_handlers, exclusive, slots, kinds=kinds, idle=idle, minutely=minutely)
    loop = Loop(plan, Holder(name), stop)
    started = False
    while not stop.is_set():
        try:
            if not started:
                claims.leases_drop(holder=loop.holder, now=utc_now())
                started = True
            loop.step()
        except Exception:  # the worker's edge: a database that is away must not end the worker
            log.exception("worker %s: looking again in %s s", name, AFTER_FAULT)
            connections.close_all()
            stop.wait(AFTER_FAULT)
        loop.wake.wait(idle)
        loop.wake.clear()
    loop.finish()


def jobs_run_pending(
    handlers: Mapping[str, Handler],
    outbox_handlers: Mapping[str, Topic] | None = None,
    *,
    now: Callable[[], datetime] = utc_now,
    limit: int = 1000,
) -> int:
    """Run everything that is due, one after the other in this thread, what it enqueues included; how many rows that were.

    For tests and commands. Pass a later `now` to reach work that waits for its next try. Must not run beside a worker
    named `inline`.
    """
    topics = outbox_handlers or {}
    dedupes = {name: topic.dedupes for name, topic in topics.items()}
    holder, stopping = Holder("inline"), Event()
    done = 0
    while done < limit:
        jobs = claims.jobs_claim(holder=holder, limit=1, now=now())
        for job in jobs:
            run_job(job, handlers, stopping, now)
        messages = [] if jobs else claims.outbox_claim(holder=holder, topics=dedupes, limit=1, now=now())
        for message in messages:
            run_message(message, topics, now)
        if not jobs and not messages:
            break
        done += 1
    return done
