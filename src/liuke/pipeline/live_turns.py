"""Whom the live path scores next: first whoever something telling came from, then the others in turn, each once for all that came."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from liuke.connect.service.live import Settled


@dataclass(frozen=True, slots=True)
class MicroBatch:
    """Rows that are in the warehouse. `told`: what became of them, by inbox batch; `left`: customers that were not scored since."""

    told: Mapping[int, Settled]
    rows: int
    left: set[int]


@dataclass(slots=True)
class Turns:
    """Two queues of customers and the micro-batches that wait for them.

    `least` customers are scored at a time; half of the queue, up to `most`, where it is long: many together cost less each.
    """

    least: int
    most: int
    first: dict[int, None] = field(default_factory=dict)
    rest: dict[int, None] = field(default_factory=dict)
    open: list[MicroBatch] = field(default_factory=list)

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

    def round(self) -> Iterator[list[int]]:
        """Who is scored now, at most one portion of each queue: those in front never keep the others waiting for ever."""
        for queue in (self.first, self.rest):
            if portion := list(islice(queue, min(max(self.least, len(queue) // 2), self.most))):
                for customer in portion:
                    del queue[customer]
                yield portion

    def scored(self, customers: Collection[int]) -> list[MicroBatch]:
        """The micro-batches that are done with these customers' scores; they leave."""
        for batch in self.open:
            batch.left.difference_update(customers)
        done = [batch for batch in self.open if not batch.left]
        self.open = [batch for batch in self.open if batch.left]
        return done
