"""A consistent copy of the application database while others use it.

SQLite: its own backup call in one step, a snapshot that no writer disturbs. PostgreSQL: one COPY per table in a single REPEATABLE READ
transaction, compressed; no tool of PostgreSQL's has to be there, and every restore takes the same way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from django.apps import apps
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from liuke.base.backups import SQLITE_FILE, TABLES_FOLDER

LEFT_OUT = frozenset({"django_session", "cache", "django_migrations"})
"""Log-ins and counts of log-in attempts (whoever restores, logs in again), and what the manifest has."""
WAITING = {
    "connect_batch": """
        SELECT stored_name FROM connect_batch
        WHERE stored_name <> '' AND status IN ('uploaded', 'ready', 'queued', 'running')""",
    "learn_miningrun": "SELECT stored_name FROM learn_miningrun WHERE stored_name <> ''",
}
"""Uploads that something still has to read, by table; all others are in the warehouse already."""
COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name, ordinal_position"""
"""Of the database as it is, not of the models: a backup before an upgrade meets the tables of the release before."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the manifest says of the application database. `waiting` are names below the folder of uploads."""

    database: str
    migrations: Mapping[str, Sequence[str]]
    tables: Mapping[str, int]
    columns: Mapping[str, Sequence[str]]
    waiting: Sequence[str]


def database_bytes() -> int:
    """The size of the application database; for PostgreSQL what it takes before compression."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        return sum(each.stat().st_size for each in (path, path.with_name(path.name + "-wal")) if each.exists())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def snapshot_take(folder: Path) -> Snapshot:
    """Write the application database as it is at this moment into `folder`."""
    return _sqlite(folder) if connection.vendor == "sqlite" else _postgresql(folder)


def tables_of(model: type[models.Model]) -> tuple[str, list[str]]:
    """A model's table and its columns."""
    return model._meta.db_table, [str(field.column) for field in model._meta.concrete_fields]


def every_model() -> list[type[models.Model]]:
    """All models with a table of their own, the automatic ones of many-to-many fields included."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]


def _sqlite(folder: Path) -> Snapshot:
    target = folder / SQLITE_FILE
    with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        names = [str(name) for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        counts = {name: int(copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in sorted(names)}
        migrations = _by_app(copy.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall())
        waiting = [str(name) for table, sql in WAITING.items() if table in counts for (name,) in copy.execute(sql)]
        return Snapshot("sqlite", migrations, counts, {}, waiting)


def _postgresql(folder: Path) -> Snapshot:
    (folder / TABLES_FOLDER).mkdir()
    own = connection.copy(alias="snapshot")
    own.settings_dict = own.settings_dict | {"CONN_MAX_AGE": 0}
    try:
        with own.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
            migrations = _by_app(cursor.fetchall())
            cursor.execute(COLUMNS)
            wanted: dict[str, list[str]] = {}
            for table, column in cursor.fetchall():
                wanted.setdefault(str(table), []).append(str(column))
            waiting = [str(name) for table, sql in WAITING.items() if table in wanted for (name,) in cursor.execute(sql).fetchall()]
        wanted = {table: columns for table, columns in wanted.items() if table not in LEFT_OUT}
        counts = {table: _copy_out(own, table, columns, folder / TABLES_FOLDER / f"{table}.zst") for table, columns in wanted.items()}
        return Snapshot("postgresql", migrations, counts, wanted, waiting)
    finally:
        own.close()


def _copy_out(own: BaseDatabaseWrapper, table: str, columns: Sequence[str], path: Path) -> int:
    names = ", ".join(f'"{column}"' for column in columns)
    with own.cursor() as cursor, pa.OSFile(str(path), "wb") as file, pa.CompressedOutputStream(file, "zstd") as out:
        with cursor.copy(f'COPY "{table}" ({names}) TO STDOUT') as copy:
            for block in copy:
                out.write(block)
        return max(int(cursor.rowcount), 0)


def _by_app(rows: Sequence[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for app, name in rows:
        found.setdefault(app, []).append(name)
    return found


def applied_now() -> Mapping[str, Sequence[str]]:
    """The applied migrations of the database in use, by app."""
    return _by_app(sorted(MigrationRecorder(connection).applied_migrations()))
