"""One way to write everything: width, case, traditional characters, invisible characters and markup are folded away before reading.

Folding goes character by character, so that every place of the folded text leads back to a place of the given one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from liuke.text.reading import Span
from liuke.text.traditional import SIMPLIFIED

LONGEST = 4000
"""Code points that are read of one text; what comes after is not looked at, which bounds time and memory."""
_MARKUP = re.compile(r"<[^<>]{0,300}>|&(?:#\d{1,7}|[A-Za-z]{2,8});|https?://[^\s<>\u4e00-\u9fff]{1,500}")


class _Table(dict[int, str]):
    """Code point → its folded text, worked out at first sight; at most one entry per code point of Unicode."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()
        """Characters seen that are folded into none or into several: only they move the places after them."""

    def __missing__(self, code: int) -> str:
        folded = _fold_one(chr(code))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        self[code] = folded
        return folded


def _fold_one(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me"}:  # zero-width joiners, variation selectors and stacked accents hide words
        return ""
    if category[0] in "CZ":  # blanks, control characters, lone surrogates, private use
        return " "
    plain = unicodedata.normalize("NFKC", character).lower()
    kept = "".join(" " if part.isspace() else part for part in plain if unicodedata.category(part) not in {"Cf", "Mn", "Me"})
    return "".join(SIMPLIFIED.get(part, part) for part in kept)


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the beginning of the given text that it stands for."""

    text: str
    given: str

    def spans(self, places: list[tuple[int, int]]) -> tuple[Span, ...]:
        """Where places `[start, end)` of the folded text lie in the given one; overlapping ones are merged, in order."""
        if not places:
            return ()
        ends = None if _TABLE.uneven.isdisjoint(self.given) else list(accumulate(len(_TABLE[ord(one)]) for one in self.given))
        merged: list[Span] = []
        for start, end in sorted(places):
            span = Span(start, end) if ends is None else Span(bisect_right(ends, start), bisect_right(ends, end - 1) + 1)
            if merged and span.start < merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        return tuple(merged)


def fold(text: str) -> Folded:
    """The first `LONGEST` code points, folded. Markup and addresses become blanks of the same length."""
    given = text[:LONGEST]
    if "<" in given or "&" in given or "://" in given:
        given = _MARKUP.sub(lambda found: " " * len(found.group()), given)
    return Folded(given.translate(_TABLE), given)
