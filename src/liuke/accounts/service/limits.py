"""How often a machine may call. Counted in this process: with N web processes the limit is N times as high."""

from __future__ import annotations

import math
import time
from threading import Lock

from liuke.accounts.domain.actor import Actor
from liuke.accounts.domain.bucket import Bucket, Rate, spend
from liuke.base.errors import TooMany

INGEST = Rate(per_second=200, burst=1_000)
"""Requests of one key or person; each may carry many rows. What is accepted and not yet applied has a limit of its own."""
TRACK = Rate(per_second=5, burst=50)
"""Requests of one address with a key of pages: a browser sends one every few seconds."""
CALLBACKS = Rate(per_second=50, burst=200)
"""Calls of vendors to one channel: more than a vendor's busiest minute, less than what a stranger could send."""
_MANY = 10_000
_buckets: dict[str, Bucket] = {}
_lock = Lock()


def ingest_allow(*, actor: Actor, rate: Rate = INGEST, now: float | None = None) -> None:
    """Count one ingest request. Raises TooMany("too_many_requests", seconds=…) over the rate.

    `now` is seconds of a monotonic clock, for tests.
    """
    moment = time.monotonic() if now is None else now
    _spend(f"{actor.workspace_id}:{actor.label}", rate, moment)


def track_allow(*, actor: Actor, rate: Rate = TRACK, now: float | None = None) -> None:
    """Count one request of a page, beside what its key may send altogether. Raises TooMany("too_many_requests", seconds=…)."""
    _spend(f"{actor.workspace_id}:{actor.label}:{actor.ip}", rate, time.monotonic() if now is None else now)


def callback_allow(*, channel_id: int, rate: Rate = CALLBACKS, now: float | None = None) -> None:
    """Count one call of a vendor, right or wrong. Raises TooMany("too_many_requests", seconds=…) over the rate."""
    _spend(f"callback:{channel_id}", rate, time.monotonic() if now is None else now)


def _spend(name: str, rate: Rate, moment: float) -> None:
    with _lock:
        if len(_buckets) >= _MANY:
            _buckets.clear()
        _buckets[name], wait = spend(_buckets.get(name, Bucket(rate.burst, moment)), rate, moment)
    if wait:
        raise TooMany("too_many_requests", seconds=math.ceil(wait))
