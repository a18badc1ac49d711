"""Connections of ours to vendors over which their events come: one thread for each channel that wants it, connected anew when it ends.

Several processes of one installation may listen at once: vendors give each event to one of them, and an event told twice is stored once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import random
from threading import Event as Flag
from threading import Thread

from django.db import DatabaseError, connections, transaction

from liuke.act.channels import KINDS
from liuke.act.domain.channel_events import Event
from liuke.act.outgoing.callbacks import event_store
from liuke.act.outgoing.listening_state import APART, CONNECTED, beat_name
from liuke.act.outgoing.targets import listens, target_of
from liuke.act.store.models import Channel
from liuke.base.errors import LiukeError, Transient
from liuke.base.times import utc_now
from liuke.jobs.service.claims import heartbeat
from liuke.vendors.answers import VendorFault
from liuke.vendors.websocket import Closed

log = logging.getLogger(__name__)
LOOK = 5.0
"""Seconds between two looks at the channels."""
BEAT = timedelta(seconds=20)
LONGEST_PAUSE = 120.0


def pause(failures: int, chance: Callable[[], float] = random) -> float:
    """Seconds before the next try: 1, 2, 4 … 120, half of it by chance, so that not everybody comes back at once."""
    most = min(2.0 ** min(failures, 10), LONGEST_PAUSE)
    return most / 2 + chance() * most / 2


@dataclass
class Listener:
    """Listens for one channel. It is the `Ears` of its kind."""

    channel: Channel
    stop: Flag = field(default_factory=Flag)
    wait: Callable[[int], float] = pause
    failures: int = 0
    beaten: float = 0.0

    def run(self) -> None:
        """Until stopped: connect, listen, and after a pause connect anew."""
        while not self.stop.is_set():
            code = self._listened()
            self._tell(APART, code)
            connections.close_all()
            self.stop.wait(self.wait(self.failures))
            self.failures += 1

    def _listened(self) -> str:
        """One connection; why it ended."""
        listen = KINDS[self.channel.kind].listen
        if listen is None:
            return "channel_cannot_listen"
        try:
            listen(target_of(self.channel), self)
        except VendorFault as fault:
            return fault.code
        except Closed as ended:
            return f"closed: {ended}"
        except (LiukeError, DatabaseError) as fault:
            log.warning("channel %s does not listen: %s", self.channel.pk, type(fault).__name__)
            return type(fault).__name__
        return ""

    def connected(self) -> None:
        """See `Ears`. Written at most every 20 seconds."""
        self.failures = 0
        now = utc_now().timestamp()
        if now - self.beaten >= BEAT.total_seconds():
            self.beaten = now
            self._tell(CONNECTED, "")

    def hear(self, events: Sequence[Event]) -> None:
        """See `Ears`. Raises Transient("database_busy")."""
        try:
            with transaction.atomic():
                Channel.objects.filter(pk=self.channel.pk).update(last_callback_at=utc_now())
                for event in events:
                    event_store(self.channel, event)
        except DatabaseError:
            connections.close_all()
            raise Transient("database_busy") from None

    def stopped(self) -> bool:
        """See `Ears`; a quiet connection is told of here."""
        self.connected()
        return self.stop.is_set()

    def _tell(self, state: str, code: str) -> None:
        try:
            heartbeat(name=beat_name(self.channel.pk), detail={"process": "listener", "state": state, "code": code[:80]})
        except DatabaseError:
            connections.close_all()


def wanted() -> dict[int, Channel]:
    """The channels that listen: enabled, by setting, and not of a workspace that only rehearses."""
    rows = Channel.objects.filter(enabled=True, workspace__simulated_as_of=None, kind__in=[k for k, kind in KINDS.items() if kind.listen])
    return {channel.pk: channel for channel in rows.select_related("workspace") if listens(channel)}


def listen_all(stop: Flag, look: float = LOOK) -> None:
    """A thread for every channel that listens, until `stop`; a changed channel connects anew."""
    running: dict[int, tuple[object, Listener]] = {}
    while not stop.is_set():
        try:
            found = wanted()
        except DatabaseError:
            connections.close_all()
            stop.wait(look)
            continue
        marks = {pk: (channel.kind, channel.config, bytes(channel.secret or b"")) for pk, channel in found.items()}
        for pk in [pk for pk, (mark, _) in running.items() if marks.get(pk) != mark]:
            running.pop(pk)[1].stop.set()
        for pk in marks.keys() - running.keys():
            running[pk] = (marks[pk], Listener(found[pk]))
            Thread(target=running[pk][1].run, daemon=True, name=beat_name(pk)).start()
        stop.wait(look)
    for _, listener in running.values():
        listener.stop.set()
    connections.close_all()
