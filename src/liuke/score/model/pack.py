"""A model as bytes: a mark, the length of a JSON head, the head, the boosters. Nothing in it is ever executed."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import msgspec

from liuke.score.model.encode import Encoder
from liuke.score.model.linear import Linear
from liuke.score.model.scorecard import Scorecard

MARK = b"LIUKE-MODEL-1\n"
LEVEL = 3
"""How hard the boosters are packed: a fifth of their size in a fifth of a second."""


class Head(msgspec.Struct):
    """All of a model that is not trees; `sizes` of the boosters that follow."""

    encoder: Encoder
    lines: dict[str, Linear | Scorecard]
    members: dict[str, float]
    intercept: float
    about: dict[str, object]
    sizes: dict[str, int] = {}


def packed(head: Head, trees: Mapping[str, bytes]) -> bytes:
    """The bytes."""
    packs = {name: zlib.compress(blob, LEVEL) for name, blob in trees.items()}
    text = msgspec.json.encode(msgspec.structs.replace(head, sizes={name: len(blob) for name, blob in packs.items()}))
    return b"".join([MARK, len(text).to_bytes(8, "big"), text, *packs.values()])


def unpacked(data: bytes) -> tuple[Head, dict[str, bytes]]:
    """Head and boosters. Raises ValueError where the bytes are not a whole model of this kind."""
    if not data.startswith(MARK):
        raise ValueError("not a model of this program")
    start = len(MARK) + 8
    size = int.from_bytes(data[len(MARK) : start], "big")
    head = msgspec.json.decode(data[start : start + size], type=Head)
    at, trees = start + size, {}
    for name, length in head.sizes.items():
        trees[name] = zlib.decompress(data[at : at + length])
        at += length
    if at != len(data):
        raise ValueError(f"a model of {at} bytes in {len(data)}")
    return head, trees
