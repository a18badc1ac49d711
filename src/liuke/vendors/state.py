"""What a vendor's client must remember between calls and workers: access tokens and how much was sent lately.

The clients see these protocols only; `act/outgoing` keeps them in the database for all workers, `InMemory…` serves tests and notebooks.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock, RLock
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Token:
    """A secret with an end. `until` is the end as the vendor told it."""

    value: str
    until: datetime


Fetch = Callable[[], Token]


class Tokens(Protocol):
    """Access tokens, fetched once for all workers (single flight)."""

    def get(self, key: str, fetch: Fetch) -> str:
        """The token of `key`: the stored one while it holds for another five minutes, else what `fetch` brings."""
        ...

    def drop(self, key: str, value: str) -> None:
        """The vendor refused this value before its time: the next `get` fetches."""
        ...


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` in any window of `seconds`."""

    most: int
    seconds: int


class Limits(Protocol):
    """Counts over all workers."""

    def take(self, key: str, limit: Limit, n: int = 1) -> float:
        """0.0: taken. Otherwise nothing is taken, and that many seconds from now there will be room."""
        ...


class InMemoryTokens:
    """Tokens of one process."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: dict[str, Token] = {}
        self._lock = RLock()  # a fetch may itself need another token: a ticket is asked for with one

    def get(self, key: str, fetch: Fetch) -> str:
        """See `Tokens.get`."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.until - self._now() < EARLY:
                kept = self._kept[key] = fetch()
            return kept.value

    def drop(self, key: str, value: str) -> None:
        """See `Tokens.drop`."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept.value == value:
                del self._kept[key]


EARLY = timedelta(minutes=5)
"""A token is renewed so long before its end."""


@dataclass(slots=True)
class InMemoryLimits:
    """A sliding window of one process."""

    now: Callable[[], datetime]
    taken: defaultdict[str, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))
    lock: Lock = field(default_factory=Lock)

    def take(self, key: str, limit: Limit, n: int = 1) -> float:
        """See `Limits.take`."""
        with self.lock:
            moments, now = self.taken[key], self.now()
            while moments and now - moments[0] >= timedelta(seconds=limit.seconds):
                moments.popleft()
            if len(moments) + n > limit.most:
                wanted = moments[min(len(moments) + n - limit.most, len(moments)) - 1] if moments else now
                return max((wanted + timedelta(seconds=limit.seconds) - now).total_seconds(), 0.001)
            moments.extend([now] * n)
            return 0.0
