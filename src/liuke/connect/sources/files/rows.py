"""The two front doors of file reading: `detect` and `read_chunks`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from liuke.base.errors import Invalid, TooLarge
from liuke.connect.domain.chunk import Chunk
from liuke.connect.domain.detected import Detected, Format
from liuke.connect.domain.limits import LIMITS, MEBIBYTE, Limits
from liuke.connect.sources.files.text import detect_text, read_text
from liuke.connect.sources.files.workbook import detect_workbook, read_workbook

CHUNK_ROWS = 50_000
_ZIP = b"PK\x03\x04"
_PACKED = (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def detect(path: Path, *, sheet: str = "", encoding: str = "", limits: Limits = LIMITS) -> Detected:
    """What the file looks like, judged by its content, not its name. `encoding` overrides what would be found.

    Raises Invalid or TooLarge with what is wrong, where, and what is allowed.
    """
    size = path.stat().st_size
    if size == 0:
        raise Invalid("file_empty")
    if size > limits.file_bytes:
        raise TooLarge("file_too_large", megabytes=size // MEBIBYTE, limit=limits.file_bytes // MEBIBYTE)
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(_ZIP):
        return detect_workbook(path, limits, sheet)
    if head.startswith(_PACKED):
        raise Invalid("file_zip")
    if head.startswith(_OLD_OFFICE):
        raise Invalid("file_xls")
    return detect_text(path, limits, encoding)


def read_chunks(path: Path, detected: Detected, *, size: int = CHUNK_ROWS, limits: Limits = LIMITS) -> Iterator[Chunk]:
    """The rows in chunks of at most `size`; a CSV of any length in bounded memory."""
    reader = read_workbook if detected.format is Format.XLSX else read_text
    return reader(path, detected, size, limits)
