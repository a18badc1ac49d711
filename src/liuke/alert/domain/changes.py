"""What a review changed: handed to `act/`, which makes work items and notices of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from liuke.alert.domain.routing import Route
from liuke.score.domain.levels import Level


class ReviewKind(StrEnum):
    """`first`: makes the 存量风险清单. `replay`: history with simulated times, tells nobody. `nightly`: the daily run.

    `live`: of a few customers in between, as things happen: whoever is concerned hears of it at once within the day's budget, the rest
    waits for the next nightly run and its digest.
    """

    FIRST = "first"
    REPLAY = "replay"
    NIGHTLY = "nightly"
    LIVE = "live"

    @property
    def tells(self) -> bool:
        """Whether anybody hears of it."""
        return self in {ReviewKind.NIGHTLY, ReviewKind.LIVE}


@dataclass(frozen=True, slots=True)
class AlertRef:
    """An alert as its followers need it. `expected_loss` in the workspace's currency."""

    alert_id: int
    customer_id: int
    owner_id: int | None
    level: Level
    expected_loss: float
    title: str = ""
    """What a rule that alerts calls it; blank = its main reason."""
    reader_id: int | None = None
    """Who is told: the owner, who stands in for them, or whom the route names. None where nobody was told."""
    route: Route | None = None
    """The row of the routing table that held, where somebody was told."""


@dataclass(frozen=True, slots=True)
class AlertChanges:
    """The result of one review; `closed` carries (alert id, close reason)."""

    as_of: datetime
    kind: ReviewKind
    raised: tuple[AlertRef, ...] = ()
    escalated: tuple[AlertRef, ...] = ()
    lowered: tuple[AlertRef, ...] = ()
    closed: tuple[tuple[int, str], ...] = ()
    woken: tuple[int, ...] = ()
    """Snoozed alerts that opened again."""
    pushed: tuple[AlertRef, ...] = ()
    released: tuple[AlertRef, ...] = ()
    digest: tuple[AlertRef, ...] = ()
    copies: tuple[tuple[AlertRef, int], ...] = ()
    """Pushes to others whom the route names: (alert, membership)."""
    copied: tuple[tuple[AlertRef, int], ...] = ()
    """The same, but in their digest: over their budget, or the alert itself was not pushed."""
    updated: int = 0
    """How many changed in place only (score, reasons, calming)."""
    adopted: int = 0
    """How many without an owner went to their customer's owner."""

    @property
    def is_empty(self) -> bool:
        """Nothing changed in the database."""
        changed = (self.raised, self.escalated, self.lowered, self.closed, self.woken, self.pushed, self.released)
        return not any(changed) and not (self.updated or self.adopted)
