"""The live path: what the API accepted becomes facts, scores and alerts of the customers concerned, within seconds.

A micro-batch takes everything that waits (more when it is behind) and writes it in one transaction of the warehouse. The customers it
touches are scored in turns, as a run over everybody would: those of whom something other than a sign of life came (`ROUTINE`) at once,
the others in portions beside them. Only when all of its customers are scored does it say that the batches are done. Killed anywhere, it is
done again from its start: rows are known by their ids, a scoring of the same customers changes nothing that holds.

It runs beside a scoring of everybody (docs/adr/0007): that one leaves out whoever was scored later than its own moment.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connections

from liuke.accounts.service import workspace_now
from liuke.accounts.store.models import Workspace
from liuke.align.domain.batch import AlignedBatch, Written
from liuke.align.service.imports import ingested
from liuke.base.times import to_us, utc_now
from liuke.connect.service.live import Settled, Waiting, live_go_on, settle, waiting
from liuke.facts.domain.kinds import ROUTINE
from liuke.facts.domain.readings import TEXTS
from liuke.facts.service import batch_write
from liuke.facts.service.readings_second import second_look_soon
from liuke.facts.store.entities import customer_ids
from liuke.facts.store.models import Customer
from liuke.jobs.domain.contract import JobContext
from liuke.pipeline.imports import score_soon
from liuke.pipeline.live_turns import MicroBatch, Turn, Turns
from liuke.pipeline.scoring import Scoring, customers_rescore
from liuke.show.service import cards_refresh
from liuke.warehouse import Warehouse

Done = TypeVar("Done")
AT_ONCE = 5_000
"""Rows of a micro-batch, at most: what waits after a stop is worked off in these."""
TOGETHER = 400
"""Customers scored at a time: who comes meanwhile waits for them."""
MOST_TOGETHER = 2_000
"""Where many wait."""
PAUSE = 0.05
"""Seconds between two looks into an empty inbox."""
LONGEST = timedelta(minutes=10)
"""A job takes up rows for so long, so that what it did shows; where rows still wait, another follows."""
LATE_S = 30.0
BACKLOG_AT_ONCE = 50_000
"""Rows taken at a time once they are as old as LATE_S, and the most that are taken and not done: customers come up several times in a
backlog, and are scored once for all of it."""


@dataclass(slots=True)
class Tally:
    """What a job did; `behind_s`: the greatest age at which rows were taken up, seconds."""

    rows: int = 0
    customers: int = 0
    batches: int = 0
    raised: int = 0
    behind_s: float = 0.0

    def result(self) -> dict[str, object]:
        """As the job keeps it."""
        return {
            "rows": self.rows,
            "customers": self.customers,
            "batches": self.batches,
            "raised": self.raised,
            "behind_seconds": round(self.behind_s, 1),
        }


class Inline(Executor):
    """Does what it is given at once, in the caller's thread."""

    def submit(self, fn: Callable[..., Done], /, *args: Any, **kwargs: Any) -> Future[Done]:
        """The finished future."""
        future: Future[Done] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@contextmanager
def beside() -> Iterator[Executor]:
    """A thread with database connections of its own, for the turns that nobody waits for."""
    with ThreadPoolExecutor(1, "live-routine") as lane:
        try:
            yield lane
        finally:
            lane.submit(connections.close_all)


def live_run(
    *,
    workspace: Workspace,
    warehouse: Warehouse,
    context: JobContext,
    linger: timedelta = timedelta(0),
    rows: int = AT_ONCE,
    lane: Executor | None = None,
) -> dict[str, object]:
    """Apply what waits until nothing does and nothing came for `linger`; what that was.

    `lane`: where customers are scored of whom nothing telling came, so that the others need not wait for them; one turn at a time. A
    batch that arrives afterwards has its own job. Raises Cancelled where the worker has to go.
    """
    live, ends, at_once = _Live(workspace, warehouse, lane or Inline()), time.monotonic() + LONGEST.total_seconds(), rows
    idle_until = time.monotonic() + linger.total_seconds()
    while (is_time := time.monotonic() < ends) or live.turns.open:
        context.check_cancelled()
        room = min(at_once, BACKLOG_AT_ONCE - live.turns.rows) if is_time else 0
        found = waiting(workspace_id=workspace.pk, rows=room, beside=live.turns.taken()) if room > 0 else []
        if found:
            age_s = (to_us(utc_now()) - min(batch.received_us for batch in found)) / 1e6
            live.tally.behind_s = max(live.tally.behind_s, age_s)
            at_once = rows if age_s < LATE_S else BACKLOG_AT_ONCE
            live.take(found)
        if live.turns.open:
            live.score()
            context.progress(0.0, "stages.live", rows=live.tally.rows)
            idle_until = time.monotonic() + linger.total_seconds()
        elif time.monotonic() >= idle_until:
            break
        else:
            time.sleep(PAUSE)
    live_go_on(workspace_id=workspace.pk)
    return live.tally.result()


