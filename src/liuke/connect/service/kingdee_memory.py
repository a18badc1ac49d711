"""What a source has brought in before: unchanged documents bring nothing, and those taken back, deleted or shortened are undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from liuke.connect.sources.kingdee.paging import Document
from liuke.connect.sources.kingdee.rows import Brought, Cells, Known, digest_of, withdrawn
from liuke.connect.sources.kingdee.streams import Stream
from liuke.connect.store.models import SourceDocument

CHUNK = 500


@dataclass(slots=True)
class Memory:
    """The remembered documents of one stream, read as they are met and kept in the transaction of their batch."""

    source_id: int
    stream: Stream
    behind: tuple[str, int] = ("", 0)
    """What is left out up to this moment and id was counted before."""
    new: set[int] = field(default_factory=set)
    """Documents that were not known before."""
    left_out: Counter[str] = field(default_factory=Counter)
    _rows: dict[int, SourceDocument | None] = field(default_factory=dict)
    _changed: dict[int, SourceDocument] = field(default_factory=dict)

    def look_up(self, documents: Sequence[Document]) -> None:
        """Read what is remembered of these documents at once."""
        ids = [document.id for document in documents if document.id not in self._rows]
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            rows = SourceDocument.objects.filter(source_id=self.source_id, stream=self.stream.name, document__in=part)
            self._rows |= dict.fromkeys(part) | {row.document: row for row in rows}

    def told(self, document: Document, found: Brought) -> list[Cells]:
        """The rows that say something new: of the document, and of its lines that are gone; a document that counts no longer is undone."""
        row = self._row(document.id)
        counting = row if row is not None and row.digest else None
        self._count(document, found)
        if found.known is None or (found.left_out is not None and row is None):
            return [] if counting is None else self._undone(counting, document.changed)
        digest = digest_of(found.rows)
        if counting is not None and counting.digest == digest:
            return []
        undone = [] if counting is None else self._lines_gone(counting, found.known)
        self._remember(document, found, found.known, digest)
        return [*undone, *found.rows]

    def gone(self, since: str, present: set[int]) -> list[Cells]:
        """Rows that undo the documents that were changed at `since` or later and are not among the present ids any more."""
        rows: list[Cells] = []
        known = SourceDocument.objects.filter(source_id=self.source_id, stream=self.stream.name, changed__gte=since).exclude(digest="")
        for row in known.iterator(CHUNK):
            if row.document not in present:
                self._rows[row.document] = row
                rows += self._undone(row, row.changed)
        return rows

    def open_ids(self) -> list[int]:
        """Documents worth looking at although nobody edits them."""
        rows = SourceDocument.objects.filter(source_id=self.source_id, stream=self.stream.name, is_open=True).exclude(digest="")
        return [each for each in rows.order_by("document").values_list("document", flat=True) if each not in self._changed]

    def keep(self) -> None:
        """Write what was met, in the caller's transaction."""
        made = [row for row in self._changed.values() if row.pk is None]
        known = [row for row in self._changed.values() if row.pk is not None]
        SourceDocument.objects.bulk_create(made, batch_size=CHUNK)
        fields = ["number", "customer", "at", "lines", "digest", "changed", "is_open"]
        SourceDocument.objects.bulk_update(known, fields, batch_size=CHUNK)
        self._changed.clear()

    def _row(self, document: int) -> SourceDocument | None:
        if document not in self._rows:
            rows = SourceDocument.objects.filter(source_id=self.source_id, stream=self.stream.name, document=document)
            self._rows[document] = rows.first()
        return self._rows[document]

    def _remember(self, document: Document, found: Brought, known: Known, digest: str) -> None:
        row = self._rows[document.id]
        if row is None:
            row = self._rows[document.id] = SourceDocument(source_id=self.source_id, stream=self.stream.name, document=document.id)
            self.new.add(document.id)
        row.number, row.customer, row.at, row.lines = known.number[:80], known.customer[:80], known.at[:30], list(known.lines)
        row.digest, row.changed, row.is_open = digest, document.changed[:30], found.open
        self._changed[document.id] = row

    def _count(self, document: Document, found: Brought) -> None:
        """Count a document that is left out, unless a run before has counted it."""
        if found.left_out is not None:
            self.left_out[found.left_out] += (document.changed, document.id) > self.behind

    def _lines_gone(self, row: SourceDocument, known: Known) -> Sequence[Cells]:
        """Rows that undo the lines which the document had and has no more."""
        gone = [line for line in row.lines if line not in known.lines]
        return withdrawn(self.stream, _known(row), gone) if gone else []

    def _undone(self, row: SourceDocument, changed: str) -> list[Cells]:
        rows: Sequence[Cells] = withdrawn(self.stream, _known(row))
        row.digest, row.changed, row.is_open = "", changed[:30], False
        self._changed[row.document] = row
        return list(rows)


def _known(row: SourceDocument) -> Known:
    return Known(row.number, row.customer, row.at, tuple(row.lines))
