"""Rows on their way: text columns with the physical line of every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be laid out in columns; `code` and `params` are a message `rejects.<code>`."""

    line: int
    cells: Sequence[str]
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a file. `columns` in the order of `Detected.columns`, all text, never null; `lines` from 1."""

    lines: NDArray[np.int64]
    columns: Sequence[pa.Array]
    broken: Sequence[BrokenRow] = ()

    def __len__(self) -> int:
        return len(self.lines)
