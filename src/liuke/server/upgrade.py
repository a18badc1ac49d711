"""Bring the database to the present version, after a backup."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from liuke.base.settings import Settings
from liuke.base.times import utc_now

log = logging.getLogger(__name__)
KEPT = 5
"""Backups before upgrades; older ones are deleted."""


def upgrade(settings: Settings) -> list[str]:
    """Apply what is pending and return its names; empty where there was nothing to do.

    A SQLite database that holds anything is copied to `<data>/backups/` first. Users of PostgreSQL back up by themselves.
    """
    executor = MigrationExecutor(connection)
    applied_before = bool(executor.loader.applied_migrations)
    pending = [f"{step.app_label}.{step.name}" for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if pending:
        if applied_before and connection.vendor == "sqlite":
            log.info("database copied to %s before %s migrations", backup_sqlite(settings), len(pending))
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("clearsessions", verbosity=0)
    return pending


def backup_sqlite(settings: Settings) -> Path:
    """A consistent copy of the SQLite file, taken while it may be in use."""
    folder = settings.data_dir / "backups"
    folder.mkdir(exist_ok=True)
    target = folder / f"liuke-{utc_now():%Y%m%d-%H%M%S-%f}.sqlite3"
    with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    for old in sorted(folder.glob("liuke-*.sqlite3"))[:-KEPT]:
        old.unlink()
    return target
