"""DAT-18: freed room is written over, and not before everybody who could still read it has ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from liuke.base.errors import Transient
from liuke.jobs.store.models import Heartbeat
from liuke.pipeline import erasure_space
from liuke.pipeline.erasure_space import space_clear
from tests.pipeline.persons.planted import database_files, database_renew

pytestmark = pytest.mark.django_db(transaction=True)
TRACE = "欧阳若兰的数据"
TABLE = Heartbeat._meta.db_table


def files_with_trace() -> list[Path]:
    return [path for path in database_files() if TRACE.encode() in path.read_bytes()]


def connected(database: str) -> psycopg.Connection[tuple[object, ...]]:
    """Somebody else on our PostgreSQL server."""
    known = connection.settings_dict
    return psycopg.connect(host=known["HOST"], port=known["PORT"], user=known["USER"], dbname=database)


def our_reader() -> psycopg.Connection[tuple[object, ...]]:
    """Began to read our database, as a backup does, and has not ended."""
    other = connected(str(connection.settings_dict["NAME"]))
    other.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    other.execute(f"SELECT count(*) FROM {TABLE}")
    return other


def foreign_writer() -> psycopg.Connection[tuple[object, ...]]:
    """Began to write in another database of the server, and has not ended."""
    other = connected("postgres")
    other.execute("SELECT pg_current_xact_id()")
    return other


def plant() -> None:
    Heartbeat.objects.create(name=TRACE, at="2026-03-02T00:00:00Z")
    database_renew()
    assert connection.vendor == "sqlite" or files_with_trace(), "the search finds what is there"


def test_a_deleted_row_leaves_no_byte() -> None:
    plant()
    Heartbeat.objects.all().delete()
    assert space_clear([TABLE, "unknown"]) == connection.vendor
    assert files_with_trace() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: LIUKE_TEST_DATABASE=postgresql")
@pytest.mark.parametrize("began", [our_reader, foreign_writer])
def test_it_waits_for_who_would_make_it_copy_the_row(
    began: Callable[[], psycopg.Connection[tuple[object, ...]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant()
    with began() as other:
        Heartbeat.objects.all().delete()
        with monkeypatch.context() as hurried:
            hurried.setattr(erasure_space, "PATIENCE_S", 0.3)
            with pytest.raises(Transient, match="person_database_busy"):
                space_clear([TABLE])
        other.commit()
    space_clear([TABLE])
    assert files_with_trace() == []
