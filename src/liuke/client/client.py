"""The front door: rows in, requests out, by one thread in the background."""

from __future__ import annotations

import logging
import random
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Condition, Thread
from types import TracebackType

import httpx
import msgspec

from liuke.client.rows import Activity, Outcome, Rejection
from liuke.client.sending import Next, Refused, Sender, Sent, wait_before
from liuke.client.spool import Sealed, Spool

log = logging.getLogger("liuke.client")
BODY = 4 << 20
"""Bytes of rows after which a request is sent, however few rows they are; the server takes 10 MB."""


class Client:
    """Sends rows to a Liuke installation.

        with Client("https://liuke.example.com", key="lk_…", source="shop", spool="/var/lib/shop/liuke") as liuke:
            liuke.send(Activity("o-1001", "C1", datetime.now(UTC), "order.placed", value=1280))

    A row is on disk before `send` returns and goes out within `every` seconds or with `rows` others; it is sent again until the server
    has it, over restarts of this program too. `spool`: a folder of its own; without one rows outlive no crash. `synced`: rows outlive
    a power failure, at a disk write each. `on_rejected` hears of rows that the server will not take, in the background thread.
    """

    def __init__(
        self,
        url: str,
        *,
        key: str,
        source: str = "api",
        spool: str | Path | None = None,
        rows: int = 1_000,
        every: float = 1.0,
        most_bytes: int = 1 << 30,
        synced: bool = False,
        timeout: float = 30.0,
        on_rejected: Callable[[Rejection], None] | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Opens the spool and begins to send what it holds. Raises SpoolBusy. `transport` is httpx's, for tests and proxies."""
        self._own = None if spool is not None else tempfile.TemporaryDirectory(prefix="liuke-spool-")
        folder = Path(spool if spool is not None else self._own.name if self._own else "")
        self._spool = Spool(folder, most_bytes=most_bytes, synced=synced)
        self._http = httpx.Client(timeout=timeout, transport=transport)
        self._sender = Sender(url, key, source, self._http)
        self._rows, self._every, self._on_rejected = rows, every, on_rejected or _log_rejected
        self._changed = Condition()
        self._closing = self._hurry = False
        self._refused: Refused | None = None
        self._chance = random.Random()  # noqa: S311 - spreads tries over time, guards nothing
        self._thread = Thread(target=self._run, name="liuke-client", daemon=True)
        self._thread.start()

    def send(self, row: Activity | Outcome) -> None:
        """One activity or outcome. Raises SpoolFull, Refused where the server takes nothing of this key."""
        self.row("activities" if isinstance(row, Activity) else "outcomes", row)

    def row(self, entity: str, row: Mapping[str, object] | Activity | Outcome) -> None:
        """One row of any entity (customers, orders, messages, tickets, payments, …) with Liuke's field names. Raises as `send`."""
        line = msgspec.json.encode(row) + b"\n"
        with self._changed:
            self._check()
            writing = self._spool.append(entity, line)
            if writing.rows >= self._rows or writing.size >= BODY:
                self._spool.seal(entity)
                self._changed.notify_all()
            elif writing.rows == 1:
                self._changed.notify_all()

    def flush(self, timeout: float | None = None) -> bool:
        """Send everything now; whether the server has it all within `timeout` seconds. Raises Refused."""
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._changed:
            self._hurry = True
            self._changed.notify_all()
            while not self._spool.is_empty():
                self._check()
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    return False
                self._changed.wait(left)
            self._hurry = False
            return True

    def close(self, timeout: float = 10.0) -> bool:
        """Flush for so many seconds and stop; whether everything was sent. What was not stays in the spool for the next client."""
        if self._closing:
            return True
        try:
            done = self.flush(timeout)
        except Refused as fault:
            log.warning("rows stay in the spool: %s", fault)
            done = False
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(self._http.timeout.read)
        with self._changed:
            self._spool.close()
        self._http.close()
        if self._own is not None:
            self._own.cleanup()
        return done

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _check(self) -> None:
        if self._refused is not None:
            raise self._refused
        if self._closing:
            raise RuntimeError("the client is closed")

    def _run(self) -> None:
        """The background thread: seal what is old, send what is sealed, wait. A full disk is waited out like an absent server."""
        tries = 0
        while not self._closing:
            try:
                sent = self._turn()
            except Refused as fault:
                self._stop(fault)
                return
            except OSError as fault:
                sent = Sent(Next.LATER, told=str(fault))
            if sent is None or sent.next is not Next.LATER:
                tries = 0
                continue
            wait = wait_before(tries, sent.wait, self._chance)
            tries += 1
            log.info("again in %.1f s: %s", wait, sent.told)
            self._pause(wait)

    def _turn(self) -> Sent | None:
        """Send the next file once there is one; None at the end. Raises Refused."""
        sealed = self._next()
        if sealed is None:
            return None
        sent = self._sender.send(sealed)
        if sent.next is Next.LATER:
            return sent
        if sent.next is Next.ASIDE:
            log.error("%s is set aside: %s", sealed.path.name, sent.told)
        for rejection in sent.rejections:
            self._on_rejected(rejection)
        self._end(sealed, sent.next)
        return sent

    def _next(self) -> Sealed | None:
        """The next file to send, once there is one; None at the end."""
        with self._changed:
            while not self._closing:
                due = self._seal_due()
                if found := next(self._spool.ready(), None):
                    return found
                self._changed.wait(due)
        return None

    def _seal_due(self) -> float | None:
        """Seal files that waited long enough; the seconds until the next one, None where none is open."""
        now = time.monotonic()
        left = {entity: since + self._every - now for entity, since in self._spool.open_entities().items()}
        for entity, seconds in left.items():
            if self._hurry or seconds <= 0:
                self._spool.seal(entity)
        waiting = [seconds for seconds in left.values() if seconds > 0]
        return None if self._hurry or not waiting else min(waiting)

    def _end(self, sealed: Sealed, what: Next) -> None:
        with self._changed:
            if what is Next.DONE:
                self._spool.remove(sealed)
            else:
                self._spool.set_aside(sealed)
            self._hurry = self._hurry and not self._spool.is_empty()
            self._changed.notify_all()

    def _pause(self, seconds: float) -> None:
        """Wait, but not over the end of the client."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while not self._closing and (left := deadline - time.monotonic()) > 0:
                self._changed.wait(left)

    def _stop(self, fault: Refused) -> None:
        log.error("nothing more is sent: %s", fault)
        with self._changed:
            self._refused = fault
            self._changed.notify_all()


def _log_rejected(rejection: Rejection) -> None:
    """The reason and the field, not the row: it may hold personal data."""
    log.warning("a row of %s was not taken: %s (%s)", rejection.entity, rejection.reason, rejection.code)
