"""数据就绪度: whether a signal can be computed, for how many customers, and why not (DAT-15)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc

from liuke.signals.domain.signal import Signal

NEEDS_TEXT = "missing.needs_text"
"""The reason of signals that wait for the text reader."""


class State(StrEnum):
    """How far a signal can be computed."""

    READY = "ready"
    """For at least one customer in two."""
    PARTIAL = "partial"
    """For some."""
    MISSING = "missing"
    """For nobody."""
    OFF = "off"
    """停用 in the score's settings: nothing is computed."""


READY_FROM = 0.5
"""Share of customers from which a signal counts as ready: new and rare customers never have enough history for all."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """One signal. `computable` of `customers`; `missing`: catalogue key of why not → customers, the most first."""

    state: State
    customers: int
    computable: int
    missing: Mapping[str, int] = field(default_factory=dict)

    @property
    def needs_text(self) -> bool:
        """Whether the text reader would unlock it."""
        return NEEDS_TEXT in self.missing


def missing_counts(not_computable: pa.ChunkedArray) -> dict[str, dict[str, int]]:
    """From a scoring's column `not_computable` (JSON text per customer): signal → reason → customers. Few patterns, many rows."""
    found: dict[str, Counter[str]] = {}
    for pattern in pc.value_counts(not_computable).to_pylist():
        for code, key in json.loads(pattern["values"] or "{}").items():
            found.setdefault(code, Counter())[key] += int(pattern["counts"])
    return {code: dict(counts.most_common()) for code, counts in sorted(found.items())}


def readiness_of(signal: Signal, *, kinds: Collection[str], customers: int, missing: Mapping[str, int], enabled: bool = True) -> Readiness:
    """Of one signal. `missing`: its part of `missing_counts` of the last scoring; `kinds`: those that the workspace has."""
    if signal.needs and not set(signal.needs) & set(kinds):
        return Readiness(State.MISSING, customers, 0, {signal.missing: customers})
    if not enabled:
        return Readiness(State.OFF, customers, 0)
    ordered = dict(sorted(missing.items(), key=lambda item: (-item[1], item[0])))
    computable = max(customers - sum(ordered.values()), 0)
    if not computable and customers:
        return Readiness(State.MISSING, customers, 0, ordered)
    state = State.READY if computable >= READY_FROM * customers else State.PARTIAL
    return Readiness(state, customers, computable, ordered)
