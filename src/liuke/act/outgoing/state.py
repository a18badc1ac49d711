"""`vendors.state` over the database: tokens fetched once for all workers, limits counted over all workers.

No row is locked while a vendor is asked: who fetches says so in the row and others wait for what he brings. Writes name the
version that they have seen, so that on SQLite and PostgreSQL alike one of two writers finds that his matches no row.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from liuke.act.outgoing.sealing import open_text, seal_text
from liuke.act.store.models_outgoing import VendorToken, VendorUse
from liuke.vendors.answers import Busy
from liuke.vendors.state import EARLY, Fetch, Limit

FETCH_LEASE = timedelta(seconds=30)
"""A fetch that takes longer has died: a call to a vendor ends within 15 s."""
WAIT = timedelta(seconds=20)
"""How long somebody waits for another's fetch."""
POLL = 0.05
SLICES = 60
"""Slices of a window; the limit is kept strictly, at the price of waiting up to a sixtieth longer than necessary."""
TRIES = 200


@dataclass(frozen=True, slots=True)
class DatabaseTokens:
    """Access tokens of one channel."""

    channel_id: int
    now: Callable[[], datetime]
    pause: Callable[[float], None] = time.sleep

    def get(self, key: str, fetch: Fetch) -> str:
        """See `Tokens.get`. Raises Busy("token_wait") where another worker's fetch does not end."""
        row, _ = VendorToken.objects.get_or_create(channel_id=self.channel_id, key=key)
        given_up = self.now() + WAIT
        while True:
            now = self.now()
            if row.sealed and row.until and row.until - now >= EARLY:
                return open_text(row.sealed)
            if self._claim(row, now):
                return self._fetch(row, fetch)
            if row.sealed and row.until and row.until > now:
                return open_text(row.sealed)  # another worker renews it before its end; until then it holds
            if now >= given_up:
                raise Busy("token_wait", again_in=1.0)
            self.pause(POLL)
            row.refresh_from_db()

    def drop(self, key: str, value: str) -> None:
        """See `Tokens.drop`."""
        row = VendorToken.objects.filter(channel_id=self.channel_id, key=key, sealed__isnull=False).first()
        if row is not None and row.sealed and open_text(row.sealed) == value:
            self._write(row, sealed=None, until=None)

    def _claim(self, row: VendorToken, now: datetime) -> bool:
        if row.fetching_until is not None and row.fetching_until > now:
            return False
        if not self._write(row, fetching_until=now + FETCH_LEASE):
            row.refresh_from_db()
            return False
        row.version += 1
        return True

    def _fetch(self, row: VendorToken, fetch: Fetch) -> str:
        kept = False
        try:
            token = fetch()
            kept = self._write(row, sealed=seal_text(token.value), until=token.until, fetching_until=None)
        finally:
            if not kept:
                self._write(row, fetching_until=None)
        return token.value

    def _write(self, row: VendorToken, **values: object) -> bool:
        return bool(VendorToken.objects.filter(pk=row.pk, version=row.version).update(version=row.version + 1, **values))


@dataclass(frozen=True, slots=True)
class DatabaseLimits:
    """Uses of a workspace, whichever channel or worker they come from."""

    workspace_id: int
    now: Callable[[], datetime]

    def take(self, key: str, limit: Limit, n: int = 1) -> float:
        """See `Limits.take`."""
        row, _ = VendorUse.objects.get_or_create(workspace_id=self.workspace_id, key=key, seconds=limit.seconds)
        for _try in range(TRIES):
            now = self.now().timestamp()
            counts = in_window(row.counts, limit.seconds, now)
            wait = room_in(counts, limit, n, now)
            if wait > 0:
                return wait
            current = int(now * SLICES / limit.seconds)
            seen = VendorUse.objects.filter(pk=row.pk, version=row.version)
            if seen.update(counts=_added(counts, current, n), most=limit.most, version=row.version + 1):
                return 0.0
            row.refresh_from_db()
        return POLL


def in_window(counts: list[list[int]], seconds: int, now: float) -> list[list[int]]:
    """The slices that may hold something younger than the window."""
    return [each for each in counts if _gone_at(each[0], seconds) > now]


def room_in(counts: list[list[int]], limit: Limit, n: int, now: float) -> float:
    """Seconds until `n` more fit; 0.0 = now. What never fits waits a whole window."""
    over = sum(each[1] for each in counts) + n - limit.most
    if over <= 0:
        return 0.0
    for each in counts:
        over -= each[1]
        if over <= 0:
            return max(_gone_at(each[0], limit.seconds) - now, 0.001)
    return float(limit.seconds)


def _gone_at(piece: int, seconds: int) -> float:
    """When the youngest thing that may lie in the slice has left the window."""
    return (piece + 1) * seconds / SLICES + seconds


def _added(counts: list[list[int]], current: int, n: int) -> list[list[int]]:
    if counts and counts[-1][0] >= current:
        return [*counts[:-1], [counts[-1][0], counts[-1][1] + n]]
    return [*counts, [current, n]]
