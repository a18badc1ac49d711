"""Real installations for tests: a data directory, a database, and `liuke serve` over them, to be killed at will."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

import httpx

from tests.postgres import create_database, free_port

ROOT = Path(__file__).parents[1]
Found = TypeVar("Found")
PATTERN = "pattern"
"""Name of the database from which those of installations are copied."""
PATIENCE = 90.0
"""Seconds; a busy machine starts slowly. Every wait ends as soon as what it waits for is there."""


def wait_until(look: Callable[[], Found | None], what: str, patience: float = PATIENCE) -> Found:
    """The first true answer of `look`."""
    deadline = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {patience} s: {what}")
        time.sleep(0.05)


def alive(pid: int) -> bool:
    """Whether a process runs; one that waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@dataclass
class Installation:
    """A data directory and a database of their own, migrated."""

    data_dir: Path
    database_url: str = ""
    port: int = field(default_factory=free_port)

    @property
    def environment(self) -> dict[str, str]:
        """For every process of this installation."""
        own = {
            "LIUKE_DATA_DIR": str(self.data_dir),
            "LIUKE_PORT": str(self.port),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "LANG": "C.UTF-8",
        }
        dropped = {"LIUKE_DATABASE_URL", "LIUKE_HOST", "LIUKE_PUBLIC_URL", "LIUKE_SMTP_URL"}
        database = {"LIUKE_DATABASE_URL": self.database_url} if self.database_url else {}
        return {name: value for name, value in os.environ.items() if name not in dropped} | own | database

    @property
    def url(self) -> str:
        """Where its web process answers."""
        return f"http://127.0.0.1:{self.port}"

    def script(self, code: str, *, check: bool = True) -> str:
        """What a piece of Python prints inside this installation, Django started."""
        full = f"import liuke.server.boot\n{code}"
        done = subprocess.run([sys.executable, "-c", full], env=self.environment, capture_output=True, text=True, check=False, cwd=ROOT)
        if check and done.returncode:
            raise AssertionError(done.stderr)
        return done.stdout

    def start(self, *command: str) -> subprocess.Popen[str]:
        """A process of this installation, e.g. `-m liuke.server.supervisor`."""
        pipe = subprocess.PIPE
        return subprocess.Popen([sys.executable, *command], env=self.environment, stdout=pipe, stderr=pipe, text=True, cwd=ROOT)


@contextmanager
def installation(data_dir: Path) -> Iterator[Installation]:
    """An empty, migrated installation on the database that the test run uses."""
    cluster = os.environ.get("LIUKE_DATABASE_URL", "")
    pattern = _migrated(cluster)
    if cluster:
        yield Installation(data_dir, create_database(cluster, f"serve_{os.getpid()}_{time.monotonic_ns()}", PATTERN))
        return
    data_dir.mkdir(parents=True, exist_ok=True)
    for path in pattern.glob("liuke.sqlite3*"):
        shutil.copy(path, data_dir)
    yield Installation(data_dir)


@cache
def _migrated(cluster: str) -> Path:
    """The data directory of the run's pattern: migrations take the time of ten tests, so one process of the run makes them, once."""
    folder = Path(tempfile.gettempdir()) / f"liuke-pattern-{run_owner()}"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            made = Installation(folder, create_database(cluster, PATTERN) if cluster else "")
            made.script("from liuke.server.upgrade import upgrade; from liuke.server.settings import LIUKE; upgrade(LIUKE)")
            (folder / "done").touch()
    return folder


def run_owner() -> int:
    """The process of the whole run: under pytest-xdist the controller, which outlives those that it starts."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def forget_pattern() -> None:
    """At the end of the run."""
    shutil.rmtree(Path(tempfile.gettempdir()) / f"liuke-pattern-{os.getpid()}", ignore_errors=True)


class RunningServer:
    """`liuke serve` of an installation."""

    def __init__(self, installed: Installation) -> None:
        self.installation = installed
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with (self.installation.data_dir / "serve.log").open("ab") as log:
            command = [sys.executable, "-m", "liuke.server.supervisor"]
            return subprocess.Popen(command, env=self.installation.environment, stdout=log, stderr=log, cwd=ROOT)

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.installation.url

    def log(self) -> str:
        """What it has printed so far."""
        return (self.installation.data_dir / "serve.log").read_text()

    def children(self) -> dict[str, int]:
        """Process ids by name: warehouse, web, worker, live."""
        found = {}
        try:
            pids = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        except OSError:
            return {}
        for pid in pids:
            command = Path(f"/proc/{pid}/cmdline")
            words = command.read_bytes().split(b"\0") if command.exists() else []
            name = next((word.decode().rsplit(".", 1)[1] for word in words if word.startswith(b"liuke.server.children.")), "")
            if name and alive(int(pid)):
                found[name] = int(pid)
        return found

    def answers(self) -> bool:
        """Whether the health page says ok."""
        try:
            return bool(httpx.get(f"{self.url}/healthz", timeout=5).json()["status"] == "ok")
        except (httpx.HTTPError, ValueError):
            return False

    def wait_ready(self) -> None:
        """Until every child is there and the web answers."""
        wait_until(lambda: {"warehouse", "web", "worker", "live"} <= self.children().keys() and self.answers(), "the server")

    def kill_child(self, name: str) -> int:
        """kill -9; the id it had."""
        pid = wait_until(lambda: self.children().get(name), name)
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not alive(pid), f"{name} to be dead")
        return pid

    def kill(self) -> dict[str, int]:
        """kill -9 of the supervisor; the children it had."""
        children = self.children()
        self.process.kill()
        self.process.wait()
        return children

    def restart(self) -> None:
        """Start again after `kill` or `stop`."""
        self.process = self._start()

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.process.terminate()
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def log_in(self, email: str, password: str) -> httpx.Client:
        """A browser's session, with its CSRF token as a default header."""
        client = httpx.Client(base_url=self.url, timeout=30)
        client.get("/_allauth/browser/v1/auth/session")
        client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
        answer = client.post("/_allauth/browser/v1/auth/login", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
        return client


@contextmanager
def running(installed: Installation) -> Iterator[RunningServer]:
    """`liuke serve`, ready; stopped at the end however the test went."""
    server = RunningServer(installed)
    try:
        server.wait_ready()
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()
