"""Bring both databases to the present version, after a backup; refuse those that a newer release wrote."""

from __future__ import annotations

import logging

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from liuke.base.backups import Reason
from liuke.base.errors import Conflict, Transient
from liuke.base.settings import Settings
from liuke.base.times import utc_now
from liuke.jobs.domain.contract import PlainContext
from liuke.pipeline.keeping.backup import backup_make
from liuke.pipeline.keeping.restore import refuse_newer
from liuke.pipeline.keeping.snapshot import applied_now
from liuke.warehouse.copies import FilesAtRest, copy_figures, files_in
from liuke.warehouse.domain.schema import MIGRATIONS
from liuke.warehouse.local import LocalWarehouse

log = logging.getLogger(__name__)
KEPT = 3
"""Backups before upgrades; older ones are deleted."""


def upgrade(settings: Settings) -> list[str]:
    """Apply what is pending to both databases and return its names; empty where there was nothing to do.

    Before anything changes in an installation that holds data, it is backed up whole to `Settings.backup_dir`. Nobody else may have
    the warehouse open: `liuke serve` upgrades before it starts the daemon. Raises Conflict `database_newer`, `warehouse_newer`,
    `backup_no_room`.
    """
    executor = MigrationExecutor(connection)
    applied = applied_now() if executor.loader.applied_migrations else {}
    refuse_newer(applied)
    behind = _files_behind(settings)
    pending = [f"{step.app_label}.{step.name}" for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    if applied and (pending or behind):
        log.info("backed up to %s before %s migrations", _backup(settings), len(pending) + len(behind))
    if pending:
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("clearsessions", verbosity=0)
    _bring_forward(settings, behind)
    return [*pending, *(f"warehouse.{workspace_id}" for workspace_id in behind)]


def _files_behind(settings: Settings) -> list[int]:
    """Workspaces whose file is of an older version. One that another process has open is that process's to bring forward."""
    behind: list[int] = []
    for workspace_id, path in files_in(settings.warehouse_dir).items():
        try:
            found = copy_figures(path)["version"]
        except Transient:
            continue
        if found > len(MIGRATIONS):
            raise Conflict("warehouse_newer", found=found, known=len(MIGRATIONS))
        if found < len(MIGRATIONS):
            behind.append(workspace_id)
    return behind


def _backup(settings: Settings) -> str:
    at_rest = FilesAtRest(settings.warehouse_dir)
    made = backup_make(settings=settings, warehouse=at_rest, context=PlainContext(), now=utc_now(), reason=Reason.UPGRADE, keep=KEPT)
    return str(made.folder)


def _bring_forward(settings: Settings, workspaces: list[int]) -> None:
    """Opening a file brings it to the present version."""
    warehouse = LocalWarehouse(settings.warehouse_dir)
    for workspace_id in workspaces:
        warehouse.query(workspace_id, "SELECT 1 AS one")
    warehouse.close()
