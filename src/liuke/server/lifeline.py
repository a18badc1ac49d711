"""A child of `liuke serve` dies with its supervisor, however that one ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from threading import Event, Thread

_PR_SET_PDEATHSIG = 1
ORPHANED = 70
"""Exit code of a child that lost its supervisor."""


_go = Event()


def hold() -> None:
    """Called first thing in a child. Its stdin is a pipe that the supervisor holds open; a line on it means go.

    Linux kills the child together with its parent; elsewhere, and where the parent died before this call, the end of the
    pipe tells. An interrupt from the terminal is the supervisor's to handle: it stops the children in order.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    Thread(target=_wait_for_the_end, daemon=True).start()


def wait_for_go() -> None:
    """Until the supervisor says that the database is up to date: imports are done meanwhile."""
    _go.wait()


def _wait_for_the_end() -> None:
    while os.read(0, 4096):
        _go.set()
    os._exit(ORPHANED)
