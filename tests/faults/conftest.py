"""One installation for the whole folder, its data on a small disk of its own where root may mount one."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.house import PREPARE, House
from tests.running import Installation, installation, running

DISK = 400
"""Megabytes of the small disk."""


@pytest.fixture(scope="session")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A directory on a disk of `DISK` megabytes; where nobody may mount one, an ordinary directory."""
    folder = tmp_path_factory.mktemp("disk")
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "none", str(folder)], check=False, capture_output=True
        ).returncode
    )
    yield folder
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=False)


@pytest.fixture(scope="session")
def faulty(small_disk: Path) -> Iterator[Installation]:
    """A migrated installation on the small disk."""
    with installation(small_disk / "data") as made:
        yield made


@pytest.fixture(scope="session")
def house(faulty: Installation) -> Iterator[House]:
    """It runs, logs for machines, and somebody may send."""
    key = json.loads(faulty.script(PREPARE))["key"]
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LIUKE_LOG", "json")
        with running(faulty) as server:
            yield House(server, key)
