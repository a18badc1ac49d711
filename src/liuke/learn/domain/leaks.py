"""Leak checks: whether a table to learn from knows something that nobody could have known (docs/algorithms/leaks.md).

`leaks_check` asks everything that arrays can tell; `leaks_names` reads column names alone; `leaks_replayed` compares columns computed
from the whole store with those computed after what became known later was taken away. Each finding says what to do; `BLOCK` ones
stop a training, `WARN` ones stand on the model card.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from liuke.learn.domain.leaks_columns import (
    ended_early,
    grows_with_time,
    numbered_by_outcome,
    rows_again,
    single_auc,
)
from liuke.learn.domain.leaks_fit import Gap, split_gap
from liuke.learn.domain.promise import Flags, Ids, Numbers
from liuke.score.model.table import Table


class Level(StrEnum):
    """Whether a finding stops a training."""

    BLOCK = "block"
    WARN = "warn"


class Check(StrEnum):
    """What was asked; texts are `leaks.<check>.title`, `.text` and `.todo`."""

    FUTURE = "future"
    SINGLE = "single"
    SPLIT = "split"
    DUPLICATES = "duplicates"
    TWICE = "twice"
    NAME = "name"
    LENGTH = "length"
    ENDED = "ended"
    NUMBERED = "numbered"


SINGLE_WARN, SINGLE_BLOCK = 0.90, 0.97
GAP = 0.03
DUPLICATES = 0.01
FEWEST = 10
"""Losses and stays below which a single column's AUC says nothing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `columns`: where; `value` and `limit`: the measure and what it may be; `n`: rows behind it."""

    check: Check
    level: Level
    columns: tuple[str, ...] = ()
    value: float | None = None
    limit: float | None = None
    n: int = 0

    def to_plain(self) -> dict[str, object]:
        """JSON-ready."""
        return {
            "check": self.check.value, "level": self.level.value, "columns": list(self.columns),
            "value": self.value, "limit": self.limit, "n": self.n,
        }  # fmt: skip

    @property
    def params(self) -> dict[str, object]:
        """What the texts of `leaks.<check>.*` are filled with."""
        return {
            "columns": ", ".join(self.columns), "value": _short(self.value), "limit": _short(self.limit), "n": self.n,
            "count": len(self.columns),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suspect:
    """A table to learn from. `lost` per row; `customers` and `origin` (0, 1, … in time) where there are several rows each.

    `observed_until`: the end of each row's window of observation in any unit, where rows do not share one.
    """

    table: Table
    lost: Flags
    customers: Ids | None = None
    origin: Ids | None = None
    observed_until: Numbers | None = None
    split: bool = True
    """Whether the splits are compared, which fits two small models."""
    seed: int = field(default=7)


def leaks_check(suspect: Suspect) -> tuple[Finding, ...]:
    """Everything that arrays can tell, blocking findings first. Deterministic for a seed."""
    found = [
        *leaks_names(suspect.table.names),
        *_singles(suspect),
        *_again(suspect),
        *_lengths(suspect),
        *_numbered(suspect),
        *(_split(suspect) if suspect.split else ()),
    ]
    return tuple(sorted(found, key=lambda finding: (finding.level is Level.WARN, -(finding.value or 0.0))))


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stop a training."""
    return tuple(finding for finding in findings if finding.level is Level.BLOCK)


_OUTCOME = re.compile(
    r"churn|attrit|defect(?!ive|s?_(n|count|share))|cancel+(ation|ed)?_?(reason|date|day|at|type|feedback)|exit_?(date|reason|survey|interview)"
    r"|terminat\w*_?(reason|date|day|at|type)|(un|de)_?(subscri\w*|regist\w*)|clos(ed|ing|ure)_?(date|at|on|reason|day)|leav(e|ing)_?(date|reason)"
    r"|^(label|target|outcome|final_result|is_lost|lost|left|exited|reacquire\w*)$|customer_status|account_status$|lost_(at|date|reason)"
    r"|流失|退订|注销|解约|销户|离网|离开原因|取消原因|终止(原因|日期)|最终结果|挽回结果"
)
_AFTER = re.compile(
    r"remaining_?(contract|term|month|day)|contract_?remaining|(days|months)_?(until|to|before)_?(end|churn|exit|expir\w*)|win_?back|retention_(offer|call|team)"
    r"|save_desk|follow_?up_result|satisfaction_score_after|refund_after|next_(month|period|quarter|order|purchase)|future|_after_"
    r"|剩余(合同|合约)|距(离)?到期|挽留|挽回|未来|下(个|一)?(月|期|季|次)"
)


def leaks_names(names: Iterable[str]) -> tuple[Finding, ...]:
    """Column names that smell of the outcome or of what follows it. A name alone warns; the figures decide whether it blocks."""
    smelling = tuple(name for name in names if _OUTCOME.search(_snake(name)) or _AFTER.search(_snake(name)))
    return (Finding(Check.NAME, Level.WARN, smelling, float(len(smelling)), 0.0),) if smelling else ()


def leaks_replayed(whole: Table, cut: Table, shuffled: Table) -> tuple[Finding, ...]:
    """Columns whose values changed after rows known later were removed (`cut`) or exchanged among customers (`shuffled`).

    All three have the same rows in the same order. Values must be the same to the last bit, but for sums that were added up in
    another order (a part in 10⁹).
    """
    changed = tuple(name for name in whole.names if any(_differs(whole, other, name) for other in (cut, shuffled)))
    if not changed:
        return ()
    return (Finding(Check.FUTURE, Level.BLOCK, changed, float(len(changed)), 0.0, len(whole)),)


def _differs(one: Table, other: Table, name: str) -> bool:
    if one.values[name].dtype == object:
        return bool((one.words(name) != other.words(name)).any())
    return not np.allclose(one.number(name), other.number(name), rtol=1e-9, atol=0.0, equal_nan=True)


def _singles(suspect: Suspect) -> list[Finding]:
    """Columns that tell the outcome nearly alone; those whose name smells too block from the lower limit on."""
    if min(int(suspect.lost.sum()), int((~suspect.lost).sum())) < FEWEST:
        return []
    named = {name for finding in leaks_names(suspect.table.names) for name in finding.columns}
    found = []
    for column in suspect.table.columns:
        value = single_auc(suspect.table, column, suspect.lost, suspect.seed)
        if value > SINGLE_WARN:
            level = Level.BLOCK if value > SINGLE_BLOCK or column.name in named else Level.WARN
            found.append(Finding(Check.SINGLE, level, (column.name,), value, SINGLE_WARN, len(suspect.lost)))
    return found


def _again(suspect: Suspect) -> list[Finding]:
    found = []
    share = rows_again(suspect.table, suspect.lost, suspect.origin)
    if share > DUPLICATES:
        found.append(Finding(Check.DUPLICATES, Level.WARN, (), share, DUPLICATES, len(suspect.lost)))
    if suspect.customers is not None and suspect.origin is not None:
        pairs = np.unique(np.stack([suspect.customers, suspect.origin]), axis=1).shape[1]
        twice = len(suspect.customers) - pairs
        if twice:
            found.append(Finding(Check.TWICE, Level.BLOCK, (), twice / len(suspect.customers), 0.0, twice))
    return found


def _lengths(suspect: Suspect) -> list[Finding]:
    found = []
    if suspect.observed_until is not None:
        value = ended_early(suspect.observed_until, suspect.lost, suspect.origin)
        if value is not None:
            found.append(Finding(Check.ENDED, Level.BLOCK, (), value, 0.6, len(suspect.lost)))
    columns = grows_with_time(suspect.table, suspect.lost) if suspect.origin is None else ()
    if columns:
        found.append(Finding(Check.LENGTH, Level.WARN, columns, float(len(columns)), 0.0, len(suspect.lost)))
    return found


def _numbered(suspect: Suspect) -> list[Finding]:
    return [
        Finding(Check.NUMBERED, Level.WARN, (name,), value, 0.6, len(suspect.lost))
        for name, value in numbered_by_outcome(suspect.table, suspect.lost)
    ]


def _split(suspect: Suspect) -> list[Finding]:
    """Trained on other customers of the same moment against trained on older moments: the same rows are judged by both."""
    if suspect.origin is None or suspect.customers is None:
        return []
    gap: Gap | None = split_gap(suspect.table, suspect.lost, suspect.customers, suspect.origin, seed=suspect.seed)
    if gap is None or gap.difference <= GAP or gap.low <= 0:
        return []
    return [Finding(Check.SPLIT, Level.WARN, (), gap.difference, GAP, gap.n)]


def _snake(name: str) -> str:
    """Lower case, words joined by underscores: "Cancel Reason", "cancelReason" and "cancel-reason" are one."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[\s\-./]+", "_", parted).lower()


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def findings_from_plain(rows: Iterable[Mapping[str, object]]) -> tuple[Finding, ...]:
    """Findings kept on a card; made by this product, so that a fault raises KeyError or ValueError."""
    return tuple(
        Finding(
            Check(str(row["check"])),
            Level(str(row["level"])),
            tuple(str(name) for name in _listed(row["columns"])),
            _number(row["value"]),
            _number(row["limit"]),
            int(str(row["n"])),
        )
        for row in rows
    )


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
