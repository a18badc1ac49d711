"""SIG-13: visits or orders lie further apart than before; coupons are used less than before."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Aggregate, Declared, Metric
from liuke.signals.domain.measures import ORDER, SINCE_ORDER, VISIT
from liuke.signals.domain.pieces import Cause, counted, has, since, strongest
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Numbers, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import divided, ramp

_ISSUED, _USED = (Kind.COUPON_ISSUED.value,), (Kind.COUPON_USED.value,)
_SINCE_VISIT = since(VISIT)


def _interval(kinds: tuple[str, ...], prefix: str, recent: int) -> tuple[Metric, Metric]:
    return (
        Metric(f"{prefix}_gap_recent_{recent}", Aggregate.GAP_RECENT, kinds, recent=recent),
        Metric(f"{prefix}_gap_earlier_{recent}", Aggregate.GAP_EARLIER, kinds, recent=recent),
    )


def _coupons(params: Params) -> tuple[Metric, ...]:
    """Issued and used: lately, and in twice that time before."""
    days = params["coupon_days"]
    return (counted(_ISSUED, days), counted(_USED, days), counted(_ISSUED, 2 * days, days), counted(_USED, 2 * days, days))


def _metrics(params: Params, world: World) -> tuple[Declared, ...]:
    recent = int(params["recent"])
    visits = (*_interval(VISIT, "visit", recent), _SINCE_VISIT) if has(world, VISIT) else ()
    return (*_interval(ORDER, "order", recent), SINCE_ORDER, *visits, *(_coupons(params) if has(world, _ISSUED) else ()))


def _judge(scene: Scene, params: Params) -> Judged:
    """Visits where the customer has enough of them, else orders; the coupons beside them."""
    recent = int(params["recent"])
    now, usual, newest = (scene[name.name] for name in (*_interval(ORDER, "order", recent), SINCE_ORDER))
    visited = np.zeros(len(scene), dtype=np.bool_)
    if has(scene.world, VISIT):
        seen, before, last = (scene[name.name] for name in (*_interval(VISIT, "visit", recent), _SINCE_VISIT))
        visited = ~np.isnan(seen) & ~np.isnan(before)
        now, usual, newest = np.where(visited, seen, now), np.where(visited, before, usual), np.where(visited, last, newest)
    usual = np.maximum(usual, params["least_gap_days"])
    times = divided(_without_quiet(scene, now, newest, recent), usual)
    strength = ramp(times, params["times"], params["full_times"])
    causes = [
        Cause("reasons.SIG-13.visit", np.where(visited, strength, 0.0), np.isnan(times)),
        Cause("reasons.SIG-13.order", np.where(visited, 0.0, strength), np.isnan(times)),
    ]
    numbers: Sentence = {"recent": params["recent"], "now": now, "usual": usual, "times": times}
    if has(scene.world, _ISSUED):
        coupons, numbers = _less_used(scene, params, numbers)
        causes.append(coupons)
    return strongest(causes, numbers, "missing.too_few_intervals")


def _without_quiet(scene: Scene, gap: Numbers, newest: Numbers, recent: int) -> Numbers:
    """The mean of the newest gaps without the quiet days in the stretch that they span."""
    quiet = scene.world.quiet
    return gap - (quiet.within(newest + recent * gap) - quiet.within(newest)) / recent


def _less_used(scene: Scene, params: Params, numbers: Sentence) -> tuple[Cause, Sentence]:
    issued, used, issued_before, used_before = (scene[metric.name] for metric in _coupons(params))
    rate, rate_before = divided(used, issued), divided(used_before, issued_before)
    drop = 1.0 - divided(rate, rate_before)
    unknown = (issued < params["least_coupons"]) | (issued_before < params["least_coupons"]) | (used_before == 0)
    strength = ramp(drop, params["coupon_drop"], 1.0)
    said = {**numbers, "coupon_days": params["coupon_days"], "rate": rate, "rate_before": rate_before}
    return Cause("reasons.SIG-13.coupon", strength, unknown), said


SIG_13 = Signal(
    code="SIG-13", mission="SIG-13", family=Family.INTERACTION, points=16.0,
    parameters=(
        Parameter("times", 1.5, 1.05, 10, "ratio", 0.05),
        Parameter("full_times", 3.0, 1.1, 20, "ratio", 0.1),
        Parameter("recent", 3, 1, 20, "count"),
        Parameter("least_gap_days", 7, 1, 365),
        Parameter("coupon_days", 90, 7, 365),
        Parameter("coupon_drop", 0.5, 0.05, 1, "percent", 0.05),
        Parameter("least_coupons", 3, 1, 100, "count"),
    ),
    metrics=_metrics, judge=_judge, evidence=lambda _p: Evidence((*ORDER, *VISIT, *_ISSUED, *_USED), 730),
    needs=(*ORDER, *VISIT, *_ISSUED), missing="missing.no_orders_or_visits",
)  # fmt: skip
