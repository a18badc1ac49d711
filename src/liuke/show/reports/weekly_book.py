"""The weekly risk report as an Excel workbook: a sheet of figures, a sheet of likely leavers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from liuke.base.later import Later
from liuke.show.api.schemas.team import ReportOut
from liuke.show.domain.csvfile import safe_cell
from liuke.show.queries.reader import Reader

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

openpyxl = Later("openpyxl")

COLUMNS = ("name", "key", "owner", "level", "score", "change", "annual_value", "expected_loss", "last_contact", "reason")
WIDTHS = (32, 14, 12, 12, 8, 8, 14, 14, 14, 60)


def weekly_book(reader: Reader, report: ReportOut) -> bytes:
    """The file, in the reader's language. Texts that a spreadsheet would take for a formula are written as texts."""
    book = openpyxl.Workbook()
    figures = book.active
    figures.title = reader.text("show.report.figures")
    for row in _figures(reader, report):
        figures.append([_cell(cell) for cell in row])
    _dress(figures, (36, 18, 18))
    leavers = book.create_sheet(reader.text("show.report.leavers"))
    leavers.append([reader.text(f"show.report.column.{name}") for name in COLUMNS])
    for one in report.leavers:
        leavers.append([
            _cell(cell) for cell in (
                one.customer.name, one.customer.key, one.owner.name if one.owner else "", reader.text(f"show.level.{one.level}"),
                round(one.score), None if one.change is None else round(one.change), one.annual_value, one.expected_loss,
                one.last_contact.isoformat() if one.last_contact else "", one.reason,
            )
        ])  # fmt: skip
    _dress(leavers, WIDTHS)
    leavers.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(value: object) -> object:
    """Numbers stay numbers; a text that would be run as a formula gets a leading apostrophe."""
    return safe_cell(value) if isinstance(value, str) else value


def _dress(sheet: Worksheet, widths: tuple[int, ...]) -> None:
    for cell in sheet[1]:
        cell.font = openpyxl.styles.Font(bold=True)
    for number, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + number)].width = width


def _figures(reader: Reader, report: ReportOut) -> Iterator[tuple[object, ...]]:
    handled = report.handled
    yield reader.text("show.report.title"), report.since.isoformat(), report.until.isoformat()
    yield "", reader.text("show.report.now"), reader.text("show.report.before")
    for level in ("high", "medium", "early", "normal"):
        yield reader.text(f"show.level.{level}"), report.levels.get(level, 0), report.levels_before.get(level, "")
    yield reader.text("show.report.high_value"), report.high_value, "" if report.high_value_before is None else report.high_value_before
    yield reader.text("show.report.raised"), report.raised
    for kind, count in sorted(report.outcomes.items()):
        yield reader.text(f"show.outcome.{kind}"), count
    yield reader.text("show.report.lost_value"), report.lost_value
    yield reader.text("show.report.told"), handled.told
    yield reader.text("show.report.answered"), handled.answered
    yield reader.text("show.report.median_hours"), "" if handled.median_hours is None else handled.median_hours
    yield reader.text("show.report.in_time"), handled.in_time, handled.with_deadline
    yield reader.text("show.report.escalated"), handled.escalated
    if handled.precision is not None:
        found = handled.precision
        yield reader.text("show.report.precision", {"n": found.n}), found.value, f"{found.low:.2f}–{found.high:.2f}"
