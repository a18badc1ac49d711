"""How this process fares: since when it runs, what memory and processor time it takes, and what its meter shows."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

from liuke.base.metering import meter, plain
from liuke.base.times import utc_now

SINCE = utc_now()
"""When this process began, as near as its imports tell."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


def memory_bytes() -> int:
    """What the process holds in memory now (resident set); off Linux the most that it ever held."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def vitals(process: str) -> dict[str, object]:
    """As plain data for the heartbeat. `process` says what it is: `web`, `worker` or `warehouse`."""
    used = os.times()
    return {
        "process": process,
        "pid": os.getpid(),
        "since": SINCE.isoformat(),
        "memory_bytes": memory_bytes(),
        "cpu_seconds": round(used.user + used.system, 2),
        "meter": plain(meter.read()),
    }
