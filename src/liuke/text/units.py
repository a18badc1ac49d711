"""What the emotion model counts: Chinese characters and Latin words, alone, in pairs and in threes.

The same function makes the features in training and at run time; a change here needs a new artefact.
"""

from __future__ import annotations

import re
from operator import add

_MIXED = re.compile(r"[a-z0-9]")
_UNIT = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+|[^\sa-z0-9]")


def units_of(folded: str) -> list[str] | str:
    """Characters without blanks; Latin words are one unit each with a blank before, runs of digits are one `0`."""
    if not _MIXED.search(folded):
        return folded.replace(" ", "")
    return [_unit(unit) for unit in _UNIT.findall(folded)]


def _unit(unit: str) -> str:
    first = unit[0]
    if first.isdigit() and first.isascii():
        return "0"
    return f" {unit}" if "a" <= first <= "z" else unit


def grams_of(folded: str) -> set[str]:
    """Every unit, pair and three of a folded text, once."""
    units = units_of(folded)
    pairs = list(map(add, units, units[1:]))
    grams = set(units)
    grams.update(pairs)
    grams.update(map(add, pairs, units[2:]))
    return grams
