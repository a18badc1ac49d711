"""What this process counts and times. `server/metrics.py` tells it in Prometheus' text format.

One meter per process, safe between threads. Its `plain` form travels to other processes as JSON (in the heartbeat).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

Labels = tuple[tuple[str, str], ...]
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Upper bounds of the buckets of every duration."""
MOST_SERIES = 2_000
"""More than this is a label that should not be one; what is new then is not kept."""


@dataclass(slots=True)
class Times:
    """How often, how long in all, and how many of each bucket (the last: longer than every bound)."""

    count: int = 0
    total: float = 0.0
    buckets: list[int] = field(default_factory=lambda: [0] * (len(SECONDS) + 1))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a meter showed at one moment, by name and labels."""

    counters: Mapping[tuple[str, Labels], float]
    times: Mapping[tuple[str, Labels], Times]


class Meter:
    """Counters and durations of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counters: dict[tuple[str, Labels], float] = {}
        self._times: dict[tuple[str, Labels], Times] = {}

    def count(self, name: str, amount: float = 1.0, **labels: str) -> None:
        """Add to a counter. Labels take few values: never a customer, a person or a key."""
        key = (name, tuple(sorted(labels.items())))
        with self._lock:
            if key in self._counters or len(self._counters) < MOST_SERIES:
                self._counters[key] = self._counters.get(key, 0.0) + amount

    def time(self, name: str, seconds: float, **labels: str) -> None:
        """Note how long something took."""
        key = (name, tuple(sorted(labels.items())))
        with self._lock:
            if key not in self._times and len(self._times) >= MOST_SERIES:
                return
            times = self._times.setdefault(key, Times())
            times.count += 1
            times.total += seconds
            times.buckets[bisect_left(SECONDS, seconds)] += 1

    def read(self) -> Reading:
        """A copy of what it shows now."""
        with self._lock:
            times = {key: Times(kept.count, kept.total, list(kept.buckets)) for key, kept in self._times.items()}
            return Reading(dict(self._counters), times)


meter = Meter()
"""This process's own."""


def plain(reading: Reading) -> dict[str, list[list[object]]]:
    """As JSON: `counters` rows of name, labels, value; `times` rows of name, labels, count, total, buckets."""
    return {
        "counters": [[name, dict(labels), value] for (name, labels), value in reading.counters.items()],
        "times": [[name, dict(labels), kept.count, kept.total, kept.buckets] for (name, labels), kept in reading.times.items()],
    }


def from_plain(told: Mapping[str, object]) -> Reading:
    """Back from `plain`. Rows that another version wrote differently are left out."""
    counters: dict[tuple[str, Labels], float] = {}
    for key, row in _rows(told.get("counters"), 3):
        if isinstance(row[2], int | float):
            counters[key] = float(row[2])
    found = ((key, _times(row)) for key, row in _rows(told.get("times"), 5))
    return Reading(counters, {key: times for key, times in found if times is not None})


def _rows(told: object, width: int) -> Iterable[tuple[tuple[str, Labels], Sequence[object]]]:
    for row in told if isinstance(told, list) else []:
        if isinstance(row, list) and len(row) == width and isinstance(row[1], dict):
            yield (str(row[0]), tuple(sorted((str(name), str(value)) for name, value in row[1].items()))), row


def _times(row: Sequence[object]) -> Times | None:
    count, total, buckets = row[2:]
    if isinstance(count, int) and isinstance(total, int | float) and isinstance(buckets, list) and len(buckets) == len(SECONDS) + 1:
        return Times(count, float(total), [int(number) for number in buckets])
    return None
