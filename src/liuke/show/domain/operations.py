"""Whether a part of the installation is well: what was measured → state and a line that says so. Pure; limits stand here.

`ok` needs nothing, `warn` wants a look today, `fail` means that something does not happen that should, `off` does not apply here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

SILENT = timedelta(seconds=30)
"""A process that gave no sign of life for so long is taken for dead: three missed beats of the slowest."""
LIVE_LATE, LIVE_STUCK = 10.0, 120.0
"""Seconds that accepted rows may wait until it is a warning, and a failure."""
QUEUE_LATE, QUEUE_STUCK = 300.0, 3_600.0
"""Seconds that a due job may wait."""
OUTBOX_LATE, OUTBOX_STUCK = 300.0, 3_600.0
DISK_LOW, DISK_FULL = 10_000_000_000, 2_000_000_000
"""Bytes that are free: below, a warning and a failure. Half the size of the data counts as low as well: a rewrite needs it."""
BACKUP_LATE = timedelta(hours=36)


class State(StrEnum):
    """How a part fares, worst last but for `off`."""

    OFF = "off"
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


_ORDER = (State.OFF, State.OK, State.WARN, State.FAIL)


@dataclass(frozen=True, slots=True)
class Condition:
    """One part's state. The line is `operations.<part>.<case>` with `params`; what to do is the same key with `.todo`."""

    part: str
    state: State
    case: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Process:
    """One process of the installation and its last sign of life."""

    name: str
    kind: str
    """`web`, `worker` or `warehouse`."""
    since: datetime | None
    seen: datetime
    memory_bytes: int = 0
    cpu_seconds: float = 0.0
    busy: int = 0
    """Worker: jobs that run. Web: open live streams."""

    def alive(self, now: datetime) -> bool:
        """Whether it gave a sign of life lately."""
        return now - self.seen <= SILENT


@dataclass(frozen=True, slots=True)
class Live:
    """The live path of a workspace. Times in seconds; `lag_p50` and `lag_p95` from accepted to applied, None without rows lately."""

    batches: int = 0
    rows: int = 0
    oldest: float = 0.0
    lag_p50: float | None = None
    lag_p95: float | None = None
    rows_total: int = 0
    rows_per_second: float | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """Jobs of one kind: due and not begun, running, and for how many seconds the oldest due one has waited."""

    kind: str
    waiting: int
    running: int
    oldest: float


@dataclass(frozen=True, slots=True)
class Outbox:
    """Messages of one topic: waiting to leave, and of the last day failed or in doubt."""

    topic: str
    waiting: int
    oldest: float
    failed: int
    unknown: int


def worst(states: Iterable[State]) -> State:
    """The state of the whole; `off` where nothing applies."""
    return max(states, key=_ORDER.index, default=State.OFF)


def processes_of(kind: str, found: Sequence[Process], now: datetime) -> Condition:
    """Processes of one kind: all alive, some silent, or none alive."""
    mine = [process for process in found if process.kind == kind]
    alive = [process for process in mine if process.alive(now)]
    if not mine:
        return Condition(kind, State.FAIL, "none")
    if not alive:
        silent = min(now - process.seen for process in mine)
        return Condition(kind, State.FAIL, "silent", {"seconds": int(silent.total_seconds())})
    return _alive(kind, alive, silent=len(mine) - len(alive))


def _alive(kind: str, alive: Sequence[Process], *, silent: int) -> Condition:
    """Processes of a kind of which at least one lives, beside so many silent ones."""
    since = min((process.since for process in alive if process.since), default=None)
    facts = {"count": len(alive), "since": since.isoformat() if since else None}
    if silent:
        return Condition(kind, State.WARN, "some", facts | {"silent": silent})
    return Condition(kind, State.OK, "alive", facts)


