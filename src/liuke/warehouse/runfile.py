"""Where the daemon can be reached: `<data>/run/warehouse.json`, readable by the owner alone, and the lock that makes it one."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from liuke.base.errors import Conflict
from liuke.base.settings import Settings


@dataclass(frozen=True, slots=True)
class Address:
    """A running daemon; `token` is new at every start."""

    port: int
    token: str
    pid: int


def run_path(settings: Settings) -> Path:
    """The address file of an installation; it exists only between a daemon's start and its clean stop."""
    return settings.data_dir / "run" / "warehouse.json"


def address_read(path: Path) -> Address | None:
    """The daemon's address, or None where there is no readable one. After a kill the file may speak of a dead daemon."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return Address(int(told["port"]), str(told["token"]), int(told["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def address_write(path: Path, address: Address) -> None:
    """Replace the file in one step: a reader sees the old or the new address, never half of one."""
    part = path.with_name(f"{path.name}.{address.pid}")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(address), file)
    part.replace(path)


def address_remove(path: Path, address: Address) -> None:
    """Delete the file if it still speaks of this daemon."""
    if address_read(path) == address:
        path.unlink(missing_ok=True)


@contextmanager
def only_daemon(path: Path) -> Iterator[None]:
    """Hold the installation's daemon lock; it goes with the process, however that ends. Raises Conflict("warehouse_running")."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name("warehouse.lock").open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            known = address_read(path)
            raise Conflict("warehouse_running", pid=known.pid if known else "?") from error
        yield
