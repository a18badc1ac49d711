"""Room that the application database has freed is written over: what was deleted leaves its bytes too (DAT-18)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import OperationalError, connection

from liuke.base.errors import Transient


def space_clear(tables: Collection[str]) -> str:
    """Make the database's files anew where rows went; the database's kind.

    SQLite: the whole file, then the write-ahead log is emptied into it. PostgreSQL: the tables that changed (each is locked while it is
    copied) with the statistics, which hold samples of their values. Its write-ahead log keeps what it kept until it is recycled:
    docs/how-to/privacy.md. Raises Transient("person_database_busy") where somebody else holds the database; done again, it succeeds.
    """
    try:
        if connection.vendor == "sqlite":
            _sqlite()
        else:
            _postgresql(tables)
    except OperationalError as fault:
        raise Transient("person_database_busy") from fault
    return connection.vendor


def _sqlite() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        told = cursor.fetchone()
    if told and told[0]:
        raise Transient("person_database_busy")


def _postgresql(tables: Collection[str]) -> None:
    known = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sorted(set(tables) & known):
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
        cursor.execute("VACUUM FULL pg_catalog.pg_statistic")
        if _is_superuser():  # only it may; otherwise the server writes the pages out within minutes by itself
            cursor.execute("CHECKPOINT")


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        found = cursor.fetchone()
    return bool(found and found[0])
