"""A worker process for `test_three_workers.py`: each job leaves one line, written at once, in a file that all workers share."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from threading import Event

from liuke.server import boot  # isort: split

from liuke.jobs.domain.contract import Handler, JobContext
from liuke.jobs.worker import run
from liuke.server.settings import LIUKE


def noting(kind: str, name: str) -> Handler:
    """A handler that says that it ran, and where."""

    def work(context: JobContext) -> Mapping[str, object]:
        line = f"{context.payload.get('number', -1)} {kind} {name}\n".encode()
        handle = os.open(LIUKE.data_dir / "ran.txt", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        os.write(handle, line)
        os.close(handle)
        time.sleep(0.02)
        return {}

    return work


if __name__ == "__main__" and boot.READY:
    print("ready", flush=True)  # noqa: T201 - tells the test
    run({kind: noting(kind, sys.argv[1]) for kind in ("once", "slot")}, {}, Event(), name=sys.argv[1])
