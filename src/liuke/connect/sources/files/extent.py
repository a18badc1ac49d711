"""How far a worksheet reaches, read from its XML as a stream: the reader of workbooks sets aside a place for every cell of the
rectangle, and a single cell in the far corner, a kilobyte of file, would ask for half a terabyte and end the process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

BLOCK = 1 << 24
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,9})[\"']")
_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d{1,9})[\"']")


def cells_reserved(sheet: IO[bytes]) -> int:
    """An upper bound of the rectangle's cells. Cells and rows that do not say where they are count from the ones before."""
    bottom = right = rows = unnumbered = unplaced = 0
    for block in _blocks(sheet):
        places, numbered = _PLACE.findall(block), _NUMBER.findall(block)
        starts = len(_ROW.findall(block))
        rows += starts
        unnumbered = rows if starts > len(numbered) else unnumbered
        right = max([right, *map(_column, {letters for letters, _ in places})])
        bottom = max([bottom, *map(int, {digits for _, digits in places} | set(numbered))])
        if len(_CELL.findall(block)) > len(places):
            unplaced = max([unplaced, *(len(_CELL.findall(row)) for row in _ROW.split(block))])
    return (bottom + unnumbered) * (right + unplaced)


def _blocks(sheet: IO[bytes]) -> Iterator[bytes]:
    """The XML in pieces that end before a row; a row longer than a piece is cut, and counted in parts."""
    rest = b""
    while piece := sheet.read(BLOCK):
        block = rest + piece
        cut = max(block.rfind(b"<row"), block.rfind(b":row"), 0)
        cut = cut if len(block) - cut < BLOCK else len(block)
        rest = block[cut:]
        yield block[:cut]
    yield rest


def _column(letters: bytes) -> int:
    """`A` is 1, `XFD` 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
