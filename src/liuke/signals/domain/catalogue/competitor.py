"""SIG-51 and SIG-53: a competitor's pages were opened; and comparison online while visits to the store fall."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Declared
from liuke.signals.domain.pieces import counted
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import divided, none, ramp

_LOOKED, _STORE = (Kind.COMPETITOR_VISITED.value,), (Kind.STORE_VISITED.value,)


def _metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    return (counted(_LOOKED, params["days"]),)


def _judge(scene: Scene, params: Params) -> Judged:
    visits = scene[_metrics(params, scene.world)[0].name]
    strength = ramp(visits, params["least"], params["full"])
    return Judged(strength, "reasons.SIG-51", {"days": params["days"], "times": visits}, none(len(scene)))


def _both_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    days, before = params["days"], params["days"] * params["usual_periods"]
    return (counted(_LOOKED, days), counted(_STORE, days), counted(_STORE, before, days))


def _both(scene: Scene, params: Params) -> Judged:
    """Who never came to the store cannot come less often: unknown, but only for those who compare."""
    looked, now, before = (scene[metric.name] for metric in _both_metrics(params, scene.world))
    compares = looked >= params["least"]
    usual = before / params["usual_periods"]
    drop = 1.0 - divided(now, usual)
    unknown = compares & np.isnan(drop)
    strength = np.where(compares, ramp(drop, params["drop"], 1.0, 0.6), 0.0)
    numbers: Sentence = {"days": params["days"], "times": looked, "drop": drop}
    return Judged(strength, "reasons.SIG-53", numbers, unknown, "missing.no_store_visits")


SIG_51 = Signal(
    code="SIG-51", mission="SIG-51", family=Family.INTENT, points=10.0, group="competitor",
    parameters=(
        Parameter("days", 30, 1, 365),
        Parameter("least", 1, 1, 100, "count"),
        Parameter("full", 5, 1.1, 100, "count", 0.1),
    ),
    metrics=_metrics, judge=_judge, evidence=lambda p: Evidence(_LOOKED, int(p["days"])),
    needs=_LOOKED, missing="missing.no_competitor_visits",
)  # fmt: skip
SIG_53 = Signal(
    code="SIG-53", mission="SIG-53", family=Family.INTENT, points=16.0, group="competitor",
    parameters=(
        Parameter("days", 30, 7, 365),
        Parameter("least", 1, 1, 100, "count"),
        Parameter("drop", 0.3, 0.05, 0.95, "percent", 0.05),
        Parameter("usual_periods", 3, 1, 24, "count"),
    ),
    metrics=_both_metrics, judge=_both,
    evidence=lambda p: Evidence((*_LOOKED, *_STORE), int(p["days"] * (1 + p["usual_periods"]))),
    needs=_LOOKED, missing="missing.no_competitor_visits",
)  # fmt: skip
