"""Which warehouse this process gets."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from liuke.base.settings import Settings
from liuke.warehouse.domain.steps import Warehouse
from liuke.warehouse.local import LocalWarehouse


def open_warehouse(settings: Settings) -> Warehouse:
    """The warehouse of an installation."""
    return _local(settings.warehouse_dir)


@cache
def _local(directory: Path) -> LocalWarehouse:
    return LocalWarehouse(directory)
