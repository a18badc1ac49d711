"""Missed losses (BEY-04): for each loss without an alert, which signals spoke, and which threshold would have caught it at which price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Ids = NDArray[np.int64]
STEPS = (0.2, 0.4, 0.6, 0.8, 1.0)
LISTED = 500


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Who could be lost at an origin: scores in use, strengths of signals (0–1), what became of them, and whether an alert was raised

    for their loss (or would have been, where the past is replayed).
    """

    at_us: int
    customers: Ids
    lost: NDArray[np.bool_]
    lost_at_us: Ids
    alerted: NDArray[np.bool_]
    score: Numbers
    annual_value: Numbers
    signals: Mapping[str, Numbers]


@dataclass(frozen=True, slots=True)
class Spoke:
    """A signal that spoke for a missed loss: its greatest strength, and how many more customers an alert at that strength had flagged."""

    signal: str
    strength: float
    more_alerts: int


@dataclass(frozen=True, slots=True)
class MissedLoss:
    """A customer lost without an alert. `score` is the highest one before; an alert from that score on had flagged `more_alerts` others."""

    customer_id: int
    lost_at_us: int
    annual_value: float
    score: float
    score_at_us: int
    more_alerts: int
    signals: tuple[Spoke, ...]


@dataclass(frozen=True, slots=True)
class Threshold:
    """Alerting whenever the signal is at least so strong: how many of the missed losses it had caught, and with how many more alerts."""

    strength: float
    caught: int
    more_alerts: int


@dataclass(frozen=True, slots=True)
class SignalMissed:
    """A signal over all missed losses: in how many it spoke, and what its thresholds had brought."""

    signal: str
    spoke: int
    thresholds: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True)
class ScoreStep:
    """Alerting from a lower score on: missed losses caught, and further alerts."""

    score: float
    caught: int
    more_alerts: int


@dataclass(frozen=True, slots=True)
class Missed:
    """Of `losses` in the period `alerted` had an alert before; the rest, by money. `silent`: those for whom no signal spoke at all.

    `replayed`: no alerts are that old, so that the score in use stands for them.
    """

    losses: int
    alerted: int
    silent: int
    money: float
    replayed: bool
    watch_score: float
    listed: tuple[MissedLoss, ...]
    by_signal: tuple[SignalMissed, ...]
    by_score: tuple[ScoreStep, ...]


def missed_of(snapshots: Sequence[Snapshot], *, watch_score: float, replayed: bool) -> Missed:
    """From snapshots, oldest first. A customer's loss counts once; the strongest word before it counts."""
    every = _Peaks.of(snapshots)
    lost, missed = every.lost, every.lost & ~every.alerted
    others = ~every.lost & ~every.alerted
    listed = [every.loss(int(row), others) for row in np.flatnonzero(missed)]
    spoke = np.zeros(len(missed), np.bool_)
    for strength in every.signals.values():
        spoke |= strength > 0
    by_signal = [_by_signal(name, strength, missed, others) for name, strength in every.signals.items()]
    steps = sorted({step for step in (watch_score - 5 * back for back in range(1, 7)) if step > 0}, reverse=True)
    return Missed(
        losses=int(lost.sum()),
        alerted=int((lost & every.alerted).sum()),
        silent=int((missed & ~spoke).sum()),
        money=float(every.annual_value[missed].sum()),
        replayed=replayed,
        watch_score=watch_score,
        listed=tuple(sorted(listed, key=lambda loss: (-loss.annual_value, loss.customer_id))[:LISTED]),
        by_signal=tuple(sorted((each for each in by_signal if each.spoke), key=lambda each: (-each.spoke, each.signal))),
        by_score=tuple(
            ScoreStep(step, int((missed & (every.score >= step)).sum()), int((others & (every.score >= step)).sum())) for step in steps
        ),
    )


def _above(who: NDArray[np.bool_], values: Numbers, step: float) -> int:
    return int((who & (values >= step)).sum())


def _by_signal(name: str, strength: Numbers, missed: NDArray[np.bool_], others: NDArray[np.bool_]) -> SignalMissed:
    steps = tuple(Threshold(step, _above(missed, strength, step), _above(others, strength, step)) for step in STEPS)
    return SignalMissed(name, int((missed & (strength > 0)).sum()), steps)


@dataclass(frozen=True, slots=True)
class _Peaks:
    """One row per customer: the highest score and strengths over the snapshots, for the lost those before their (last) loss."""

    customers: Ids
    lost: NDArray[np.bool_]
    alerted: NDArray[np.bool_]
    lost_at_us: Ids
    annual_value: Numbers
    score: Numbers
    score_at_us: Ids
    signals: Mapping[str, Numbers]

    @classmethod
    def of(cls, snapshots: Sequence[Snapshot]) -> _Peaks:
        customers = np.unique(np.concatenate([shot.customers for shot in snapshots])) if snapshots else np.empty(0, np.int64)
        size = len(customers)
        lost, alerted = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
        lost_at, worth = np.zeros(size, np.int64), np.zeros(size)
        score, score_at = np.full(size, -1.0), np.zeros(size, np.int64)
        names = sorted({name for shot in snapshots for name in shot.signals})
        signals = {name: np.zeros(size) for name in names}
        for shot in snapshots:
            at = np.searchsorted(customers, shot.customers)
            lost[at] |= shot.lost
            alerted[at] |= shot.alerted
            lost_at[at] = np.where(shot.lost, shot.lost_at_us, lost_at[at])
            worth[at] = np.maximum(worth[at], shot.annual_value)
            higher = shot.score > score[at]
            score_at[at[higher]] = shot.at_us
            score[at] = np.maximum(score[at], shot.score)
            for name, strength in shot.signals.items():
                signals[name][at] = np.maximum(signals[name][at], np.nan_to_num(strength))
        return cls(customers, lost, alerted, lost_at, worth, score, score_at, signals)

    def loss(self, row: int, others: NDArray[np.bool_]) -> MissedLoss:
        spoke = [
            Spoke(name, float(strength[row]), int((others & (strength >= strength[row])).sum()))
            for name, strength in self.signals.items()
            if strength[row] > 0
        ]
        return MissedLoss(
            customer_id=int(self.customers[row]),
            lost_at_us=int(self.lost_at_us[row]),
            annual_value=float(self.annual_value[row]),
            score=float(self.score[row]),
            score_at_us=int(self.score_at_us[row]),
            more_alerts=int((others & (self.score >= self.score[row])).sum()),
            signals=tuple(sorted(spoke, key=lambda each: (each.more_alerts, -each.strength, each.signal))[:6]),
        )
