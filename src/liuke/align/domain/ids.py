"""Identity of rows that bring no id of their own: hash of the content, and the number of its occurrence in the file."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_DIGEST_BYTES = 12
_SEPARATOR = "\x1f"


def content_digests(columns: Sequence[pa.Array]) -> NDArray[np.bytes_]:
    """One digest per row over text columns of equal length; null and empty text count as the same.

    24 hexadecimal digits (96 bits of BLAKE2b), stable across machines and releases: stored ids depend on it.
    """
    filled = [pc.fill_null(pc.cast(column, pa.string()), "") for column in columns]
    joined = pc.binary_join_element_wise(*filled, _SEPARATOR).to_pylist()
    digests = b"".join(blake2b(text.encode(), digest_size=_DIGEST_BYTES).digest() for text in joined)
    return np.frombuffer(digests.hex().encode(), dtype=f"S{2 * _DIGEST_BYTES}")


class Occurrences:
    """Numbers equal digests 1, 2, 3 … across the chunks of one file, so that identical lines stay apart.

    Memory: 16 bytes per distinct digest.
    """

    def __init__(self) -> None:
        self._seen: NDArray[np.uint64] = np.empty(0, np.uint64)
        self._counts: NDArray[np.int64] = np.empty(0, np.int64)

    def number(self, digests: NDArray[np.bytes_]) -> NDArray[np.int64]:
        """The occurrence number of each row, counting from 1 and going on from the chunks before."""
        keys = np.array([int(text[:16], 16) for text in digests.tolist()], np.uint64)
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        first = np.ones(len(keys), bool)
        first[1:] = ordered[1:] != ordered[:-1]
        starts = np.flatnonzero(first)
        sizes = np.diff(np.append(starts, len(keys)))
        within = np.arange(len(keys)) - np.repeat(starts, sizes)
        numbers = np.empty(len(keys), np.int64)
        numbers[order] = within + 1 + np.repeat(self._add(ordered[starts], sizes), sizes)
        return numbers

    def _add(self, keys: NDArray[np.uint64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Counts before this chunk of sorted unique keys; afterwards they include it."""
        at = np.searchsorted(self._seen, keys)
        known = at < len(self._seen)
        known[known] = self._seen[at[known]] == keys[known]
        before = np.zeros(len(keys), np.int64)
        before[known] = self._counts[at[known]]
        self._counts[at[known]] += sizes[known]
        self._seen = np.insert(self._seen, at[~known], keys[~known])
        self._counts = np.insert(self._counts, at[~known], sizes[~known])
        return before


def row_ids(columns: Sequence[pa.Array], occurrences: Occurrences) -> pa.Array:
    """`<digest>-<occurrence>` per row. The same file again gives the same ids; identical lines of one file differ."""
    digests = content_digests(columns)
    numbers = pa.array(occurrences.number(digests)).cast(pa.string())
    return pc.binary_join_element_wise(pa.array(digests).cast(pa.string()), numbers, "-")
