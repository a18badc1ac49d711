"""Queries on a real server, in the run of the suite on PostgreSQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from liuke.base.errors import Invalid, Transient
from liuke.connect.sources.sql import query as sql_query
from liuke.connect.sources.sql.query import cell_text, checked_query, checked_url, opened, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def url() -> str:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: LIUKE_TEST_DATABASE=postgresql")
    given = connection.settings_dict
    user = quote(str(given["USER"])) + (f":{quote(str(given['PASSWORD']))}" if given["PASSWORD"] else "")
    return f"postgresql://{user}@{given['HOST'] or 'localhost'}:{given['PORT'] or 5432}/{given['NAME']}"


def all_rows(url: str, text: str, cursor_column: str = "", cursor: str | None = None) -> list[list[object]]:
    query = checked_query(text, cursor_column)
    with opened(url, query, cursor) as (names, found):
        return list(rows_of(names, found, query))


def test_rows_come_with_their_names_and_percent_signs_are_only_text(url: str) -> None:
    assert all_rows(url, "SELECT n, 'a%b' AS t FROM generate_series(1, 3) AS n") == [[1, "a%b"], [2, "a%b"], [3, "a%b"]]
    text = "SELECT n, '5%' AS t FROM generate_series(1, 3) AS n WHERE n > coalesce(:cursor::text::int, 0)"
    assert all_rows(url, text, "n", "2") == [[3, "5%"]]
    assert len(all_rows(url, text, "n")) == 3


def test_the_transaction_is_read_only_whatever_a_function_tries(url: str) -> None:
    with pytest.raises(Invalid, match="sql_failed") as caught:
        all_rows(url, "SELECT nextval('django_migrations_id_seq')")
    assert "read-only" in str(caught.value.params["message"])


def test_a_wrong_query_and_an_unreachable_server_are_told_without_the_address(url: str) -> None:
    with pytest.raises(Invalid, match="sql_failed"):
        all_rows(url, "SELECT nothing_here")
    with pytest.raises(Transient, match="sql_unreachable") as caught:
        all_rows("postgresql://user:geheim@127.0.0.1:1/db", "SELECT 1")
    assert "geheim" not in str(caught.value)


def test_values_become_cells() -> None:
    moment = datetime(2024, 1, 5, 8, 30)  # noqa: DTZ001
    assert [cell_text(value) for value in (None, moment, date(2024, 1, 5), Decimal("1.50"), True, 7)] == [
        "",
        "2024-01-05 08:30:00",
        "2024-01-05",
        "1.50",
        "True",
        "7",
    ]


def make_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t AS SELECT 'geheim' AS a")
        connection.commit()


@pytest.mark.parametrize("name", ["%2e%2e/outside.db", "%2e%2e/outside.db?x=", "in.db?mode=rw&x="])
def test_no_spelling_leads_sqlite_out_of_the_watched_folder(tmp_path: Path, name: str) -> None:
    """SQLite decodes `%2e` and reads what follows `?` itself: the name must reach it quoted."""
    (tmp_path / "watch").mkdir()
    make_sqlite(tmp_path / "outside.db")
    make_sqlite(tmp_path / "watch" / "in.db")
    address = checked_url(f"sqlite:///{name}", tmp_path / "watch", "sqlite:////own.db")
    with pytest.raises(Transient, match="sql_unreachable"):
        all_rows(address, "SELECT a FROM t")
    assert all_rows(checked_url("sqlite:///in.db", tmp_path / "watch", ""), "SELECT a FROM t") == [["geheim"]]


def test_an_endless_query_on_sqlite_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_query, "SECONDS", 0)
    make_sqlite(tmp_path / "a.db")
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c"
    with pytest.raises(Invalid, match="sql_failed"):
        all_rows(f"sqlite:///{tmp_path / 'a.db'}", endless)


@pytest.mark.parametrize(
    "address",
    [
        "u:p@127.0.0.1/liuke", "u:p@[::1]/liuke", "u@/liuke?host=127.0.0.1", "u@x/y?host=localhost&dbname=liuke", "a,localhost/liuke",
        "u@%6cocalhost/liuke", "LOCALHOST./liuke", "u@127.1.2.3/liuke", "u:p@h/x?service=a", "h/x?passfile=/etc/passwd", "[/liuke",
    ],
)  # fmt: skip
def test_the_own_database_is_no_source_however_its_address_is_written(address: str) -> None:
    """Nor may an address name files, services or further servers."""
    with pytest.raises(Invalid, match="sql_url"):
        checked_url(f"postgresql://{address}", None, "postgresql://u:p@localhost:5432/liuke")
    fine = "postgresql://u:p@db.test:5433/shop?sslmode=require"
    assert checked_url(fine, None, "postgresql://u:p@localhost:5432/liuke") == fine
