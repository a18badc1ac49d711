"""How large an input may be. Every limit is named in the error that it raises."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of files. `workbook_rows` counts data rows of a sheet: a workbook is read into memory, a CSV is streamed.

    `workbook_cells` counts the places from the first cell to the last one, empty ones included: about 32 bytes each.
    """

    file_bytes: int = 2048 * MEBIBYTE
    workbook_bytes: int = 100 * MEBIBYTE
    workbook_unpacked_bytes: int = 1024 * MEBIBYTE
    workbook_rows: int = 500_000
    workbook_cells: int = 80_000_000
    columns: int = 300
    cell_characters: int = 100_000
    ingest_rows: int = 5_000
    ingest_bytes: int = 10 * MEBIBYTE


LIMITS = Limits()
"""The limits in force."""
