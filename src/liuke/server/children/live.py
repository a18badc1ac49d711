"""Takes live work and nothing else until told to stop: an event must not wait behind a night's scoring or a backtest."""

from __future__ import annotations

import os
import signal
import sys

from liuke.server.boot import READY  # isort: split

from liuke.base.logs import name_process
from liuke.base.stopping import stop_on
from liuke.connect.service.live import LIVE
from liuke.jobs.service.claims import Kinds
from liuke.jobs.worker import run
from liuke.pipeline.handlers import LIVE_EXCLUSIVE, LIVE_HANDLERS

LOOK_EVERY = 0.05
"""Seconds between two looks into an empty queue: they are part of the way from an event to its alert."""


def main(name: str) -> None:
    """The process; `name` tells it from other workers and is the same after a restart."""
    stop = stop_on(signal.SIGTERM)
    name_process(f"worker {name}")
    run(LIVE_HANDLERS, {}, stop, name=name, exclusive=LIVE_EXCLUSIVE, kinds=Kinds(only=(LIVE,)), idle=LOOK_EVERY)
    os._exit(0)  # as in `worker.py`


if __name__ == "__main__" and READY:
    main(sys.argv[1])
