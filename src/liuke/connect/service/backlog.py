"""How much of what was accepted waits to be applied, and the word to senders that it is too much."""

from __future__ import annotations

import time
from threading import Lock

from django.db.models import F, Sum

from liuke.base.errors import TooMany
from liuke.connect.store.models import Batch

MOST_ROWS = 1_000_000
"""Rows that may wait in one workspace before its senders are asked to."""
COME_BACK = 30
"""Seconds that they are asked to wait."""
LOOK_EVERY = 1.0
_seen: dict[int, tuple[float, int]] = {}
_lock = Lock()


def rows_waiting(workspace_id: int) -> int:
    """Accepted rows of the workspace that are not yet applied."""
    queued = Batch.objects.filter(workspace_id=workspace_id, status=Batch.Status.QUEUED, kept__isnull=False)
    return int(queued.aggregate(rows=Sum(F("rows_total") - F("rows_rejected")))["rows"] or 0)


def backlog_allow(*, workspace_id: int, most: int = MOST_ROWS, now: float | None = None) -> None:
    """Raises TooMany `ingest_behind` (seconds=…) while too much waits. Looks at most once a second: a limit, not a count.

    `now` is seconds of a monotonic clock, for tests.
    """
    moment = time.monotonic() if now is None else now
    with _lock:
        at, rows = _seen.get(workspace_id, (float("-inf"), 0))
        stale = moment - at >= LOOK_EVERY
        if stale:
            _seen[workspace_id] = (moment, rows)
    if stale:
        rows = rows_waiting(workspace_id)
        with _lock:
            _seen[workspace_id] = (moment, rows)
    if rows > most:
        raise TooMany("ingest_behind", rows=rows, seconds=COME_BACK)
