"""SIG-41: a trial in which no core feature was used seven days after activation."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Declared
from liuke.signals.domain.pieces import counted, highest, since
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import ramp

_STARTED, _USED = (Kind.TRIAL_STARTED.value,), (Kind.FEATURE_USED.value,)
_BOUGHT = (Kind.CONTRACT_STARTED, Kind.ORDER_PLACED, Kind.FEE_PAID)


def _metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    days = params["trial_days"]
    return (since(_STARTED), since(_BOUGHT), counted(_USED, days), highest(_USED, days, "attrs.core"))


def _judge(scene: Scene, params: Params) -> Judged:
    """Who bought since is no trial any more. Uses of which nobody says whether they are core leave it unknown."""
    started, bought, uses, core = (scene[metric.name] for metric in _metrics(params, scene.world))
    trial = (started <= params["trial_days"]) & ~(bought <= started)
    unknown = trial & ((uses > 0) & np.isnan(core) | (not set(_USED) & set(scene.world.kinds)))
    strength = np.where(trial & ~(core > 0), ramp(started, params["activation_days"], params["trial_days"], 0.5), 0.0)
    strength[unknown] = 0.0
    numbers: Sentence = {"days": np.floor(started), "limit": params["activation_days"]}
    return Judged(strength, "reasons.SIG-41", numbers, np.asarray(unknown), "missing.no_core_use")


SIG_41 = Signal(
    code="SIG-41", mission="SIG-41", family=Family.KEY_ACTION, points=20.0,
    parameters=(Parameter("activation_days", 7, 1, 60), Parameter("trial_days", 30, 2, 180)),
    metrics=_metrics, judge=_judge, evidence=lambda p: Evidence((*_STARTED, *_USED), int(p["trial_days"]) + 1),
    needs=_STARTED, missing="missing.no_trials",
)  # fmt: skip
