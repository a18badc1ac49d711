"""A warehouse daemon in a process of its own, as the product runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from liuke.base.settings import Settings, from_environment
from liuke.warehouse.flight import FlightWarehouse
from liuke.warehouse.runfile import run_path


class DaemonProcess:
    """Starts at once; `client` waits until it answers."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.settings: Settings = from_environment({"LIUKE_DATA_DIR": str(data)})
        self.process = self._start()

    def client(self, *, patience_s: float = 20.0) -> FlightWarehouse:
        """A client of this installation."""
        return FlightWarehouse(run_path(self.settings), patience_s=patience_s)

    def kill(self) -> None:
        """kill -9, then start again: on another port, with another token."""
        self.process.kill()
        self.process.wait()
        self.process = self._start()

    def stop(self) -> int:
        """SIGTERM; its exit code."""
        self.process.terminate()
        return self.process.wait(timeout=20)

    def _start(self) -> subprocess.Popen[bytes]:
        env = {"PATH": os.environ["PATH"], "LIUKE_DATA_DIR": str(self.data)}
        return subprocess.Popen([sys.executable, "-m", "liuke.warehouse.daemon"], env=env, stderr=subprocess.DEVNULL)
