"""Whom the live path scores next: first whoever something telling came from, then the others in turn, each once for all that came."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from liuke.connect.service.live import Settled


@dataclass(frozen=True, slots=True, eq=False)
class MicroBatch:
    """Rows that are in the warehouse. `told`: what became of them, by inbox batch; `left`: customers that were not scored since."""

    told: Mapping[int, Settled]
    rows: int
    left: set[int]


@dataclass(frozen=True, slots=True)
class Turn:
    """Customers that are scored together; `serves`: the micro-batches that were there when it began."""

    customers: Sequence[int]
    serves: Sequence[MicroBatch]


@dataclass(slots=True)
class Turns:
    """Two queues of customers and the micro-batches that wait for them.

    `least` customers are scored at a time; half of the queue, up to `most`, where it is long: many together cost less each. Nobody is in
    two turns at once: whoever is being scored waits for the end of that turn.
    """

    least: int
    most: int
    first: dict[int, None] = field(default_factory=dict)
    rest: dict[int, None] = field(default_factory=dict)
    open: list[MicroBatch] = field(default_factory=list)
    busy: set[int] = field(default_factory=set)

    @property
    def rows(self) -> int:
        """Rows of micro-batches that are not done."""
        return sum(batch.rows for batch in self.open)

    def taken(self) -> list[int]:
        """The inbox batches that are not done."""
        return [batch_id for batch in self.open for batch_id in batch.told]

    def add(self, batch: MicroBatch, telling: Collection[int]) -> None:
        """Its customers join the queues, where they are not in them yet; `telling`: who goes first."""
        self.open.append(batch)
        for customer in sorted(batch.left):
            if customer in telling:
                self.rest.pop(customer, None)
                self.first[customer] = None
            elif customer not in self.first:
                self.rest.setdefault(customer)

    def telling_turn(self) -> Turn | None:
        """Who goes first, None where nobody does."""
        return self._turn(self.first)

    def routine_turn(self) -> Turn | None:
        """The others who have waited longest, None where nobody waits."""
        return self._turn(self.rest)

    def done(self, turn: Turn) -> list[MicroBatch]:
        """The turn's customers are scored: micro-batches of which nobody is left leave. Rows that came meanwhile wait for another turn."""
        self.busy.difference_update(turn.customers)
        for batch in turn.serves:
            batch.left.difference_update(turn.customers)
        return self.empty()

    def empty(self) -> list[MicroBatch]:
        """The micro-batches that wait for nobody; they leave."""
        ended = [batch for batch in self.open if not batch.left]
        self.open = [batch for batch in self.open if batch.left]
        return ended

    def _turn(self, queue: dict[int, None]) -> Turn | None:
        size = min(max(self.least, len(queue) // 2), self.most)
        customers = list(islice((customer for customer in queue if customer not in self.busy), size))
        for customer in customers:
            del queue[customer]
        self.busy.update(customers)
        return Turn(customers, list(self.open)) if customers else None
