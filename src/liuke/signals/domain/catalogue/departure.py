"""SIG-52: preparing to leave: bulk export, collaborators removed, calls to our API out of the usual, a trial with a competitor."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Declared
from liuke.signals.domain.pieces import Cause, counted, has, highest, strongest, summed
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Numbers, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import divided, none, ramp

_EXPORTED, _REMOVED = (Kind.DATA_EXPORTED,), (Kind.COLLABORATOR_REMOVED,)
_CALLED, _TRIAL = (Kind.API_CALLED,), (Kind.COMPETITOR_TRIAL,)
_ALL = tuple(kind.value for kind in (*_EXPORTED, *_REMOVED, *_CALLED, *_TRIAL))
_WEEK, _USUAL_WEEKS = 7, 8
_HALF = 0.5


def _metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    days = params["days"]
    calls = (summed(_CALLED, _WEEK), summed(_CALLED, _WEEK * _USUAL_WEEKS, _WEEK))
    return (highest(_EXPORTED, days), summed(_REMOVED, days), *calls, counted(_TRIAL, days))


def _odd(now: Numbers, usual: Numbers, params: Params) -> Numbers:
    """A week of calls far under or far over the usual week."""
    times = divided(now, usual)
    fall = ramp(1.0 - times, params["drop"], 1.0, _HALF)
    return np.fmax(fall, ramp(times, params["times"], 2 * params["times"], _HALF))


def _judge(scene: Scene, params: Params) -> Judged:
    rows, removed, now, before, trials = (scene[metric.name] for metric in _metrics(params, scene.world))
    usual, nobody = before / _USUAL_WEEKS, none(len(scene))
    causes = {
        _TRIAL: Cause("reasons.SIG-52.trial", ramp(trials, 1.0, 1.0, 1.0), nobody),
        _EXPORTED: Cause("reasons.SIG-52.export", ramp(rows, params["least_rows"], 10 * params["least_rows"], _HALF), nobody),
        _REMOVED: Cause("reasons.SIG-52.removed", ramp(removed, params["least_removed"], 3 * params["least_removed"], _HALF), nobody),
        _CALLED: Cause("reasons.SIG-52.api", _odd(now, usual, params), usual < 1),
    }
    numbers: Sentence = {"days": params["days"], "rows": rows, "removed": removed, "now": now, "usual": usual}
    present = [cause for kinds, cause in causes.items() if has(scene.world, kinds)]
    return strongest(present, numbers, "missing.too_few_calls")


SIG_52 = Signal(
    code="SIG-52", mission="SIG-52", family=Family.INTENT, points=18.0,
    parameters=(
        Parameter("days", 30, 1, 365),
        Parameter("least_rows", 10_000, 1, 1e8, "count", 1000),
        Parameter("least_removed", 3, 1, 1000, "count"),
        Parameter("drop", 0.8, 0.05, 1, "percent", 0.05),
        Parameter("times", 5, 1.05, 100, "ratio", 0.05),
    ),
    metrics=_metrics, judge=_judge, evidence=lambda p: Evidence(_ALL, max(int(p["days"]), _WEEK * (1 + _USUAL_WEEKS))),
    needs=_ALL, missing="missing.no_departure_data",
)  # fmt: skip
