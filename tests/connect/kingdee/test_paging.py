"""Keyset pages: no loss at equal moments, none by edits meanwhile, documents whole, whatever the page size."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from liuke.connect.sources.kingdee.paging import Place, Reader, grouped, number, text
from liuke.connect.sources.kingdee.settings import settings_of
from liuke.connect.sources.kingdee.streams import STREAMS
from liuke.vendors.kingdee.answers import Row
from liuke.vendors.kingdee.client import BillQuery

SETTINGS = settings_of({"base_url": "https://erp.example.com/k3cloud", "account": "a", "user": "u", "app_id": "1_2"})
ORDERS = STREAMS["orders"]
KEYS = SETTINGS.keys(ORDERS)


@dataclass
class Table:
    """Orders in SQLite. `coarse`: the site keeps milliseconds and tells seconds."""

    rows: dict[tuple[int, int], str] = field(default_factory=dict)
    """(document, line) to the moment of the last change."""
    coarse: bool = False
    asked: int = 0

    def rows_of(self, query: BillQuery) -> list[Row]:
        with sqlite3.connect(":memory:") as database:
            columns = ", ".join(f'"{key}"' for key in KEYS.values())
            database.execute(f"CREATE TABLE bill ({columns})")
            for (document, line), changed in self.rows.items():
                values = {"FID": document, "FModifyDate": changed, "FSaleOrderEntry_FEntryId": line, "FBillNo": f"B{document}"}
                marks = ", ".join("?" * len(KEYS))
                database.execute(f"INSERT INTO bill VALUES ({marks})", [values.get(key) for key in KEYS.values()])
            wanted = ", ".join(f'"{key}"' for key in query.fields)
            where = f"WHERE {query.where}" if query.where else ""
            found = database.execute(f"SELECT {wanted} FROM bill {where} ORDER BY {query.order} LIMIT {query.limit} OFFSET {query.start}")
            rows = [tuple(row) for row in found]
        if not self.coarse:
            return rows
        place = query.fields.index("FModifyDate")
        return [(*row[:place], str(row[place])[:19], *row[place + 1 :]) for row in rows]


@dataclass
class Asked:
    table: Table

    def rows(self, query: BillQuery) -> list[Row]:
        self.table.asked += 1
        assert self.table.asked < 400, "it asks and asks"
        return self.table.rows_of(query)


def read(table: Table, size: int, place: Place | None = None) -> list[tuple[int, int]]:
    """(document, number of lines) in the order of reading."""
    reader = Reader(Asked(table), SETTINGS, ORDERS, size)
    place, found = place or Place(), []
    while True:
        page = reader.page(place)
        found += [(document.id, len(document.rows)) for document in page.documents]
        place = page.place
        if page.is_last:
            return found


MOMENTS = st.sampled_from([f"2026-11-02T09:00:0{second}.{milli:03d}" for second in range(3) for milli in (0, 7, 120)])
DOCUMENTS = st.dictionaries(st.integers(1, 40), st.tuples(MOMENTS, st.integers(1, 6)), max_size=14)


def table_of(documents: dict[int, tuple[str, int]], *, coarse: bool = False) -> Table:
    return Table({(key, key * 10 + line): moment for key, (moment, lines) in documents.items() for line in range(lines)}, coarse)


@given(DOCUMENTS, st.integers(2, 9))
def test_every_document_comes_once_and_whole_whatever_the_page_size(documents: dict[int, tuple[str, int]], size: int) -> None:
    expected = [(key, lines) for key, (moment, lines) in sorted(documents.items(), key=lambda each: (each[1][0], each[0]))]
    assert read(table_of(documents), size) == expected


@given(DOCUMENTS, st.integers(2, 9))
def test_a_site_that_tells_seconds_only_is_read_to_its_end_all_the_same(documents: dict[int, tuple[str, int]], size: int) -> None:
    found = read(table_of(documents, coarse=True), size)
    assert {key for key, _ in found} == set(documents)
    assert all(lines == documents[key][1] for key, lines in found)


def test_a_thousand_documents_of_one_moment_lose_nothing() -> None:
    documents = dict.fromkeys(range(1, 101), ("2026-11-02T09:00:00.000", 1))
    assert [key for key, _ in read(table_of(documents), 7)] == list(range(1, 101))


def test_an_increment_begins_behind_its_place() -> None:
    documents = {1: ("2026-11-02T09:00:00.000", 1), 2: ("2026-11-02T09:00:00.000", 1), 3: ("2026-11-02T09:00:01.000", 1)}
    assert read(table_of(documents), 5, Place("2026-11-02T09:00:00.000", 1)) == [(2, 1), (3, 1)]


def test_a_place_goes_back_in_the_sites_own_time() -> None:
    assert Place("2026-11-02T00:05:00.500", 9).back(timedelta(minutes=10)) == Place("2026-11-01T23:55:00.500")
    assert Place().back(timedelta(minutes=10)) == Place()


def test_documents_without_a_moment_are_passed_one_by_one() -> None:
    table = Table({(key, key): None for key in range(1, 6)} | {(9, 9): "2026-11-02T09:00:00.000"})  # type: ignore[arg-type, dict-item]
    assert [key for key, _ in read(table, 2)] == [1, 2, 3, 4, 5, 9]


def test_numbers_and_orders_asked_for_by_name_come_with_all_their_lines() -> None:
    documents = {key: (f"2026-11-02T09:00:0{key % 10}.000", 5) for key in range(1, 8)}
    reader = Reader(Asked(table_of(documents)), SETTINGS, ORDERS, 4)
    found = reader.by_number("order_id", ["B2", "B5", "B9"])
    assert [(each.id, len(each.rows)) for each in found] == [(2, 5), (5, 5)]


def test_the_ids_still_there_are_told_across_pages() -> None:
    documents = dict.fromkeys(range(1, 8), ("2026-11-02T09:00:00.000", 1)) | {9: ("2026-10-01T09:00:00.000", 1)}
    assert Reader(Asked(table_of(documents)), SETTINGS, ORDERS, 3).ids_since("2026-11-01T00:00:00") == set(range(1, 8))


def test_cells_as_text() -> None:
    assert [text(value) for value in (None, 3.0, 3.5, " a ", 0, True)] == ["", "3", "3.5", "a", "0", "True"]
    assert [number(value) for value in (None, "", "7", 7.0, 7)] == [0, 0, 7, 7, 7]


def test_lines_apart_are_two_readings_of_one_document() -> None:
    keys = {"id": "FID", "changed": "FModifyDate"}
    assert [(each.id, len(each.rows)) for each in grouped(keys, [(1, "a"), (1, "a"), (2, "b")])] == [(1, 2), (2, 1)]
