"""Runs background jobs, all but live work, and delivers the outbox until told to stop."""

from __future__ import annotations

import os
import signal
import sys
from threading import Thread

from liuke.server.boot import READY  # isort: split

from liuke.act.outgoing.listening import listen_all
from liuke.base.logs import name_process
from liuke.base.stopping import stop_on
from liuke.connect.service.live import LIVE
from liuke.jobs.service.claims import Kinds
from liuke.jobs.worker import run
from liuke.pipeline.handlers import EXCLUSIVE, HANDLERS, TOPICS
from liuke.show.queries.operations import samples_take

LISTENS = "-1"
"""The end of the name of that worker of a machine which also holds the connections to vendors."""


def main(name: str) -> None:
    """The process; `name` tells it from other workers and is the same after a restart."""
    stop = stop_on(signal.SIGTERM)
    name_process(f"worker {name}")
    if name.endswith(LISTENS):
        Thread(target=listen_all, args=(stop,), daemon=True).start()
    run(HANDLERS, TOPICS, stop, name=name, exclusive=EXCLUSIVE, kinds=Kinds(but=(LIVE,)), minutely=samples_take)
    os._exit(0)  # a handler that did not notice the stop must not hold the process: its row is taken up at the next start


if __name__ == "__main__" and READY:
    main(sys.argv[1])
