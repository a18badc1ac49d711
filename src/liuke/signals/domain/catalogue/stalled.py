"""SIG-44: a deal that nobody moves, or bills that are paid later than this customer used to pay."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Declared
from liuke.signals.domain.pieces import Cause, averaged, has, latest, since, strongest
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import ramp

_MOVED, _PAID = (Kind.OPPORTUNITY_MOVED,), (Kind.PAYMENT_RECEIVED,)
_OPEN, _DAYS = "attrs.open", "attrs.days"
_USUAL_DAYS = 365


def _metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    recent = params["recent_days"]
    return (since(_MOVED), latest(_MOVED, of=_OPEN), averaged(_PAID, recent, of=_DAYS), averaged(_PAID, _USUAL_DAYS, recent, _DAYS))


def _judge(scene: Scene, params: Params) -> Judged:
    """A deal not said to be open or closed is unknown; so is the usual time to pay of those who paid in one stretch only."""
    moved, is_open, now, usual = (scene[metric.name] for metric in _metrics(params, scene.world))
    slower = now - usual
    stuck = np.where(is_open > 0, ramp(moved, params["stalled_days"], 3 * params["stalled_days"]), 0.0)
    causes = []
    if has(scene.world, _MOVED):
        causes.append(Cause("reasons.SIG-44.deal", stuck, ~np.isnan(moved) & np.isnan(is_open)))
    if has(scene.world, _PAID):
        late = ramp(slower, params["slower_days"], 4 * params["slower_days"])
        causes.append(Cause("reasons.SIG-44.payment", late, ~np.isnan(now) & np.isnan(usual)))
    numbers: Sentence = {"silent": np.floor(moved), "now": now, "usual": usual, "slower": slower}
    return strongest(causes, numbers, "missing.no_usual_payment")


SIG_44 = Signal(
    code="SIG-44", mission="SIG-44", family=Family.KEY_ACTION, points=8.0,
    parameters=(Parameter("stalled_days", 30, 3, 365), Parameter("slower_days", 15, 1, 180), Parameter("recent_days", 90, 14, 365)),
    metrics=_metrics, judge=_judge,
    evidence=lambda p: Evidence(tuple(kind.value for kind in (*_MOVED, *_PAID)), int(p["recent_days"]) + _USUAL_DAYS),
    needs=tuple(kind.value for kind in (*_MOVED, *_PAID)), missing="missing.no_deals_or_payments",
)  # fmt: skip
