"""`liuke serve`: one supervisor over web, worker and warehouse; restarts what dies, stops what it started.

Light on purpose: it imports neither Django nor the data libraries. Start it with `python -m liuke.server.supervisor` or
`serve(settings)`. The order: lock, port; the upgrade of the database while the web process reads its code; the warehouse;
the first page; the worker.
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event

from liuke.base.errors import Conflict, LiukeError
from liuke.base.settings import Settings, from_environment
from liuke.base.stopping import stop_on
from liuke.base.words import render
from liuke.server.backoff import Deaths

log = logging.getLogger("liuke.supervisor")
LOOK_EVERY = 0.05
GRACE = 3.5
"""Seconds from the polite to the impolite stop."""
PORT_PATIENCE = 3.0
"""Seconds to wait for a port that the children of a killed supervisor are just giving up."""


class Child:
    """One process and its deaths. Its stdin is a pipe that only this process holds: its end tells of our death."""

    def __init__(self, module: str, *arguments: str) -> None:
        self.command = [sys.executable, "-m", f"liuke.server.children.{module}", *arguments]
        self.name = " ".join([module, *arguments])
        self.process: subprocess.Popen[bytes] | None = None
        self.deaths = Deaths()
        self.started = self.due = 0.0

    def start(self, *, go: bool = True) -> None:
        """A new process in our process group; without `go` it reads its code and waits for `say_go`."""
        environment = os.environ | {"LIUKE_SUPERVISED": "1"}
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, env=environment)  # noqa: S603 - our own modules
        if go:
            self.say_go()

    def say_go(self) -> None:
        """One line on its stdin. A child that is dead already is found so by the next look."""
        if self.process is not None and self.process.stdin is not None:
            with suppress(BrokenPipeError):
                self.process.stdin.write(b"go\n")
                self.process.stdin.flush()

    def look(self) -> None:
        """Restart it if it is dead and its pause is over."""
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            self._bury()
            self.deaths = self.deaths.after(now - self.started)
            self.due = now + self.deaths.pause
            log.warning("%s ended with %s; starting it again in %.1f s", self.name, code, self.deaths.pause)
        if now >= self.due:
            self.start()

    def ask_to_stop(self) -> None:
        """SIGTERM, where there is a process."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def make_stop(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic seconds), then kill."""
        if self.process is None:
            return
        try:
            self.process.wait(max(deadline - time.monotonic(), 0.01))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._bury()

    def _bury(self) -> None:
        if self.process is not None and self.process.stdin is not None:
            with suppress(BrokenPipeError):
                self.process.stdin.close()
        self.process = None


class Supervisor:
    """The processes of one installation."""

    def __init__(self, settings: Settings, stop: Event) -> None:
        self.settings = settings
        self.stop = stop
        self.warehouse = Child("warehouse")
        self.upgrade = Child("upgrade")
        self.worker = Child("worker", f"{socket.gethostname()[:30]}-1")
        self.web = Child("web")

    def run(self, tell: Callable[[str], None]) -> int:
        """Until SIGTERM or SIGINT; the exit code. `tell` gets the address once the first page can be had."""
        try:
            self.upgrade.start()
            self.web.start(go=False)
            if not self._upgraded():
                return 0 if self.stop.is_set() else 1
            self.web.say_go()
            self.warehouse.start()
            self._watch(tell)
        finally:
            self._end()
        return 0

    def _upgraded(self) -> bool:
        process = self.upgrade.process
        while process is not None and process.poll() is None:
            if self.stop.wait(LOOK_EVERY):
                return False
        return process is not None and process.returncode == 0

    def _watch(self, tell: Callable[[str], None]) -> None:
        kept = [self.warehouse, self.web]
        while not self.stop.wait(LOOK_EVERY):
            for child in kept:
                child.look()
            if self.worker not in kept and answers(self.settings):
                kept.append(self.worker)
                tell(self.settings.public_url)

    def _end(self) -> None:
        """Those that use the warehouse go first."""
        deadline = time.monotonic() + GRACE
        children = [self.web, self.worker, self.upgrade]
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.make_stop(deadline)
        self.warehouse.ask_to_stop()
        self.warehouse.make_stop(max(deadline, time.monotonic() + 1.0))


def answers(settings: Settings) -> bool:
    """Whether the web process answers `/healthz`."""
    connection = HTTPConnection(_reachable(settings.host), settings.port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the data directory; the lock goes with the process, however that ends. Raises Conflict("already_running")."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "serve.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            file.seek(0)
            raise Conflict("already_running", pid=file.read().strip() or "?", data=str(data_dir)) from taken
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def port_free(host: str, port: int, patience: float = PORT_PATIENCE) -> None:
    """Raises Conflict("port_busy") where somebody else listens there and goes on listening for `patience` seconds."""
    deadline = time.monotonic() + patience
    while True:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as refusal:
                if time.monotonic() >= deadline:
                    raise Conflict("port_busy", host=host, port=port, reason=refusal.strerror or "") from refusal
            else:
                return
        time.sleep(0.1)


def serve(settings: Settings, tell: Callable[[str], None] = print) -> int:
    """Run the product until SIGTERM or SIGINT (then it ends within five seconds); the exit code.

    Call it in the main thread of a process of its own. Raises Conflict("already_running") or Conflict("port_busy").
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with only_one(settings.data_dir):
        port_free(settings.host, settings.port)
        return Supervisor(settings, stop_on(signal.SIGTERM, signal.SIGINT)).run(tell)


def main() -> int:
    """The command line: settings from the environment, faults in one line of the system's language."""
    language = "zh-CN" if os.environ.get("LANG", "").startswith("zh") else "en"
    try:
        return serve(from_environment(), lambda url: print(render("serve.ready", {"url": url}, language=language), flush=True))  # noqa: T201
    except LiukeError as fault:
        faults = fault.params.get("faults", [])
        lines = [render(f"errors.{fault.code}", fault.params, language=language), *(faults if isinstance(faults, list) else [])]
        print(*lines, sep="\n  ", file=sys.stderr)  # noqa: T201
        return 1


if __name__ == "__main__":
    sys.exit(main())
