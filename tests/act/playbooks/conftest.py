"""Fixtures of tests of flows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from liuke.warehouse.local import LocalWarehouse
from tests.act.playbooks.world import Fleet, fleet_made


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    """Three customers and their manager."""
    warehouse = LocalWarehouse(tmp_path / "warehouse")
    yield fleet_made(warehouse)
    warehouse.close()
