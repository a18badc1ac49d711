"""Signals that ask a process to stop, as an `Event`."""

from __future__ import annotations

import signal
import socket
from threading import Event, Thread
from types import FrameType


def stop_on(*signals: signal.Signals) -> Event:
    """Set as soon as one of `signals` arrives. Call it in the main thread, once in a process.

    A thread reads what the interpreter's wake-up descriptor tells and sets the event. A Python handler that sets it would
    run only when the main thread wakes (the system may deliver the signal to a thread of a C library, and a wait for a lock
    is not interrupted then), or inside the very wait that holds the event's lock, which never ends.
    """
    stop = Event()
    told, tells = socket.socketpair()
    tells.setblocking(False)
    signal.set_wakeup_fd(tells.fileno(), warn_on_full_buffer=False)  # before the handlers: none of their signals is swallowed
    for number in signals:
        signal.signal(number, _noted)
    Thread(target=_pass_on, args=(told, tells, frozenset(signals), stop), daemon=True).start()
    return stop


def _noted(_number: int, _frame: FrameType | None) -> None:
    """A handler must exist, or the system ends the process."""


def _pass_on(told: socket.socket, _tells: socket.socket, signals: frozenset[int], stop: Event) -> None:
    """`_tells` is held so that it stays open."""
    while heard := told.recv(64):
        if signals.intersection(heard):
            stop.set()
