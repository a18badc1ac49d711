"""Pages in the order of their last change, each starting behind the one before: by (FModifyDate, id), never by row numbers, so that an
edit between two pages, which moves a document to the end, loses nobody else's place and equal moments lose nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol

from liuke.connect.sources.kingdee.settings import KingdeeSettings
from liuke.connect.sources.kingdee.streams import Stream
from liuke.vendors.kingdee.answers import Cell, Row
from liuke.vendors.kingdee.client import PAGE, BillQuery
from liuke.vendors.kingdee.filters import after, among, compare, every

OVERLAP = timedelta(minutes=10)
"""An increment begins so long before the last change seen: what was saved then may have been committed after it was looked for."""
_FORM_OF_DAY = {"orders": "ordered_at", "receivables": "billed_on", "receipts": "paid_at", "deliveries": "delivered_on"}
"""The field by whose day documents count as old."""


class Asks(Protocol):
    """What paging needs of a client."""

    def rows(self, query: BillQuery) -> list[Row]:
        """A page of rows."""
        ...


@dataclass(frozen=True, slots=True)
class Document:
    """One document as read: the site's values by our names, a row per line (one row where the stream has no lines)."""

    id: int
    changed: str
    rows: tuple[Mapping[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Behind this document everything is still to be read. Blank `changed`: nothing that bears a moment was read yet."""

    changed: str = ""
    id: int = 0

    def back(self, by: timedelta) -> Place:
        """Earlier, as the site writes moments."""
        return Place((datetime.fromisoformat(self.changed) - by).isoformat(timespec="milliseconds")) if self.changed else self


@dataclass(frozen=True, slots=True)
class Page:
    """Whole documents, the place behind them, and whether nothing is left."""

    documents: Sequence[Document]
    place: Place
    is_last: bool


@dataclass(slots=True)
class Reader:
    """Reads one stream."""

    client: Asks
    settings: KingdeeSettings
    stream: Stream
    size: int = PAGE
    keys: dict[str, str] = field(init=False)
    _seen: set[tuple[str, int]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.keys = self.settings.keys(self.stream)

    def page(self, place: Place) -> Page:
        """The next page behind `place`; the document at its end is read with all its lines or left for the next page.

        Sites that tell moments more coarsely than they keep them answer again with documents behind their own place: those are passed over.
        """
        start = 0
        while True:
            rows = self._ask(self._behind(place), start)
            full = len(rows) == self.size
            documents = self._whole_ones(place, rows, start) if full else list(grouped(self.keys, rows))
            fresh = [each for each in documents if (each.changed, each.id) not in self._seen]
            if fresh or not full:
                end = Place(fresh[-1].changed, fresh[-1].id) if fresh else place
                self._pass_over(fresh, end.changed)
                return Page(fresh, end, not full)
            start += sum(len(each.rows) for each in documents)

    def by_number(self, name: str, values: Sequence[str | int]) -> list[Document]:
        """The documents in which the field of ours has one of the values, whole."""
        found: list[Row] = []
        while True:
            rows = self._ask(among(self.keys[name], values), len(found))
            found += rows
            if len(rows) < self.size:
                return list(grouped(self.keys, found))

    def ids_since(self, changed: str) -> set[int]:
        """Ids of all documents that were changed at that moment or later and are still there."""
        found: set[int] = set()
        last = 0
        while True:
            where = every(self._wanted(), compare(self.keys["changed"], ">=", changed), compare(self.keys["id"], ">", last))
            rows = self.client.rows(BillQuery(self.stream.form, (self.keys["id"],), where, f"{self.keys['id']} ASC", 0, self.size))
            found |= {number(row[0]) for row in rows}
            if len(rows) < self.size:
                return found
            last = max(found)

    def _whole_ones(self, place: Place, rows: Sequence[Row], start: int) -> list[Document]:
        """The documents of a full page: the last one may go on, so it is left for the next page, or read on where it is alone."""
        documents = list(grouped(self.keys, rows))
        return [self._whole(place, documents[0], start)] if len(documents) == 1 else documents[:-1]

    def _pass_over(self, met: Sequence[Document], changed: str) -> None:
        """Documents of this moment that were met are passed over from now on; those of earlier moments do not come again."""
        keys = self._seen | {(each.changed, each.id) for each in met}
        self._seen = {key for key in keys if key[0] == changed}

    def _whole(self, place: Place, first: Document, start: int) -> Document:
        """A document with more lines than a page."""
        rows = list(first.rows)
        while True:
            start += self.size
            more = list(grouped(self.keys, self._ask(self._behind(place), start)))
            mine = [each for each in more if each.id == first.id]
            rows += [row for each in mine for row in each.rows]
            if not mine or len(more) > 1 or len(mine[0].rows) < self.size:
                return Document(first.id, first.changed, tuple(rows))

    def _ask(self, where: str, start: int) -> list[Row]:
        order = [self.keys["changed"], self.keys["id"], *([self.keys["line_id"]] if self.stream.lines else [])]
        fields = tuple(self.keys.values())
        ordered = ", ".join(f"{key} ASC" for key in order)
        return self.client.rows(BillQuery(self.stream.form, fields, every(self._wanted(), where), ordered, start, self.size))

    def _behind(self, place: Place) -> str:
        changed, number_key = self.keys["changed"], self.keys["id"]
        if place.changed:
            return after([(changed, place.changed), (number_key, place.id)])
        return f"{changed} IS NOT NULL OR {compare(number_key, '>', place.id)}" if place.id else ""

    def _wanted(self) -> str:
        """Organisations and the first day, as the settings say."""
        chosen = self.settings.organisations
        organisations = among(self.keys["organisation"], chosen) if chosen and "organisation" in self.keys else ""
        day = _FORM_OF_DAY.get(self.stream.name, "")
        since = self.settings.since
        return every(organisations, compare(self.keys[day], ">=", since.isoformat()) if since and day in self.keys else "")


def grouped(keys: Mapping[str, str], rows: Iterable[Row]) -> Iterable[Document]:
    """Rows that follow each other with one id are one document. A header's values stand in each of its lines."""
    named = [dict(zip(keys, row, strict=True)) for row in rows]
    for found, lines in groupby(named, lambda row: number(row["id"])):
        held = tuple(lines)
        yield Document(found, text(held[0]["changed"]), held)


def number(value: Cell) -> int:
    """An id."""
    return int(float(value)) if isinstance(value, str | int | float) and str(value).strip() else 0


def text(value: Cell) -> str:
    """A value as text; nothing is blank, whole numbers have no fraction."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
