"""A linear model over grams in one small file: a header, the grams, and their weights in eight bits each.

Layout: 8 bytes of magic, then LZMA of: one line of JSON (bias, scale, planes, facts), the grams separated by line feeds, a zero
byte, and `planes` × grams signed bytes. Scored with a dictionary; nothing but the standard library is needed.
"""

from __future__ import annotations

import json
import lzma
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path

MAGIC = b"LIUKETX1"
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9}]


@dataclass(frozen=True, slots=True)
class Linear:
    """`bias + sum of weights / sqrt(known grams)`: grams count once, and a long text is not louder than a short one."""

    weights: Mapping[str, float]
    bias: float
    facts: Mapping[str, object] = field(default_factory=dict)

    def logit(self, grams: set[str]) -> float:
        """The log-odds of a text's grams; the bias alone where none is known."""
        found = self.known(grams)
        return self.bias if found is None else found

    def known(self, grams: set[str]) -> float | None:
        """The same, none where no gram is known. Rounded, so that the order of adding up cannot show."""
        weights = list(filter(None, map(self.weights.get, grams)))
        return round(self.bias + sum(weights) / sqrt(len(weights)), 6) if weights else None


def packed(grams: Sequence[str], planes: Sequence[Sequence[int]], header: Mapping[str, object]) -> bytes:
    """The file of one or more weight planes over the same grams; weights are whole numbers within ±127."""
    line = json.dumps(header, ensure_ascii=False, sort_keys=True).encode()
    body = b"\n".join((line, *(gram.encode() for gram in grams))) + b"\0" + b"".join(array("b", plane).tobytes() for plane in planes)
    return MAGIC + lzma.compress(body, format=lzma.FORMAT_RAW, filters=_FILTERS)


def unpacked(data: bytes) -> tuple[dict[str, object], list[str], list[array[int]]]:
    """Header, grams and planes of a file. Raises ValueError where it is none of ours."""
    if not data.startswith(MAGIC):
        raise ValueError("not a file of text weights")
    body = lzma.decompress(data[len(MAGIC) :], format=lzma.FORMAT_RAW, filters=_FILTERS)
    words, _, numbers = body.partition(b"\0")
    line, *grams = words.decode().split("\n")
    count = len(grams)
    planes = [array("b", numbers[place : place + count]) for place in range(0, len(numbers), count)] if count else []
    return json.loads(line), grams, planes


def linear_of(header: Mapping[str, object], grams: Sequence[str], plane: Sequence[int], place: int = 0) -> Linear:
    """One plane as a model; grams that weigh nothing are left out."""
    biases, scales = header["biases"], header["scales"]
    assert isinstance(biases, list)  # noqa: S101 - written by `packed`
    assert isinstance(scales, list)  # noqa: S101
    scale = float(scales[place])
    return Linear({gram: weight * scale for gram, weight in zip(grams, plane, strict=True) if weight}, float(biases[place]), header)


def loaded(path: Path) -> tuple[Linear, ...]:
    """All planes of a file, in order."""
    header, grams, planes = unpacked(path.read_bytes())
    return tuple(linear_of(header, grams, plane, place) for place, plane in enumerate(planes))
