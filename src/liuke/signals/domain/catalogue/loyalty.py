"""What speaks for a customer: it has just ordered, it orders often, it ordered in this season a year ago."""

from __future__ import annotations

import numpy as np

from liuke.features.domain.metric import Declared, Metric
from liuke.signals.domain.measures import ORDER, ORDER_GAP_MEDIAN, SINCE_ORDER, order_days, orders
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Signal, World
from liuke.signals.domain.strength import divided, none, ramp

YEAR = 365


def _recent(scene: Scene, params: Params) -> Judged:
    silent = scene[SINCE_ORDER.name]
    strength = ramp(params["days"] - silent, 0.0, params["days"], 0.0)
    return Judged(strength, "reasons.recent_order", {"silent": np.floor(silent)}, none(len(scene)))


def _frequent(scene: Scene, params: Params) -> Judged:
    """Logarithmic: the step from 3 to 6 order days says as much as the one from 6 to 12.

    It speaks for a customer only while the rhythm holds: from `keeps` usual gaps of silence on it fades, at `ends` it is gone.
    """
    times = np.nan_to_num(scene[order_days(params["days"]).name])
    gaps = divided(scene[SINCE_ORDER.name], np.maximum(scene[ORDER_GAP_MEDIAN.name], params["least_gap_days"]))
    faded = ramp(gaps, params["keeps"], params["ends"], 0.0)
    strength = ramp(np.log(np.maximum(times, 0.5)), np.log(params["least"]), np.log(params["full"])) * (1.0 - faded)
    return Judged(strength, "reasons.frequent", {"days": params["days"], "times": times}, none(len(scene)))


def _season_orders(params: Params) -> Metric:
    days = int(params["days"])
    return orders(days, YEAR - days)


def _season(scene: Scene, params: Params) -> Judged:
    count = scene[_season_orders(params).name]
    strength = ramp(count, params["least"], params["full"])
    return Judged(strength, "reasons.season", {"days": params["days"], "times": count}, none(len(scene)))


def _only(metric: Metric) -> tuple[Declared, ...]:
    return (metric,)


def _recent_metrics(_params: Params, _world: World) -> tuple[Declared, ...]:
    return _only(SINCE_ORDER)


def _frequent_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    return (order_days(params["days"]), SINCE_ORDER, ORDER_GAP_MEDIAN)


def _season_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    return _only(_season_orders(params))


RECENT = Signal(
    code="recent_order", family=Family.CONSUMPTION, points=-11.0, parameters=(Parameter("days", 30, 2, 365),),
    metrics=_recent_metrics, judge=_recent, evidence=lambda p: Evidence(ORDER, int(p["days"])),
    needs=ORDER, missing="missing.no_orders",
)  # fmt: skip
FREQUENT = Signal(
    code="frequent", family=Family.CONSUMPTION, points=-69.0,
    parameters=(
        Parameter("days", 365, 30, 1095),
        Parameter("least", 3, 1, 100, "count"),
        Parameter("full", 12, 2, 365, "count"),
        Parameter("keeps", 3, 1, 20, "ratio", 0.1),
        Parameter("ends", 8, 1.1, 40, "ratio", 0.1),
        Parameter("least_gap_days", 14, 1, 90),
    ),
    metrics=_frequent_metrics, judge=_frequent, evidence=lambda p: Evidence(ORDER, int(p["days"])),
    needs=ORDER, missing="missing.no_orders",
)  # fmt: skip
SEASON = Signal(
    code="season", family=Family.CONSUMPTION, points=-23.0,
    parameters=(
        Parameter("days", 90, 7, 180),
        Parameter("least", 1, 1, 100, "count"),
        Parameter("full", 3, 1.1, 100, "count", 0.1),
    ),
    metrics=_season_metrics, judge=_season, evidence=lambda _p: Evidence(ORDER, YEAR),
    needs=ORDER, missing="missing.no_orders",
)  # fmt: skip
