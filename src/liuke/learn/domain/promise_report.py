"""All that is said about a promised precision: the target asked for, and what other targets would cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from liuke.base.times import DAY_US
from liuke.learn.domain.promise import Asked, Decision, Numbers, Predictions, Refusal
from liuke.learn.domain.promise_figures import (
    Bin,
    CurvePoint,
    Figures,
    Share,
    Verdict,
    curve,
    figures_of,
    reliability,
    shares_by,
    verdict_of,
)
from liuke.learn.domain.promise_walk import Past, Walk, decision_now, walk

TARGETS = (0.70, 0.75, 0.80, 0.85, 0.90, 0.95)
LOWEST, HIGHEST = 0.70, 0.95


@dataclass(frozen=True, slots=True)
class Option:
    """A target and what it would cost. `now`: the threshold from today on; `kept` of `made` origins with alerts, `refusals` without."""

    target: float
    verdict: Verdict
    now: Decision
    figures: Figures
    judged: int
    made: int
    kept: int
    refusals: int


@dataclass(frozen=True, slots=True)
class Report:
    """`chosen` is the target asked for, `options` the usual ones beside it. Rows are the judged ones, of untreated customers."""

    chosen: Option
    options: tuple[Option, ...]
    by_origin: tuple[Share, ...]
    by_group: dict[str, tuple[Share, ...]]
    reliability: tuple[Bin, ...]
    curve: tuple[CurvePoint, ...]
    origins: tuple[int, ...]
    rows: int
    treated: int
    base_rate: float


def report_of(past: Past, asked: Asked, now_us: int, *, today: Numbers | None = None, expected: Sequence[float] = ()) -> Report:
    """The report. `today`: logits of the customers active now; without them the newest origin's stand for them."""
    pool = past.rows.logit[past.rows.origin_us == max(past.rows.origins, default=0)] if today is None else today
    lived = walk(past, asked)
    others = [Asked(target, asked.horizon_days, asked.tolerance) for target in TARGETS if abs(target - asked.target) > 1e-9]
    options = [_option(walk(past, other), decision_now(past, pool, now_us, other, expected)) for other in others]
    chosen = _option(lived, decision_now(past, pool, now_us, asked, expected))
    return Report(
        chosen=chosen,
        options=tuple(sorted([*options, chosen], key=lambda option: option.target)),
        by_origin=shares_by(lived, "origin"),
        by_group={name: shares_by(lived, name) for name in lived.rows.groups},
        reliability=reliability(lived.rows),
        curve=curve(lived.rows),
        origins=tuple(one.origin_us for one in lived.judged),
        rows=len(lived.rows),
        treated=past.treated,
        base_rate=float(lived.rows.lost.mean()) if len(lived.rows) else 0.0,
    )


def _option(lived: Walk, now: Decision) -> Option:
    figures = figures_of(lived)
    return Option(
        lived.asked.target, verdict_of(figures, now, lived.asked), now, figures, len(lived.judged), lived.made, lived.kept, lived.refusals
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weekly:
    """What one fixed threshold would have alerted at the judged origins: a week's alerts after the first, and the first's stock."""

    per_week: float
    stock: int
    precision: float | None


def weekly_at(past: Past, threshold: float | None, horizon_days: int) -> Weekly:
    """Alerts of a threshold on the calibrated logit, once per customer and horizon. None alerts nobody."""
    rows, origins = past.rows, past.rows.origins
    alerted = _alerted(rows, np.inf if threshold is None else threshold, horizon_days)
    counts = [len(fresh) for fresh in alerted]
    hits = sum(int(rows.lost[fresh].sum()) for fresh in alerted)
    weeks = (origins[-1] - origins[0]) / (7 * DAY_US) if len(origins) > 1 else 0.0
    return Weekly(sum(counts[1:]) / weeks if weeks else 0.0, counts[0] if counts else 0, hits / sum(counts) if sum(counts) else None)


def _alerted(rows: Predictions, threshold: float, horizon_days: int) -> list[list[np.intp]]:
    """The rows at or over the threshold at each origin whose customer was not alerted within the horizon before."""
    last = dict[int, int]()
    found = []
    for origin in rows.origins:
        here = np.flatnonzero((rows.origin_us == origin) & (rows.logit >= threshold))
        fresh = [at for at in here if origin - last.get(int(rows.customer[at]), -(2**62)) >= horizon_days * DAY_US]
        last |= {int(rows.customer[at]): origin for at in fresh}
        found.append(fresh)
    return found


def reason_of(option: Option) -> str:
    """A text's key (`promise.reason.<…>`) for the verdict: the refusal, or what the interval says."""
    if option.now.refusal is not None:
        return option.now.refusal.value
    return {Verdict.HOLDS: "holds", Verdict.UNPROVEN: "unproven", Verdict.UNREACHABLE: "interval"}[option.verdict]


REASONS = (*(refusal.value for refusal in Refusal), "holds", "unproven", "interval")
"""All of them."""
