"""Which warehouse this process gets."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from liuke.base.errors import LiukeError
from liuke.base.settings import Settings
from liuke.warehouse.domain.steps import Warehouse
from liuke.warehouse.flight import FlightWarehouse
from liuke.warehouse.local import LocalWarehouse
from liuke.warehouse.runfile import run_path


def open_warehouse(settings: Settings, *, daemon: bool | None = None) -> Warehouse:
    """The installation's warehouse: through the daemon where it answers, else inside this process (one per directory).

    Children of `liuke serve` pass `daemon=True`: they wait for a daemon that is being restarted instead of taking its files.
    """
    run_file = run_path(settings)
    daemon = True if daemon is None and settings.supervised else daemon
    if daemon or (daemon is None and run_file.exists() and FlightWarehouse(run_file).answers()):
        return _flight(run_file)
    return _local(settings.warehouse_dir)


def daemon_vitals(settings: Settings, *, patience_s: float = 1.0) -> dict[str, object] | None:
    """How the daemon's process fares (`base.vitals`); None where none answers within `patience_s` seconds."""
    client = FlightWarehouse(run_path(settings), patience_s=patience_s)
    try:
        return client.vitals()
    except LiukeError:
        return None
    finally:
        client.close()


@cache
def _flight(run_file: Path) -> FlightWarehouse:
    return FlightWarehouse(run_file)


@cache
def _local(directory: Path) -> LocalWarehouse:
    return LocalWarehouse(directory)
