"""Every test that asks for `warehouse` runs on both engines: in this process, and through a daemon process."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from liuke.warehouse.domain.steps import Warehouse
from liuke.warehouse.local import LocalWarehouse
from tests.warehouse.processes import DaemonProcess

_workspaces = count(1)


@pytest.fixture(scope="session")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaemonProcess]:
    process = DaemonProcess(tmp_path_factory.mktemp("daemon"))
    yield process
    process.stop()


@pytest.fixture(params=["local", "flight"])
def warehouse(request: pytest.FixtureRequest, tmp_path: Path) -> Warehouse:
    if request.param == "local":
        return LocalWarehouse(tmp_path)
    process: DaemonProcess = request.getfixturevalue("daemon")
    return process.client()


@pytest.fixture
def ws() -> int:
    """A workspace that no other test uses."""
    return next(_workspaces)
