"""What a flat table says about its outcome: which rows had it, and which rows are earlier or later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from liuke.base.errors import Invalid
from liuke.score.model import Column, Split, Table, table_of

FEWEST = 4
"""Rows of each outcome without which nothing can be judged."""
YES = ("1", "1.0", "true", "yes", "y", "t", "是", "流失", "已流失", "churn", "churned", "left", "lost", "exited", "attrited customer")
NO = ("0", "0.0", "false", "no", "n", "f", "否", "未流失", "正常", "留存", "retained", "stayed", "active", "existing customer", "-1")
BLANK = ("", "nan", "null", "none", "na", "n/a")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`y` (rows, 0/1) of the rows whose outcome is `known`; `positive` is the value that counts as lost."""

    known: NDArray[np.bool_]
    y: NDArray[np.int64]
    positive: str


def column_named(table: pa.Table, name: str, what: str) -> str:
    """The column of this name, whatever its case. Raises Invalid("table_column") with the nearest names."""
    plain: dict[str, str] = {found.strip().lower(): found for found in table.column_names}
    if name in table.column_names:
        return name
    if name.strip().lower() in plain:
        return plain[name.strip().lower()]
    near = get_close_matches(name, table.column_names, n=3, cutoff=0.5) or table.column_names[:20]
    raise Invalid("table_column", what=what, got=name, near=", ".join(near))


def outcome_of(values: pa.ChunkedArray, positive: str = "") -> Outcome:
    """The outcome of every row. Without `positive`: a word for yes, else the rarer of two values.

    Raises Invalid: one value only, more than two without `positive`, a `positive` that does not occur, too few rows of an outcome.
    """
    texts = ["" if value is None else str(value).strip() for value in values.to_pylist()]
    known = np.array([text.lower() not in BLANK for text in texts], dtype=np.bool_)
    counts = Counter(text for text, is_known in zip(texts, known, strict=True) if is_known)
    chosen = _positive(counts, positive)
    y = np.array([_same(text, chosen) for text, is_known in zip(texts, known, strict=True) if is_known], dtype=np.int64)
    lost, stayed = int(y.sum()), int((1 - y).sum())
    if min(lost, stayed) < FEWEST:
        raise Invalid("table_few", lost=lost, stayed=stayed, least=FEWEST)
    return Outcome(known, y, chosen)


def _positive(counts: Counter[str], asked: str) -> str:
    listed = ", ".join(f"{value} ({count})" for value, count in counts.most_common(8))
    if asked:
        if not any(_same(value, asked) for value in counts):
            raise Invalid("table_positive", got=asked, values=listed)
        return asked
    if len(counts) < 2:
        raise Invalid("table_one_value", values=listed or "—")
    if len(counts) > 2:
        raise Invalid("table_many_values", count=len(counts), values=listed)
    return _positive_of_two(counts)


def _positive_of_two(counts: Counter[str]) -> str:
    """The only word for yes, else the one beside the only word for no, else the rarer."""
    yes = [value for value in counts if value.lower() in YES]
    if len(yes) == 1:
        return yes[0]
    no = [value for value in counts if value.lower() in NO]
    if len(no) == 1:
        return next(value for value in counts if value not in no)
    return min(counts, key=lambda value: counts[value])


def _same(value: str, wanted: str) -> bool:
    """Equal as text in any case, or as number: 1 and 1.0."""
    if value.lower() == wanted.strip().lower():
        return True
    try:
        return float(value) == float(wanted)
    except ValueError:
        return False


def later_rows(values: pa.ChunkedArray, until: str) -> tuple[Split, NDArray[np.float64]]:
    """Rows up to and including `until` to learn from, later ones to be judged; and a number that grows with time, per row.

    Numbers and dates are compared as such, other values as text ("2017Q4"). Raises Invalid("table_until") unless both sides have rows.
    """
    table = table_of(pa.table({"time": values}), declared=None)
    if table.columns[0].kind == "number":
        at = table.number("time")
        limit = _limit(until)
    else:
        words, ranks = np.unique(table.words("time").astype(np.str_), return_inverse=True)
        at, limit = ranks.astype(np.float64), float(np.searchsorted(words, until, side="right")) - 1
        at[ranks == 0] = np.nan if words[0] == "" else 0.0
    split = Split(np.flatnonzero(at <= limit), np.flatnonzero(at > limit))
    if not len(split.train) or not len(split.test):
        raise Invalid("table_until", got=until, before=len(split.train), after=len(split.test))
    return split, at


def _limit(until: str) -> float:
    try:
        return float(until)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(until)
    except ValueError as fault:
        raise Invalid("table_until", got=until, before=0, after=0) from fault
    return (moment.replace(tzinfo=None) - datetime(1970, 1, 1)).total_seconds() / 86_400  # noqa: DTZ001 - a distance of days


def features_of(data: pa.Table, leave_out: Sequence[str]) -> Table:
    """The columns to learn from. Raises Invalid("table_features") where there is none."""
    table = table_of(data, leave_out=leave_out)
    if not table.columns:
        raise Invalid("table_features", left_out=", ".join(leave_out))
    return table


__all__ = ["Column", "Outcome", "column_named", "features_of", "later_rows", "outcome_of"]
