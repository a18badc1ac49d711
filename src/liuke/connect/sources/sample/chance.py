"""Reproducible chance: a number in [0, 1) from (seed, stream, key), independent of order and of what else is drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Chance:
    """Draws per key, so that what is made for one order never depends on any other order, least of all on a later one.

    SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014) as a hash.
    """

    def __init__(self, keys: NDArray[np.int64], seed: int) -> None:
        self.keys = keys
        self.seed = seed

    def uniform(self, stream: str) -> NDArray[np.float64]:
        """One number in [0, 1) per key; streams of different names are independent."""
        salt = (int.from_bytes(stream.encode()[:7].ljust(7, b"_"), "big") ^ self.seed) * 0xD1B54A32D192ED03
        mixed = self.keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(salt % (1 << 64))
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
        mixed ^= mixed >> np.uint64(31)
        return (mixed >> np.uint64(11)).astype(np.float64) / float(1 << 53)

    def between(self, stream: str, low: float, high: float) -> NDArray[np.float64]:
        """Evenly from [low, high)."""
        return low + (high - low) * self.uniform(stream)

    def pick(self, stream: str, count: int) -> NDArray[np.int64]:
        """An index below `count`."""
        return (self.uniform(stream) * count).astype(np.int64)

    def choose(self, stream: str, options: Sequence[str]) -> list[str]:
        """One of the options per key."""
        return [options[index] for index in self.pick(stream, len(options)).tolist()]

    def at(self, rows: NDArray[np.bool_]) -> Chance:
        """The same chance for some of the keys."""
        return Chance(self.keys[rows], self.seed)