def stream(webs: Sequence[Process], now: datetime) -> Condition:
    """The live stream lives in the web processes."""
    alive = [process for process in webs if process.kind == "web" and process.alive(now)]
    if not alive:
        return Condition("stream", State.FAIL, "none")
    return Condition("stream", State.OK, "open", {"count": sum(process.busy for process in alive)})


def disk(free: int, data: int) -> Condition:
    """Bytes free where the data lies, against how much data there is."""
    facts = {"free": round(free / 1e9, 1), "data": round(data / 1e9, 1)}
    if free < DISK_FULL:
        return Condition("disk", State.FAIL, "full", facts)
    low = free < DISK_LOW or free < data / 2
    return Condition("disk", State.WARN if low else State.OK, "low" if low else "free", facts)


def backup(last: datetime | None, now: datetime, *, since: datetime | None, wanted: bool) -> Condition:
    """`since`: when the installation began; a young one needs none yet. `wanted` False: backups are made elsewhere."""
    if last is None and not wanted:
        return Condition("backup", State.OFF, "elsewhere")
    if last is None:
        young = since is None or now - since < BACKUP_LATE
        return Condition("backup", State.OFF if young else State.WARN, "not_yet" if young else "never")
    hours = int((now - last).total_seconds() // 3600)
    late = wanted and now - last > BACKUP_LATE
    return Condition("backup", State.WARN if late else State.OK, "old" if late else "made", {"hours": hours})


def live(facts: Live, *, used: bool) -> Condition:
    """`used` False: no row ever came through the API."""
    if not used:
        return Condition("live", State.OFF, "unused")
    told: dict[str, object] = {"rows": facts.rows, "seconds": int(facts.oldest)}
    if facts.oldest > LIVE_STUCK:
        return Condition("live", State.FAIL, "stuck", told)
    if facts.oldest > LIVE_LATE:
        return Condition("live", State.WARN, "late", told)
    if facts.lag_p95 is None:
        return Condition("live", State.OK, "quiet")
    return Condition("live", State.OK, "flowing", {"seconds": round(facts.lag_p95, 1)})


def queue(kinds: Sequence[Queue]) -> Condition:
    """What is due and does not begin."""
    waiting, oldest = sum(kind.waiting for kind in kinds), max((kind.oldest for kind in kinds), default=0.0)
    facts = {"count": waiting, "minutes": int(oldest // 60)}
    if oldest > QUEUE_STUCK:
        return Condition("queue", State.FAIL, "stuck", facts)
    if oldest > QUEUE_LATE:
        return Condition("queue", State.WARN, "late", facts)
    return Condition("queue", State.OK, "moving" if waiting else "empty", facts)


def jobs(failed: int) -> Condition:
    """Jobs that gave up within the last day."""
    return Condition("jobs", State.WARN, "failed", {"count": failed}) if failed else Condition("jobs", State.OK, "none")


def outbox(topics: Sequence[Outbox]) -> Condition:
    """What should leave and does not."""
    oldest = max((topic.oldest for topic in topics), default=0.0)
    waiting, lost = sum(topic.waiting for topic in topics), sum(topic.failed + topic.unknown for topic in topics)
    facts = {"count": waiting, "minutes": int(oldest // 60), "lost": lost}
    if oldest > OUTBOX_STUCK:
        return Condition("outbox", State.FAIL, "stuck", facts)
    if oldest > OUTBOX_LATE:
        return Condition("outbox", State.WARN, "late", facts)
    if lost:
        return Condition("outbox", State.WARN, "lost", facts)
    return Condition("outbox", State.OK, "moving" if waiting else "empty", facts)


def sources(states: Sequence[str]) -> Condition:
    """`states` of the enabled sources: ok, stale, failing or never."""
    if not states:
        return Condition("sources", State.OFF, "none")
    bad = sum(state in {"failing", "stale"} for state in states)
    if bad:
        return Condition("sources", State.WARN, "bad", {"count": bad, "of": len(states)})
    return Condition("sources", State.OK, "fresh", {"of": len(states)})
