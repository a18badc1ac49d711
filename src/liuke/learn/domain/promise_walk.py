"""The promise judged as it would have been lived: at each origin a threshold from what was known then, alerts, and what came of them.

Judged are customers who were active at the origin (the table holds only those), once per horizon: a customer alerted within the
horizon is not alerted again. Where some were treated, only untreated ones are judged, for a customer who was saved would look
like a false alarm. Origins too early to have a past are not judged; origins at which nothing could be promised count as refusals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from liuke.base.times import DAY_US
from liuke.learn.domain.promise import Asked, Decision, Flags, Ids, Known, Numbers, Predictions, Refusal, decide, known_at


@dataclass(frozen=True, slots=True)
class Judged:
    """One origin: who was there (`eligible`, `lost` of them), the decision, and the alerts with their hits."""

    origin_us: int
    eligible: int
    lost: int
    decision: Decision
    alerts: int
    hits: int

    @property
    def refused(self) -> bool:
        """Whether nothing was promised."""
        return self.decision.threshold is None

    def kept(self, asked: Asked) -> bool | None:
        """Whether the realised precision reached the target less the tolerance; None where nothing was alerted."""
        return None if not self.alerts else self.hits / self.alerts >= asked.target - asked.tolerance - 1e-12


@dataclass(frozen=True, slots=True)
class Walk:
    """All judged origins, oldest first. `rows`: the judged part of the table; `alert`: which of its rows were alerted."""

    asked: Asked
    rows: Predictions
    alert: Flags
    judged: tuple[Judged, ...]
    treated: int
    """Rows left out because their customers were treated."""

    @property
    def made(self) -> int:
        """Origins with alerts."""
        return sum(one.alerts > 0 for one in self.judged)

    @property
    def kept(self) -> int:
        """Origins with alerts at which the promise was kept."""
        return sum(one.kept(self.asked) is True for one in self.judged)

    @property
    def refusals(self) -> int:
        """Origins at which nothing could be promised."""
        return sum(one.refused for one in self.judged)


@dataclass(frozen=True, slots=True)
class Past:
    """A predictions table made ready: what was known at each origin does not depend on the target."""

    rows: Predictions
    known: Mapping[int, Known | None]
    treated: int
    expected: Mapping[int, Sequence[float]]


def past_of(rows: Predictions, horizon_days: int, expected: Mapping[int, Sequence[float]] | None = None) -> Past:
    """Keep the untreated rows and learn what each origin could have known. `expected`: foretold base rates by origin."""
    untreated = rows.take(~rows.treated)
    known = {origin: known_at(untreated, origin, horizon_days) for origin in untreated.origins}
    return Past(untreated, known, int(rows.treated.sum()), expected or {})


def walk(past: Past, asked: Asked, *, repeat: bool = False) -> Walk:
    """Live through the origins. `repeat`: each origin stands alone, and a customer may be on several lists."""
    rows = past.rows
    alert = np.zeros(len(rows), dtype=np.bool_)
    _, customer = np.unique(rows.customer, return_inverse=True)
    last = np.full(int(customer.max(initial=-1)) + 1, np.iinfo(np.int64).min // 2)
    judged = []
    for origin in rows.origins:
        known = past.known[origin]
        if known is None:
            continue
        here = np.flatnonzero(rows.origin_us == origin)
        fresh = here if repeat else here[origin - last[customer[here]] >= asked.horizon_days * DAY_US]
        decision = decide(rows, rows.logit[fresh], origin, asked, expected=past.expected.get(origin, ()), known=known)
        chosen = _above(rows.logit, fresh, decision)
        alert[chosen] = True
        last[customer[chosen]] = origin
        hits = int(rows.lost[chosen].sum())
        judged.append(Judged(origin, len(here), int(rows.lost[here].sum()), decision, len(chosen), hits))
    at = np.isin(rows.origin_us, [one.origin_us for one in judged])
    return Walk(asked, rows.take(at), alert[at], tuple(judged), past.treated)


def decision_now(past: Past, pool: Numbers, at_us: int, asked: Asked, expected: Sequence[float] = ()) -> Decision:
    """The threshold from today on: all mature origins teach; `pool` are today's logits, or the newest there are."""
    if not len(past.rows):
        return Decision(None, Refusal.HISTORY, "")
    return decide(past.rows, pool, at_us, asked, expected=expected)


def _above(logit: Numbers, rows: Ids, decision: Decision) -> Ids:
    return rows[:0] if decision.threshold is None else rows[logit[rows] >= decision.threshold]
