"""What a file looks like, before anybody says what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    """How the file is read."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, its place in the row (from 0) and the first values that are not blank."""

    name: str
    place: int
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Detected:
    """A readable file. `header_line` is physical, counted from 1; `rows` is exact for a workbook, an upper bound for CSV."""

    format: Format
    columns: tuple[Column, ...]
    header_line: int
    rows: int
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The headers in order."""
        return [column.name for column in self.columns]

    def to_data(self) -> dict[str, object]:
        """Plain data for the inbox row; `from_data` reads it back."""
        return {
            "format": self.format.value,
            "columns": [{"name": column.name, "place": column.place, "samples": list(column.samples)} for column in self.columns],
            "header_line": self.header_line,
            "rows": self.rows,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "sheet": self.sheet,
            "sheets": list(self.sheets),
        }


def from_data(data: Mapping[str, object]) -> Detected:
    """What `Detected.to_data` wrote; other keys are ignored."""
    columns = data["columns"]
    sheets = data.get("sheets") or ()
    if not isinstance(columns, Sequence) or not isinstance(sheets, Sequence):
        raise TypeError(f"not a detected file: {data!r}")
    return Detected(
        format=Format(str(data["format"])),
        columns=tuple(Column(str(each["name"]), int(each["place"]), tuple(each.get("samples", ()))) for each in columns),
        header_line=int(str(data["header_line"])),
        rows=int(str(data["rows"])),
        encoding=str(data.get("encoding", "")),
        delimiter=str(data.get("delimiter", "")),
        sheet=str(data.get("sheet", "")),
        sheets=tuple(str(name) for name in sheets),
    )
