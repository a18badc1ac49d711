"""SIG-24: no order for three months and half the service requests: the customer stops needing us."""

from __future__ import annotations

import numpy as np

from liuke.features.domain.metric import Declared
from liuke.signals.domain.measures import ORDER, SINCE_ORDER, TICKET, tickets
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import divided, ramp


def _metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    days = params["days"]
    return (SINCE_ORDER, tickets(days), tickets(days, days))


def _judge(scene: Scene, params: Params) -> Judged:
    silent, now, before = (scene[metric.name] for metric in _metrics(params, scene.world))
    unknown = np.isnan(silent) | (before < params["least_tickets"])
    drop = 1.0 - divided(now, before)
    strength = ramp(drop, params["drop"], 1.0)
    strength[unknown | ~(silent >= params["days"])] = 0.0
    numbers: Sentence = {"silent": np.floor(silent), "drop": drop, "now": now, "before": before, "days": params["days"]}
    return Judged(strength, "reasons.SIG-24", numbers, unknown, "missing.too_few_tickets")


SIG_24 = Signal(
    code="SIG-24", mission="SIG-24", family=Family.CONSUMPTION, points=21.0,
    parameters=(
        Parameter("days", 90, 14, 365),
        Parameter("drop", 0.5, 0.05, 1, "percent", 0.05),
        Parameter("least_tickets", 1, 1, 100, "count"),
    ),
    metrics=_metrics, judge=_judge, evidence=lambda p: Evidence((*ORDER, *TICKET), int(2 * p["days"])),
    needs=TICKET, missing="missing.no_tickets",
)  # fmt: skip
