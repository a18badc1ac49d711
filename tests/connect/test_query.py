"""Queries on a real server, in the run of the suite on PostgreSQL."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.db import connection

from liuke.base.errors import Invalid, Transient
from liuke.connect.sources.sql.query import cell_text, checked_query, opened, rows_of

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
