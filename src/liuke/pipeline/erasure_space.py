"""Room that the application database has freed is written over: what was deleted leaves its bytes too (DAT-18)."""

from __future__ import annotations

from collections.abc import Collection
from time import monotonic, sleep

from django.db import OperationalError, connection

from liuke.base.errors import Transient

PATIENCE_S = 120.0
"""How long to wait for those who began before; then the job is tried again later."""
_OLDER = """SELECT pg_snapshot_xmin(pg_current_snapshot()) < %(now)s::text::xid8 OR EXISTS (
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND age(backend_xmin) > age(%(now)s::text::xid))"""
"""Whether a writer of any database of the server, or a reader of ours, began before the transaction `now`."""


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
    older_readers_end()
    with connection.cursor() as cursor:
        for table in sorted(set(tables) & known):
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
    older_readers_end()  # what the statistics held until just now can still be read by whoever began before
    with connection.cursor() as cursor:
        cursor.execute("VACUUM FULL pg_catalog.pg_statistic")
        if _is_superuser():  # only it may; otherwise the server writes the pages out within minutes by itself
            cursor.execute("CHECKPOINT")


def older_readers_end() -> None:
    """Return once nothing runs on the PostgreSQL server that began before now and could make VACUUM FULL copy a deleted row along.

    That is whoever reads our database, autovacuum too, and whoever writes to any: the snapshot that VACUUM FULL takes for itself goes back
    to the oldest writer of the whole server. Raises Transient("person_database_busy") after PATIENCE_S.
    """
    until = monotonic() + PATIENCE_S
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        now = {"now": cursor.fetchone()[0]}
        while True:
            cursor.execute(_OLDER, now)
            if cursor.fetchone() == (False,):
                return
            if monotonic() > until:
                raise Transient("person_database_busy")
            sleep(0.1)


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        found = cursor.fetchone()
    return bool(found and found[0])
