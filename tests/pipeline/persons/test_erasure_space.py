"""DAT-18: freed room is written over, and not before everybody who could still read it has ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from liuke.base.errors import Transient
from liuke.jobs.store.models import Heartbeat
from liuke.pipeline import erasure_space
from liuke.pipeline.erasure_space import space_clear
from tests.pipeline.persons.planted import database_files, database_renew, promised_files

pytestmark = pytest.mark.django_db(transaction=True)
TRACE = "欧阳若兰的数据"
TABLE = Heartbeat._meta.db_table


def files_with_trace(files: list[Path]) -> list[Path]:
    return [path for path in files if TRACE.encode() in path.read_bytes()]


@pytest.fixture
def other_reader() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Somebody who began to read before the row went, as a backup does, and has not ended."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: LIUKE_TEST_DATABASE=postgresql")
    known = connection.settings_dict
    given = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"], "dbname": known["NAME"]}
    with psycopg.connect(**given) as other:
        other.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        yield other


def plant() -> None:
    Heartbeat.objects.create(name=TRACE, at="2026-03-02T00:00:00Z")
    database_renew()
    assert connection.vendor == "sqlite" or files_with_trace(database_files()), "the search finds what is there"


def test_a_deleted_row_leaves_no_byte() -> None:
    plant()
    Heartbeat.objects.all().delete()
    assert space_clear([TABLE, "unknown"]) == connection.vendor
    assert files_with_trace(promised_files()) == []


def test_it_waits_for_who_could_still_read_the_row(
    other_reader: psycopg.Connection[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant()
    other_reader.execute(f"SELECT count(*) FROM {TABLE}")
    Heartbeat.objects.all().delete()
    monkeypatch.setattr(erasure_space, "PATIENCE_S", 0.3)
    with pytest.raises(Transient, match="person_database_busy"):
        space_clear([TABLE])
    other_reader.commit()
    assert space_clear([TABLE]) == "postgresql"
