"""SIG-21: the customer is over its own purchase cycle (BEY-10: each customer against itself). Quiet days do not count (SCR-07)."""

from __future__ import annotations

import numpy as np

from liuke.features.domain.metric import Declared
from liuke.signals.domain.measures import ORDER, ORDER_DAYS, ORDER_GAP_MEDIAN, SINCE_ORDER
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import divided, ramp


def _overdue_metrics(_params: Params, _world: World) -> tuple[Declared, ...]:
    return (SINCE_ORDER, ORDER_GAP_MEDIAN, ORDER_DAYS)


def _overdue(scene: Scene, params: Params) -> Judged:
    silent, median, days = (scene[metric.name] for metric in _overdue_metrics(params, scene.world))
    unknown = ~(days > params["least_gaps"])
    usual = np.maximum(median, params["least_gap_days"])
    over = divided(scene.world.quiet.counted(silent), usual) - 1.0
    strength = ramp(over, params["over"], params["full_over"])
    strength[unknown] = 0.0
    numbers: Sentence = {"silent": np.floor(silent), "usual": usual, "over": over}
    return Judged(strength, "reasons.SIG-21", numbers, unknown, "missing.too_few_orders")


SIG_21 = Signal(
    code="SIG-21", mission="SIG-21", tag="high_risk", family=Family.CONSUMPTION, points=32.0,
    parameters=(
        Parameter("over", 0.3, 0.05, 5, "percent", 0.05),
        Parameter("full_over", 4.0, 0.1, 20, "percent", 0.1),
        Parameter("least_gaps", 3, 1, 50, "count"),
        Parameter("least_gap_days", 7, 1, 365),
    ),
    metrics=_overdue_metrics, judge=_overdue, evidence=lambda _p: Evidence(ORDER, 730),
    needs=ORDER, missing="missing.no_orders",
)  # fmt: skip
