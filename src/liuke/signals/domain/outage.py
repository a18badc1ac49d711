"""BEY-06: "customer silent" told apart from "connector dead". Which sources stopped, and which signals wait for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from liuke.base.times import DAY_US
from liuke.signals.domain.signal import Signal

LEAST_DAYS = 10
"""A source that brought rows on fewer days has no usual gap: a single file is no connector."""
GRACE_DAYS, TIMES = 3.0, 4.0
ENDED_DAYS = 90.0
"""A source that brought nothing for longer is not down but finished: its past may still be scored."""
SHARE = 0.5
SILENT = "missing.source_silent"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a stream of rows reaches: a source, or a kind of a source. `usual_days`: the gap between days with rows that 95% keep."""

    name: str
    newest_us: int
    days: int
    usual_days: float
    longest_days: float = 0.0
    """Its longest pause of a year: a shop that shuts for Christmas is not down at Christmas."""


@dataclass(frozen=True, slots=True)
class Silent:
    """A source (or kind) without rows since `since_us`, though it usually pauses no longer than `usual_days`."""

    name: str
    since_us: int
    usual_days: float


def source_silence(reaches: Iterable[Reach], as_of_us: int) -> tuple[Silent, ...]:
    """Those silent for more than 3 days, 4 usual gaps and their longest pause of a year, and not finished, by name."""
    found = []
    for reach in reaches:
        age = (as_of_us - reach.newest_us) / DAY_US
        limit = max(GRACE_DAYS, TIMES * reach.usual_days, reach.longest_days)
        if reach.days >= LEAST_DAYS and limit < age <= ENDED_DAYS:
            found.append(Silent(reach.name, reach.newest_us, reach.usual_days))
    return tuple(sorted(found, key=lambda silent: silent.name))


def held_signals(signals: Iterable[Signal], rows: Mapping[tuple[str, str], int], silent: Collection[str]) -> frozenset[str]:
    """Codes of the signals at least half of whose rows silent sources bring. `rows`: by (source, kind), of a year.

    A signal reads the kinds of its evidence. One that reads nothing that is there is not held: it is not computable anyway.
    """
    if not silent:
        return frozenset()
    held = set()
    for signal in signals:
        proof = signal.evidence(signal.defaults())
        read = {key: count for key, count in rows.items() if _reads(key[1], proof.kinds, proof.but)}
        dark = sum(count for (source, _), count in read.items() if source in silent)
        if read and dark >= SHARE * sum(read.values()):
            held.add(signal.code)
    return frozenset(held)


def _reads(kind: str, kinds: Collection[str], but: Collection[str]) -> bool:
    return kind in kinds if kinds else kind not in but