@dataclass(slots=True)
class _Live:
    """A job's work: micro-batches written and whose customers still wait. Lost with the process, it is done again from the inbox."""

    workspace: Workspace
    warehouse: Warehouse
    lane: Executor
    tally: Tally = field(default_factory=Tally)
    turns: Turns = field(default_factory=lambda: Turns(TOGETHER, MOST_TOGETHER))
    kinds: dict[str, int] = field(default_factory=dict)
    """The newest time of each kind that came, not ahead of the workspace's clock (microseconds)."""
    running: tuple[Turn, Future[Scoring | None]] | None = None
    """The turn in the lane."""

    def take(self, batches: Sequence[Waiting]) -> None:
        """Write a micro-batch; its customers wait for their turn. Safe to repeat."""
        self.workspace.refresh_from_db()
        now = workspace_now(self.workspace)
        files = [ingested(batch.rows, batch_id="", source=batch.source, now=now) for batch in batches]
        table = pa.concat_tables([found for file in files for found in file.batch.activities if isinstance(found, pa.Table)])
        name = f"live-{batches[0].batch_id}-{batches[-1].batch_id}-{len(batches)}"
        written = batch_write(workspace=self.workspace, batch=AlignedBatch(name, [table]), warehouse=self.warehouse)
        parts = _parts(written, [len(batch.rows) for batch in batches])
        told = {
            batch.batch_id: Settled(part.new, part.changed, part.same, file.newest_us)
            for batch, part, file in zip(batches, parts, files, strict=True)
        }
        for kind, newest_us in _newest(table, now).items():
            self.kinds[kind] = max(newest_us, self.kinds.get(kind, newest_us))
        telling = table.filter(pc.invert(pc.is_in(table["kind"], value_set=pa.array(sorted(ROUTINE), pa.string()))))
        left = {*_customers(self.workspace, table), *written.moved_from}
        self.turns.add(MicroBatch(told, table.num_rows, left), {*_customers(self.workspace, telling), *written.moved_from})
        self.tally.rows, self.tally.batches = self.tally.rows + table.num_rows, self.tally.batches + len(batches)
        if pc.any(pc.is_in(table["kind"], value_set=pa.array(TEXTS, pa.string()))).as_py():
            second_look_soon(self.workspace)

    def score(self) -> None:
        """Scores and alerts of whose turn it is, then the word that the inbox batches are done of which nobody is left."""
        self._settle(self.turns.empty())
        turn = self.turns.telling_turn()
        if turn is not None:
            self._ended(turn, self._follow(self.workspace, turn.customers, self.kinds))
        if self.running is None and (routine := self.turns.routine_turn()) is not None:
            self.running = routine, self.lane.submit(self._follow, copy(self.workspace), routine.customers, dict(self.kinds))
        if self.running is not None:
            self._look(PAUSE if turn is None else 0.0)

    def _look(self, patience_s: float) -> None:
        """Whether the turn in the lane is over."""
        if self.running is not None and wait([self.running[1]], patience_s).done:
            (turn, future), self.running = self.running, None
            self._ended(turn, future.result())

    def _ended(self, turn: Turn, found: Scoring | None) -> None:
        self.tally.customers += len(turn.customers)
        if found is None:
            score_soon(self.workspace, now=utc_now())
        else:
            self.tally.raised += len(found.changes.raised)
        self._settle(self.turns.done(turn))

    def _settle(self, batches: Sequence[MicroBatch]) -> None:
        for batch in batches:
            settle(batch_ids=list(batch.told), counts=batch.told)

    def _follow(self, workspace: Workspace, customers: Sequence[int], kinds: Mapping[str, int]) -> Scoring | None:
        """Cards for customers that are new, scores and alerts for all; None where nobody was ever scored."""
        bare = Customer.objects.filter(workspace=workspace, pk__in=customers, customercard__isnull=True).values_list("pk", flat=True)
        if new := list(bare):
            cards_refresh(workspace=workspace, customer_ids=new)
        at = workspace_now(workspace)
        return customers_rescore(workspace=workspace, warehouse=self.warehouse, as_of=at, customer_ids=customers, kinds=kinds)


def _customers(workspace: Workspace, table: pa.Table) -> Collection[int]:
    return customer_ids(workspace.pk, pc.unique(table["customer_key"]).to_pylist()).values()


def _newest(table: pa.Table, now: datetime) -> Mapping[str, int]:
    """By kind the newest time that is not ahead of the workspace's clock (microseconds)."""
    past = table.filter(pc.less(table["ts_us"], to_us(now)))
    found = past.group_by("kind").aggregate([("ts_us", "max")])
    return dict(zip(found["kind"].to_pylist(), found["ts_us_max"].to_pylist(), strict=True))


def _parts(written: Written, sizes: Sequence[int]) -> list[Written]:
    """The rows of a micro-batch counted by its batches: exact where all fared alike, else in the order of their arrival."""
    left = {"new": written.new, "changed": written.changed, "same": written.same}
    parts = []
    for size in sizes:
        taken: dict[str, int] = {}
        for name, rows in left.items():
            taken[name] = min(rows, size - sum(taken.values()))
        left = {name: rows - taken[name] for name, rows in left.items()}
        parts.append(Written(taken["new"], taken["changed"], taken["same"]))
    return parts
