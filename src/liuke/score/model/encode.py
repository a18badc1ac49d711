"""A table to numbers, twice: as they are for trees, as quantile-normal scores for straight lines. Learned on training rows only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from liuke.base.later import Later
from liuke.score.model.codes import Code, RateCode, learn_code, rates_of_others
from liuke.score.model.table import Column, Numbers, Table

if TYPE_CHECKING:
    from xgboost import DMatrix

xgboost = Later("xgboost")


class Encoder(msgspec.Struct, frozen=True):
    """One code per column."""

    codes: tuple[Code, ...]

    @classmethod
    def learn(cls, table: Table, y: NDArray[Any]) -> Encoder:
        """From training rows."""
        return cls(tuple(learn_code(column, table.values[column.name], y) for column in table.columns))

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns it reads."""
        return tuple(code.column for code in self.codes)

    def lines(self, table: Table) -> Numbers:
        """(rows, features) for straight lines: mean 0 and variance 1 on the training rows."""
        return _joined([code.lines(table.values[code.column.name]) for code in self.codes], len(table), np.float64)

    def trees(self, table: Table) -> NDArray[np.float32]:
        """(rows, features) for trees: values as they are, NaN where missing."""
        return _joined([code.trees(table.values[code.column.name]) for code in self.codes], len(table), np.float32)

    @property
    def line_owner(self) -> NDArray[np.int64]:
        """Feature of `lines` → number of its column."""
        return np.repeat(np.arange(len(self.codes)), [code.line_width for code in self.codes])

    @property
    def tree_owner(self) -> NDArray[np.int64]:
        """Feature of `trees` → number of its column."""
        return np.repeat(np.arange(len(self.codes)), [code.tree_width for code in self.codes])

    @property
    def monotone(self) -> tuple[int, ...]:
        """Per feature of `trees`: 1 rising, -1 falling, 0 either."""
        return tuple(np.repeat(self._directions, [code.tree_width for code in self.codes]).tolist())

    @property
    def line_signs(self) -> tuple[int, ...]:
        """Per feature of `lines`, likewise; whether a value is missing goes either way."""
        rest = ((0,) * (code.line_width - 1) for code in self.codes)
        return tuple(sign for first, others in zip(self._directions, rest, strict=True) for sign in (first, *others))

    @property
    def _directions(self) -> list[int]:
        return [code.column.monotone if code.column.kind == "number" else 0 for code in self.codes]


class Encoded:
    """Rows as both kinds of numbers, each made when it is first asked for."""

    def __init__(self, encoder: Encoder, table: Table) -> None:
        self.encoder = encoder
        self.table = table

    @cached_property
    def lines(self) -> Numbers:
        """See `Encoder.lines`."""
        return self.encoder.lines(self.table)

    @cached_property
    def trees(self) -> NDArray[np.float32]:
        """See `Encoder.trees`."""
        return self.encoder.trees(self.table)

    @cached_property
    def matrix(self) -> DMatrix:
        """`trees` as xgboost's explanations take it."""
        matrix: DMatrix = xgboost.DMatrix(self.trees)
        return matrix


def encoded_for_training(encoder: Encoder, table: Table, y: NDArray[Any], part: NDArray[np.int64]) -> Encoded:
    """The training rows; the rates of categories come from the other parts (`part`: row → 0, 1, …), never from a row's own outcome."""
    rows = Encoded(encoder, table)
    for place, code in enumerate(encoder.codes):
        if isinstance(code, RateCode):
            rates = rates_of_others(code, table.values[code.column.name], y, part)
            rows.trees[:, encoder.tree_owner == place] = rates
            rows.lines[:, encoder.line_owner == place] = (rates - code.centre) / code.spread
    return rows


def _joined(blocks: Sequence[NDArray[Any]], rows: int, kind: type[Any]) -> NDArray[Any]:
    out = np.empty((rows, sum(block.shape[1] for block in blocks)), dtype=kind)
    at = 0
    for block in blocks:
        out[:, at : at + block.shape[1]] = block
        at += block.shape[1]
    return out
