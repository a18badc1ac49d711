"""The web process's sign of life: a row in the database every few seconds, as the workers write theirs."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

from django.db import DatabaseError, connection

from liuke.base.settings import Settings
from liuke.base.times import utc_now
from liuke.base.vitals import vitals
from liuke.jobs.service.claims import heartbeat
from liuke.jobs.store.models import Heartbeat

log = logging.getLogger(__name__)
BEAT = 10.0
FORGOTTEN = timedelta(days=1)
"""A process that was silent for so long is no longer expected."""


def web_name(settings: Settings, number: str = "") -> str:
    """How a web process is called; the same after a restart. `number` tells several on one port apart."""
    return f"web {socket.gethostname()[:20]}:{settings.port}{number and f' {number}'}"


def beat(name: str, listeners: int) -> None:
    """One sign of life; with the number of open live streams."""
    heartbeat(name=name, detail=vitals("web") | {"listeners": listeners})


def keep_beating(name: str, listeners: Callable[[], int], stop: Event) -> Thread:
    """Beat in a thread until `stop`. A database that is away is tried again at the next beat."""

    def run() -> None:
        forgotten = False
        while True:
            try:
                forgotten = forgotten or _forget()
                beat(name, listeners())
            except DatabaseError:
                log.warning("%s: the database did not take the sign of life", name)
            connection.close()
            if stop.wait(BEAT):
                return

    thread = Thread(target=run, name="beat", daemon=True)
    thread.start()
    return thread


def _forget() -> bool:
    Heartbeat.objects.filter(at__lt=utc_now() - FORGOTTEN).delete()
    return True
