"""Migrates the database, sees to the installation's schedule and ends. Exit code 0: up to date."""

from __future__ import annotations

from liuke.server import boot  # isort: split

from liuke.pipeline.nightly import schedules_ensure
from liuke.server.settings import LIUKE
from liuke.server.upgrade import upgrade


def main() -> None:
    """The process."""
    upgrade(LIUKE)
    schedules_ensure()


if __name__ == "__main__" and boot.READY:
    main()
