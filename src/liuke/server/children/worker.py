"""Runs background jobs and delivers the outbox until told to stop."""

from __future__ import annotations

import os
import signal
import sys

from liuke.server.boot import READY  # isort: split

from liuke.base.stopping import stop_on
from liuke.jobs.worker import run
from liuke.pipeline.handlers import EXCLUSIVE, HANDLERS, TOPICS


def main(name: str) -> None:
    """The process; `name` tells it from other workers and is the same after a restart."""
    run(HANDLERS, TOPICS, stop_on(signal.SIGTERM), name=name, exclusive=EXCLUSIVE)
    os._exit(0)  # a handler that did not notice the stop must not hold the process: its row is taken up at the next start


if __name__ == "__main__" and READY:
    main(sys.argv[1])
