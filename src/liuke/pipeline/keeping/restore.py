"""What a restored data directory needs before it may serve: an application database of today's shape, and a warehouse that knows no more.

The warehouse's copy is younger than the application database's. Whoever it knows and the application database does not is cut off: numbers
of customers and batches are given out anew, and a new customer must not inherit a stranger's past. Batches noted later are forgotten, so
that a new batch of the same number is not taken for done; rows that come again are recognised by their own ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

import pyarrow as pa
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from liuke.accounts.service.tombstones import tombstones_recall
from liuke.accounts.store.models import Workspace
from liuke.base.backups import TABLES_FOLDER, Manifest
from liuke.base.errors import Conflict
from liuke.base.settings import Settings
from liuke.base.times import to_us, utc_now
from liuke.connect.service.live import LIVE
from liuke.facts.store.models import Customer
from liuke.jobs.running import run_job
from liuke.jobs.store.models import Heartbeat, Job, OutboxMessage
from liuke.pipeline.erasure import erasures_replay
from liuke.pipeline.handlers import HANDLERS
from liuke.pipeline.keeping.rows import constraints_checked, models_in_order, sequences_set
from liuke.warehouse import Erase, Warehouse
from liuke.warehouse.copies import batches_forget, files_in

INBOX = ("import", LIVE)
"""Kinds of jobs that bring accepted rows into the warehouse."""
BLOCK = 1 << 20
KNOWN_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Whole:
    """What was done to a restored directory."""

    customers: int
    activities: int
    cut: int
    """Rows of the warehouse from after the backup's moment."""
    replayed: int
    """Imports that waited in the inbox and are done now."""
    held: int
    """Messages that were due and are not sent again."""
    erased: int
    """People whose erasure was carried out again."""


def restored_make_whole(*, settings: Settings, warehouse: Warehouse, backup: Path, manifest: Manifest) -> Whole:
    """Bring a laid-out backup to a state that may serve. Raises Conflict `database_newer`, `move_not_empty`."""
    refuse_newer(manifest.migrations)
    if manifest.database == "postgresql":
        _tables_fill(backup, manifest)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    held = _quieten(now=utc_now())
    cut = _warehouse_cut(settings, warehouse, manifest)
    tombstones_recall()
    replayed = _inbox_replay()
    erased = erasures_replay(settings)
    activities = sum(_count(warehouse, pk, "activity") for pk in Workspace.objects.values_list("pk", flat=True))
    return Whole(Customer.objects.count(), activities, cut, replayed, held, erased)


def refuse_newer(applied: object) -> None:
    """Raises Conflict("database_newer") where migrations (names by app) were applied that this program does not know."""
    known = MigrationExecutor(connection).loader.disk_migrations
    apps = {app for app, _ in known}
    given = applied if isinstance(applied, dict) else {}
    unknown = [f"{app}.{name}" for app, names in given.items() if app in apps for name in names if (app, name) not in known]
    if unknown:
        raise Conflict("database_newer", found=", ".join(sorted(unknown)))


def _tables_fill(backup: Path, manifest: Manifest) -> None:
    """All tables of a PostgreSQL backup into an empty database, in one transaction: first their shape of that time, then the rows."""
    if found := connection.introspection.table_names():
        raise Conflict("move_not_empty", tables=len(found))
    with transaction.atomic():
        executor = MigrationExecutor(connection)
        known = executor.loader.disk_migrations
        wanted = [(app, name) for app, names in manifest.migrations.items() for name in names if (app, name) in known]
        executor.migrate(wanted)
        constraints_checked()
        with connection.cursor() as cursor:
            names = ", ".join(f'"{table}"' for table in manifest.columns)
            cursor.execute(f"TRUNCATE {names} CASCADE")
        for table, columns in manifest.columns.items():
            _copy_in(backup / TABLES_FOLDER / f"{table}.zst", table, columns)
        constraints_checked()
        _sequences_from_keys(list(manifest.columns))


def _copy_in(path: Path, table: str, columns: object) -> None:
    names = ", ".join(f'"{column}"' for column in columns) if isinstance(columns, list) else ""
    statement = f'COPY "{table}" ({names}) FROM STDIN'
    with pa.OSFile(str(path)) as file, pa.CompressedInputStream(file, "zstd") as rows, connection.cursor() as cursor:  # noqa: SIM117 - longer than a line
        with cursor.copy(statement) as copy:
            while block := rows.read(BLOCK):
                copy.write(block)


def _sequences_from_keys(tables: list[str]) -> None:
    chosen = [model for model in models_in_order() if model._meta.db_table in tables]
    sequences_set(chosen, {})


def _quieten(*, now: datetime) -> int:
    """Nobody stays logged in, no dead worker holds work, and what was due to be sent is not sent twice; how many messages that were.

    A message that was pending when the backup was made may have left since: it becomes `unknown`, as if its sender had died.
    """
    Session.objects.all().delete()
    Heartbeat.objects.all().delete()
    Job.objects.filter(status=Job.Status.RUNNING).update(lease_until=now)
    due = OutboxMessage.objects.filter(status=OutboxMessage.Status.PENDING, run_at__lte=now)
    return due.update(status=OutboxMessage.Status.UNKNOWN, lease_until=None)


def _warehouse_cut(settings: Settings, warehouse: Warehouse, manifest: Manifest) -> int:
    """Take out of the warehouse what the application database cannot know; the number of rows."""
    cut = 0
    known_workspaces = set(Workspace.objects.values_list("pk", flat=True))
    for workspace_id, path in files_in(settings.warehouse_dir).items():
        if workspace_id not in known_workspaces:
            path.unlink()
            continue
        batches_forget(path, since_us=to_us(manifest.made_at))
        strangers = _strangers(warehouse, workspace_id)
        if strangers:
            done = warehouse.transact(workspace_id, None, [Erase(strangers)])
            cut += done.counts[0]["removed"]
    return cut


def _strangers(warehouse: Warehouse, workspace_id: int) -> list[int]:
    sql = "SELECT DISTINCT customer_id AS id FROM activity UNION SELECT DISTINCT customer_id FROM score"
    found = set(warehouse.query(workspace_id, sql)["id"].to_pylist())
    return sorted(found - set(Customer.objects.filter(workspace_id=workspace_id).values_list("pk", flat=True)))


def _inbox_replay() -> int:
    """Carry out the imports that were accepted and not done. Each is idempotent: what the warehouse has already changes nothing."""
    waiting = Job.objects.filter(kind__in=INBOX, status__in=[Job.Status.QUEUED, Job.Status.RUNNING]).order_by("run_at", "id")
    done = 0
    for job in waiting:
        job.attempts += 1
        Job.objects.filter(pk=job.pk).update(status=Job.Status.RUNNING, attempts=job.attempts, worker="restore")
        run_job(job, HANDLERS, Event())
        done += 1
    return done


def _count(warehouse: Warehouse, workspace_id: int, table: str) -> int:
    return int(warehouse.query(workspace_id, f"SELECT count(*) AS n FROM {table}")["n"][0].as_py())
