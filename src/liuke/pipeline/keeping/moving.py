"""`liuke migrate-database`: everything of an embedded installation into an empty PostgreSQL database, or nothing.

One transaction of PostgreSQL holds tables, rows, sequences and the comparison: a move that is killed leaves the target empty. The SQLite
file is held by a write transaction that changes nothing, so nobody writes to it meanwhile.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper as SqliteWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from liuke.base.errors import Conflict, Invalid
from liuke.pipeline.keeping.rows import Content, Tell, constraints_checked, content, models_in_order, rows_copy, sequences_set, tables_empty

SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Moved:
    """What the target holds after a move, by table; equal in both databases, or the move would have failed."""

    tables: Mapping[str, Content]
    kept: bool
    """False after a dry run: everything was done, compared and rolled back."""

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(one.rows for one in self.tables.values())


def database_move(*, path: Path, dry_run: bool, tell: Tell) -> Moved:
    """Move the SQLite file at `path` into this process's own database, an empty PostgreSQL one.

    Raises Invalid `move_target`, `move_source`; Conflict `move_not_empty`, `move_upgrade_first`, `move_unequal` (tables named) and
    `move_refused` with PostgreSQL's word where a value does not fit. After any of them the target is as empty as before.
    """
    if connection.vendor != "postgresql":
        raise Invalid("move_target")
    if not path.is_file():
        raise Invalid("move_source", path=str(path))
    if found := connection.introspection.table_names():
        raise Conflict("move_not_empty", tables=len(found))
    with _source(path), transaction.atomic():
        _refuse_other_shape()
        tables = _filled(path, tell)
        if dry_run:
            transaction.set_rollback(True)
    return Moved(tables, kept=not dry_run)


def _filled(path: Path, tell: Tell) -> Mapping[str, Content]:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    chosen = models_in_order()
    tables_empty(chosen)
    given: dict[str, Content] = {}
    try:
        for model in chosen:
            given[model._meta.db_table] = rows_copy(model, SOURCE)
            tell(model._meta.db_table, given[model._meta.db_table].rows)
        sequences_set(chosen, _numbers_given(path))
        constraints_checked()
    except DatabaseError as fault:
        raise Conflict("move_refused", detail=str(fault).strip().splitlines()[0]) from fault
    unequal = [model._meta.db_table for model in chosen if content(model) != given[model._meta.db_table]]
    if unequal:
        raise Conflict("move_unequal", tables=", ".join(unequal))
    return given


def _refuse_other_shape() -> None:
    """The source must have exactly the migrations of this program, which the target is about to get."""
    here = set(MigrationLoader(None).disk_migrations)
    there = set(MigrationRecorder(connections[SOURCE]).applied_migrations())
    if here != there:
        raise Conflict("move_upgrade_first", missing=len(here - there), unknown=len(there - here))


def _numbers_given(path: Path) -> Mapping[str, int]:
    """By table, the greatest number that SQLite ever gave to a row, also to rows that are gone."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return {str(table): int(number) for table, number in file.execute("SELECT name, seq FROM sqlite_sequence")}


@contextmanager
def _source(path: Path) -> Iterator[None]:
    """The SQLite file as a second connection, held against writers; whatever happens it stays as it is."""
    own = connections.settings["default"] | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"timeout": 5, "transaction_mode": "IMMEDIATE"},
    }
    connections[SOURCE] = SqliteWrapper(own, SOURCE)
    try:
        with transaction.atomic(using=SOURCE):
            yield
            transaction.set_rollback(True, using=SOURCE)
    finally:
        connections[SOURCE].close()
        del connections[SOURCE]
