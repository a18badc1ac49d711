"""When a customer is likely to be lost: the chance by so many days, from the model's probability and how losses of the past fell in time.

Two kinds of loss. Where it is an event (a cancellation, a contract not renewed) each snapshot of the past tells on which day of the
horizon it came. Where it is silence, nobody leaves on a day that anybody sees: there the later snapshots of the same customer
tell by when it had gone silent, and the curve begins today with the probability itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liuke.base.times import DAY_US
from liuke.signals.domain.signal import Flags, Numbers
from liuke.stats.hazard import DiscreteHazard

STEP_DAYS = 30
AHEAD = 3
"""Steps that the curve of a silence looks ahead."""
FEWEST = 30
"""Losses with a known time: fewer tell nothing about when."""
MOST = 20_000
"""Snapshots that a curve is learned from; of more every so manieth is taken."""


@dataclass(frozen=True, slots=True)
class Past:
    """Snapshots of the past: calibrated log-odds made without knowing what came, and what came. One row per customer and origin.

    `lost_at_us`: when it counts as lost, -1 where it was not lost or nobody knows when.
    """

    customer: NDArray[np.int64]
    origin_us: NDArray[np.int64]
    logit: Numbers
    lost: Flags
    lost_at_us: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TimeCurve:
    """`days`: the ends of the periods, from today. `from_today`: day 0 has the model's probability (silence); otherwise it is reached

    at the last of the days, the horizon. `beta`: of `DiscreteHazard` over the calibrated log-odds.
    """

    days: tuple[int, ...]
    from_today: bool
    beta: tuple[float, ...]

    def by_then(self, probability: Numbers, logit: Numbers) -> Numbers:
        """The chance (n, 1 + days) to be lost today, and by each of `days`; never falls, and agrees with the probability."""
        learned = DiscreteHazard(len(self.days))
        learned.beta_ = np.array(self.beta)
        staying = np.cumsum(np.log1p(-np.minimum(learned.hazard(np.asarray(logit)[:, None]), 1 - 1e-12)), axis=1)
        stays = np.log1p(-np.minimum(np.asarray(probability), 1 - 1e-12))[:, None]
        if self.from_today:
            curve = np.hstack([stays, stays + staying])
        else:
            shape = staying / np.minimum(staying[:, -1:], -1e-12)
            curve = np.hstack([np.zeros_like(stays), stays * shape])
        return np.asarray(np.maximum.accumulate(-np.expm1(curve), axis=1))

    def to_plain(self) -> dict[str, object]:
        """JSON-ready."""
        return {"days": list(self.days), "from_today": self.from_today, "beta": list(self.beta)}


def time_curve(past: Past, *, horizon_days: int, silence: bool) -> TimeCurve | None:
    """Learned from the past; None where fewer than thirty losses tell when."""
    watched = _silences(past) if silence else _events(past, horizon_days)
    if watched is None or int(watched[2].sum()) < FEWEST:
        return None
    logit, count, happened, days = watched
    every = max(1, -(-len(logit) // MOST))
    found = DiscreteHazard(len(days), ridge=1e-4).fit(logit[::every, None], count[::every], happened[::every])
    return TimeCurve(days, silence, tuple(found.beta_.tolist()))


_Watched = tuple[Numbers, NDArray[np.int64], Flags, tuple[int, ...]]


def _events(past: Past, horizon_days: int) -> _Watched | None:
    """Periods of about thirty days up to the horizon, three at least; who was lost nobody knows when is left out."""
    periods = max(3, round(horizon_days / STEP_DAYS))
    edges = np.linspace(0, horizon_days, periods + 1)[1:]
    known = ~past.lost | (past.lost_at_us >= 0)
    after = (past.lost_at_us - past.origin_us) / DAY_US
    at = np.clip(np.searchsorted(edges, after, side="left"), 0, periods - 1)
    count = np.where(past.lost, at + 1, periods)
    return past.logit[known], count[known], past.lost[known], tuple(round(edge) for edge in edges)


def _silences(past: Past) -> _Watched | None:
    """For snapshots not lost at once: the first of the customer's later ones, about 30, 60 and 90 days on, that was."""
    order = np.lexsort((past.origin_us, past.customer))
    customer, day, lost = past.customer[order], past.origin_us[order] // DAY_US, past.lost[order]
    watched, happened = np.zeros(len(order), dtype=np.int64), np.zeros(len(order), dtype=np.bool_)
    for further in range(1, min(2 * AHEAD, len(order) - 1) + 1):
        same = np.zeros(len(order), dtype=np.bool_)
        same[:-further] = customer[further:] == customer[:-further]
        step = np.zeros(len(order), dtype=np.int64)
        step[:-further] = np.rint((day[further:] - day[:-further]) / STEP_DAYS).astype(np.int64)
        then = np.zeros(len(order), dtype=np.bool_)
        then[:-further] = lost[further:]
        goes_on = same & ~happened & (step >= 1) & (step <= AHEAD) & (step >= watched)
        watched[goes_on] = step[goes_on]
        happened |= goes_on & then
    counts = ~lost & (watched > 0)
    if not counts.any():
        return None
    return past.logit[order][counts], watched[counts], happened[counts], tuple(STEP_DAYS * ahead for ahead in range(1, AHEAD + 1))


def chances_by(curve: Numbers, days: tuple[int, ...], wanted: tuple[int, ...]) -> Mapping[int, Numbers]:
    """The chance by each of the `wanted` days: `curve` of `TimeCurve.by_then` between its points, in straight lines of what is left.

    Days beyond the last one are left out: nothing was observed there.
    """
    ends = np.array([0, *days], dtype=np.float64)
    staying = np.log1p(-np.minimum(curve, 1 - 1e-12))
    found = {}
    for day in wanted:
        if day <= ends[-1]:
            place = max(1, int(np.searchsorted(ends, day)))
            share = (day - ends[place - 1]) / (ends[place] - ends[place - 1])
            found[day] = np.asarray(-np.expm1((1 - share) * staying[:, place - 1] + share * staying[:, place]))
    return found
