"""A throw-away PostgreSQL cluster from Debian's binaries; it dies with the test run, even on kill -9."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql/15/bin")
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB", "max_connections": "60"}


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """One server process on a loopback port. The server refuses root, so root runs it as `postgres`."""

    def __init__(self, **settings: str) -> None:
        """`settings` differ from the quick ones."""
        self.folder = Path(tempfile.mkdtemp(prefix="liuke-pg-"))
        self.port = free_port()
        self.prefix: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            self.prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig=INT"]
        self.run("initdb", "-D", str(self.folder / "data"), "-U", "liuke", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        self.options = [part for name, value in {**QUICK, **settings}.items() for part in ("-c", f"{name}={value}")]
        self.start()

    def start(self) -> None:
        """The server, for the first time or after it was killed; ready on return."""
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(
                [
                    *self.prefix,
                    str(BINARIES / "postgres"),
                    "-D",
                    str(self.folder / "data"),
                    "-p",
                    str(self.port),
                    "-k",
                    str(self.folder),
                    *self.options,
                ],
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )
        self.wait()

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's own programs, to its end."""
        subprocess.run([*self.prefix, str(BINARIES / program), *arguments], check=True, capture_output=True, cwd=self.folder)

    def wait(self) -> None:
        """Until it answers; 30 s at most."""
        deadline = time.monotonic() + 30
        while subprocess.run([str(BINARIES / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)], check=False).returncode:
            if time.monotonic() > deadline or self.server.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.05)

    def url(self, name: str = "liuke") -> str:
        """The address of a database in it."""
        return f"postgresql://liuke@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        """Fast shutdown; the files go too."""
        self.server.terminate()
        try:
            self.server.wait(5)
        except subprocess.TimeoutExpired:
            self.server.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def create_database(url: str, name: str, template: str = "template1") -> str:
    """A fresh database beside the one of `url`, empty or a copy of `template`; its address."""
    base, wish = url.rsplit("/", 1)[0], f'CREATE DATABASE "{name}" TEMPLATE "{template}"'
    subprocess.run([str(BINARIES / "psql"), "-q", f"{base}/postgres", "-c", wish], check=True, capture_output=True)
    return f"{base}/{name}"
