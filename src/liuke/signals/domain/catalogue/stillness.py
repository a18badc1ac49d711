"""SIG-24: no order for three months and half the service requests: the customer stops needing us."""

from __future__ import annotations

import numpy as np

from liuke.features.domain.metric import Declared
from liuke.signals.domain.measures import ORDER, SINCE_ORDER, TICKET, tickets
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import ramp
from liuke.signals.domain.tolerant import cleared, cleared_metrics, fallen


def _metrics(params: Params, world: World) -> tuple[Declared, ...]:
    days = params["days"]
    return (SINCE_ORDER, *cleared_metrics(tickets, world.quiet, days), *cleared_metrics(tickets, world.quiet, days, days))


def _judge(scene: Scene, params: Params) -> Judged:
    """Quiet days count neither as silence nor on either side of the comparison (SCR-07)."""
    silent, days = scene[SINCE_ORDER.name], params["days"]
    now, before = cleared(scene, tickets, days).per(days), cleared(scene, tickets, days, days).per(days)
    unknown = np.isnan(silent) | ~(before >= params["least_tickets"]) | np.isnan(now)
    drop = fallen(now, before)
    strength = ramp(drop, params["drop"], 1.0)
    strength[unknown | ~(scene.world.quiet.counted(silent) >= days)] = 0.0
    numbers: Sentence = {"silent": np.floor(silent), "drop": drop, "now": now, "before": before, "days": days}
    return Judged(strength, "reasons.SIG-24", numbers, unknown, "missing.too_few_tickets")


SIG_24 = Signal(
    code="SIG-24", mission="SIG-24", tag="leaving_group", family=Family.CONSUMPTION, points=21.0,
    parameters=(
        Parameter("days", 90, 14, 365),
        Parameter("drop", 0.5, 0.05, 1, "percent", 0.05),
        Parameter("least_tickets", 1, 1, 100, "count"),
    ),
    metrics=_metrics, judge=_judge, evidence=lambda p: Evidence((*ORDER, *TICKET), int(2 * p["days"])),
    needs=TICKET, missing="missing.no_tickets",
)  # fmt: skip
