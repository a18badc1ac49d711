"""SIG-13 and SIG-21: the customer's own rhythm slows down (BEY-10: each customer against itself, not one number of days)."""

from __future__ import annotations

import numpy as np

from liuke.features.domain.metric import Aggregate, Declared, Metric
from liuke.signals.domain.measures import ORDER, ORDER_DAYS, ORDER_GAP_MEDIAN, SINCE_ORDER, VISIT
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import divided, ramp


def _overdue_metrics(_params: Params, _world: World) -> tuple[Declared, ...]:
    return (SINCE_ORDER, ORDER_GAP_MEDIAN, ORDER_DAYS)


def _overdue(scene: Scene, params: Params) -> Judged:
    silent, median, days = (scene[metric.name] for metric in _overdue_metrics(params, scene.world))
    unknown = ~(days > params["least_gaps"])
    usual = np.maximum(median, params["least_gap_days"])
    over = divided(silent, usual) - 1.0
    strength = ramp(over, params["over"], params["full_over"])
    strength[unknown] = 0.0
    numbers: Sentence = {"silent": np.floor(silent), "usual": usual, "over": over}
    return Judged(strength, "reasons.SIG-21", numbers, unknown, "missing.too_few_orders")


def _interval(kinds: tuple[str, ...], prefix: str, recent: int) -> tuple[Metric, Metric]:
    return (
        Metric(f"{prefix}_gap_recent_{recent}", Aggregate.GAP_RECENT, kinds, recent=recent),
        Metric(f"{prefix}_gap_earlier_{recent}", Aggregate.GAP_EARLIER, kinds, recent=recent),
    )


def _interval_metrics(params: Params, world: World) -> tuple[Declared, ...]:
    recent = int(params["recent"])
    visits = _interval(VISIT, "visit", recent) if set(VISIT) & set(world.kinds) else ()
    return (*_interval(ORDER, "order", recent), *visits)


def _lengthening(scene: Scene, params: Params) -> Judged:
    """Visits where the customer has enough of them, else orders."""
    found = [scene[metric.name] for metric in _interval_metrics(params, scene.world)]
    now, usual = found[0], found[1]
    key = np.full(len(scene), "reasons.SIG-13.order", dtype=object)
    if len(found) > 2:
        visits = ~np.isnan(found[2]) & ~np.isnan(found[3])
        now, usual = np.where(visits, found[2], now), np.where(visits, found[3], usual)
        key[visits] = "reasons.SIG-13.visit"
    usual = np.maximum(usual, params["least_gap_days"])
    times = divided(now, usual)
    numbers: Sentence = {"recent": params["recent"], "now": now, "usual": usual, "times": times}
    return Judged(ramp(times, params["times"], params["full_times"]), key, numbers, np.isnan(times), "missing.too_few_intervals")


SIG_21 = Signal(
    code="SIG-21", mission="SIG-21", family=Family.CONSUMPTION, points=32.0,
    parameters=(
        Parameter("over", 0.3, 0.05, 5, "percent", 0.05),
        Parameter("full_over", 4.0, 0.1, 20, "percent", 0.1),
        Parameter("least_gaps", 3, 1, 50, "count"),
        Parameter("least_gap_days", 7, 1, 365),
    ),
    metrics=_overdue_metrics, judge=_overdue, evidence=lambda _p: Evidence(ORDER, 730),
    needs=ORDER, missing="missing.no_orders",
)  # fmt: skip
SIG_13 = Signal(
    code="SIG-13", mission="SIG-13", family=Family.INTERACTION, points=16.0,
    parameters=(
        Parameter("times", 1.5, 1.05, 10, "ratio", 0.05),
        Parameter("full_times", 3.0, 1.1, 20, "ratio", 0.1),
        Parameter("recent", 3, 1, 20, "count"),
        Parameter("least_gap_days", 7, 1, 365),
    ),
    metrics=_interval_metrics, judge=_lengthening, evidence=lambda _p: Evidence((*ORDER, *VISIT), 730),
    needs=(*ORDER, *VISIT), missing="missing.no_orders_or_visits",
)  # fmt: skip
