"""A full disk: what cannot be kept is refused and not accepted; when there is room again, nothing is missing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.house import HEALTHY_WITHIN, House, Load, nothing_lost_nothing_doubled

pytestmark = pytest.mark.slow


def fill(path: Path) -> None:
    """Take every byte that is left."""
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


@pytest.fixture
def ballast(house: House, small_disk: Path) -> Iterator[Path]:
    """A file that fills the small disk."""
    if not os.path.ismount(small_disk):
        pytest.skip("only root may mount a small disk")
    path = small_disk / "ballast"
    yield path
    path.unlink(missing_ok=True)


def test_a_full_disk_refuses_and_forgets_nothing_that_it_accepted(house: House, ballast: Path) -> None:
    with Load(house, "disk") as load:
        load.wait_for(5)
        fill(ballast)
        time.sleep(3)
        full_for = len(load.accepted)
        ballast.unlink()
        freed = time.monotonic()
        house.works_again("probe-disk")
        took = time.monotonic() - freed
        load.wait_for(3)
    assert took < HEALTHY_WITHIN
    assert full_for >= 5
    nothing_lost_nothing_doubled(house)
    assert house.server.answers()
