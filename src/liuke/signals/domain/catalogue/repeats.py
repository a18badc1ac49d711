"""SIG-34: the same issue again and again."""

from __future__ import annotations

import numpy as np

from liuke.features.domain.metric import Aggregate, Declared, Metric
from liuke.signals.domain.measures import TICKET, tickets
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Signal, World
from liuke.signals.domain.strength import ramp


def _metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    days = int(params["days"])
    return (Metric(f"ticket_repeats_{days}", Aggregate.REPEATS, TICKET, days=days, of="attrs.topic"), tickets(days))


def _judge(scene: Scene, params: Params) -> Judged:
    """Tickets without a topic could be the same issue or not: unknown. No ticket is no repetition."""
    same, count = (scene[metric.name] for metric in _metrics(params, scene.world))
    unknown = np.isnan(same) & (count >= params["least"])
    strength = ramp(same, params["least"], 2 * params["least"], 0.5)
    return Judged(strength, "reasons.SIG-34", {"days": params["days"], "times": same}, unknown, "missing.no_topics")


SIG_34 = Signal(
    code="SIG-34", mission="SIG-34", family=Family.SERVICE, points=12.0,
    parameters=(Parameter("least", 3, 2, 100, "count"), Parameter("days", 90, 1, 365)),
    metrics=_metrics, judge=_judge, evidence=lambda p: Evidence(TICKET, int(p["days"])),
    needs=TICKET, missing="missing.no_tickets",
)  # fmt: skip
