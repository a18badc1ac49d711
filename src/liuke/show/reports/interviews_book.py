"""Exit interviews as an Excel workbook (FBK-02)."""

from __future__ import annotations

import io
from collections.abc import Iterable

from liuke.base.later import Later
from liuke.learn.store.models import ExitInterview
from liuke.show.domain.csvfile import safe_cell
from liuke.show.queries.feedback import interview_out
from liuke.show.queries.reader import Reader

openpyxl = Later("openpyxl")

COLUMNS = (
    "at", "customer", "key", "cause", "reason", "competitor", "price", "kept_by", "would_return", "why", "improve", "topics", "by",
)  # fmt: skip


def interviews_book(reader: Reader, rows: Iterable[ExitInterview]) -> bytes:
    """The file, in the reader's language. Texts that a spreadsheet would take for a formula are written as texts."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = reader.text("interview.sheet")
    sheet.append([reader.text(f"interview.column.{name}") for name in COLUMNS])
    for row in rows:
        one = interview_out(reader, row)
        by = one.by.name if one.by else reader.text("interview.by_customer")
        cells = (
            one.at.astimezone(reader.zone).date().isoformat(), one.customer.name, one.customer.key, one.cause_text, one.reason_text,
            one.competitor, one.price, "、".join(one.kept_by), one.would_return, one.why, one.improve, "、".join(one.topics), by,
        )  # fmt: skip
        sheet.append([safe_cell(cell) if isinstance(cell, str) else cell for cell in cells])
    for cell in sheet[1]:
        cell.font = openpyxl.styles.Font(bold=True)
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
