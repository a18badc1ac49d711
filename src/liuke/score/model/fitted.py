"""A model that has been learned: log-odds, probabilities and parts that add up to the last bit; bytes in and out, never pickle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from liuke.base.later import Later
from liuke.score.model.encode import Encoded, Encoder
from liuke.score.model.linear import Linear
from liuke.score.model.pack import Head, packed, unpacked
from liuke.score.model.randomised import Randomised
from liuke.score.model.scorecard import Scorecard
from liuke.score.model.table import Column, Numbers, Table
from liuke.score.model.trees import Trees

special = Later("scipy.special")

Member = Linear | Scorecard | Trees | Randomised

STEP = 2.0**-32
"""Log-odds and parts are whole multiples of this, so that their sums have no rounding, in whatever order they are added."""
CHUNK = 100_000
"""Rows scored at a time."""


@dataclass(frozen=True, slots=True)
class Contributions:
    """`base + parts.sum(axis=1)` equals `Fitted.logit` exactly. `parts`: (rows, len(names)), log-odds per column."""

    base: float
    names: tuple[str, ...]
    parts: Numbers


@dataclass(frozen=True, slots=True)
class Fitted:
    """See `fit`. `members`: name → weight ≥ 0; `held_out`: log-odds of the training rows by models that did not see them (NaN where

    no inner split tested a row; empty after `from_bytes`); `about`: facts for the model card, JSON-ready.
    """

    encoder: Encoder
    learned: Mapping[str, Member]
    members: Mapping[str, float]
    intercept: float
    held_out: Numbers = field(default_factory=lambda: np.empty(0))
    about: Mapping[str, object] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that the model reads; a table to be scored must have them."""
        return self.encoder.columns

    def logit(self, table: Table) -> Numbers:
        """(rows,) log-odds."""
        return np.concatenate([_stepped(self._sum(rows)) for rows in self._chunks(table)])

    def probability(self, table: Table) -> Numbers:
        """(rows,) chance of the outcome as the model sees it."""
        return np.asarray(special.expit(self.logit(table)))

    def contributions(self, table: Table) -> Contributions:
        """What each column adds to the log-odds of each row, against the usual row."""
        base = float(_stepped(np.array([self._base()]))[0])
        parts = np.vstack([self._parts(rows, base) for rows in self._chunks(table)])
        return Contributions(base, tuple(column.name for column in self.columns), parts)

    def to_bytes(self) -> bytes:
        """Everything but `held_out`: JSON and xgboost's own format."""
        lines = {name: member for name, member in self.learned.items() if not isinstance(member, Trees)}
        trees = {name: member.to_bytes() for name, member in self.learned.items() if isinstance(member, Trees)}
        return packed(Head(self.encoder, lines, dict(self.members), self.intercept, dict(self.about)), trees)

    @classmethod
    def from_bytes(cls, data: bytes) -> Fitted:
        """The reverse of `to_bytes`: the same log-odds, bit for bit. Raises ValueError for anything else."""
        head, trees = unpacked(data)
        learned: dict[str, Member] = {**head.lines, **{name: _trees(name).from_bytes(blob) for name, blob in trees.items()}}
        return cls(head.encoder, learned, head.members, head.intercept, about=head.about)

    def _chunks(self, table: Table) -> Iterator[Encoded]:
        chosen = table.only([column.name for column in self.columns])
        for start in range(0, max(1, len(chosen)), CHUNK):
            yield Encoded(self.encoder, chosen.take(np.arange(start, min(start + CHUNK, len(chosen)))))

    def _sum(self, rows: Encoded) -> Numbers:
        total = np.full(len(rows.table), self.intercept)
        for name, weight in self.members.items():
            total += weight * self.learned[name].logit(rows)
        return total

    def _base(self) -> float:
        return self.intercept + sum(weight * self.learned[name].base for name, weight in self.members.items())

    def _parts(self, rows: Encoded, base: float) -> Numbers:
        """Stepped parts; what rounding took goes to each row's largest part, a few billionths of a log-odd."""
        parts = np.zeros((len(rows.table), len(self.columns)))
        for name, weight in self.members.items():
            parts += weight * self.learned[name].parts(rows)
        parts = _stepped(parts)
        left = _stepped(self._sum(rows)) - base - parts.sum(axis=1)
        if parts.shape[1]:
            parts[np.arange(len(parts)), np.abs(parts).argmax(axis=1)] += left
        return parts


def _trees(name: str) -> type[Trees]:
    return Randomised if name == "randomised" else Trees


def _stepped(values: Numbers) -> Numbers:
    return np.asarray(np.round(values / STEP) * STEP)
