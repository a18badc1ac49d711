"""Migrates the database, sees to the installation's schedule and ends. Exit code 0: up to date."""

from __future__ import annotations

import sys

from liuke.server import boot  # isort: split

from liuke.accounts.store.models import User
from liuke.base.errors import LiukeError
from liuke.base.words import render
from liuke.pipeline.nightly import schedules_ensure
from liuke.server.first_login import first_login, forget_first_login
from liuke.server.settings import LIUKE
from liuke.server.upgrade import upgrade


def main() -> None:
    """The process."""
    try:
        upgrade(LIUKE)
    except LiukeError as fault:
        sys.stderr.write(render(f"errors.{fault.code}", fault.params, language="en") + "\n")
        sys.exit(1)
    schedules_ensure()
    _check_first_login()


def _check_first_login() -> None:
    """A first log-in whose password was changed is forgotten."""
    kept = first_login(LIUKE.data_dir)
    person = User.objects.filter(email=kept.email).first() if kept else None
    if kept and (person is None or not person.check_password(kept.password)):
        forget_first_login(LIUKE.data_dir)


if __name__ == "__main__" and boot.READY:
    main()
