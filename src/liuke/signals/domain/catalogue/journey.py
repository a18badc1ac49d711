"""SIG-43: breaks in the journey: training answered late, a quarterly review missed, documents searched in vain."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Declared
from liuke.signals.domain.pieces import Cause, counted, has, highest, since, strongest
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Numbers, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import none, ramp

_ASKED, _ANSWERED = (Kind.TRAINING_ASKED,), (Kind.TRAINING_ANSWERED,)
_MISSED, _FAILED = (Kind.QBR_MISSED,), (Kind.SEARCH_FAILED,)
_ALL = tuple(kind.value for kind in (*_ASKED, *_ANSWERED, *_MISSED, *_FAILED))


def _metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    days = params["days"]
    return (since(_ASKED, days), since(_ANSWERED, days), highest(_ANSWERED, days), counted(_MISSED, days), counted(_FAILED, days))


def _slowest(asked: Numbers, answered: Numbers, hours: Numbers) -> Numbers:
    """Hours until the slowest answer, or that the newest question has been waiting."""
    waiting = np.where(np.isnan(answered) | (answered > asked), asked * 24.0, np.nan)
    return np.fmax(hours, waiting)


def _judge(scene: Scene, params: Params) -> Judged:
    asked, answered, hours, missed, failed = (scene[metric.name] for metric in _metrics(params, scene.world))
    slowest, limit, nobody = _slowest(asked, answered, hours), params["hours"], none(len(scene))
    late = np.where(slowest > limit, ramp(slowest, limit, 4 * limit, 0.5), 0.0)
    causes = {
        (*_ASKED, *_ANSWERED): Cause("reasons.SIG-43.training", late, nobody),
        _MISSED: Cause("reasons.SIG-43.review", ramp(missed, 1.0, 2.0, 0.6), nobody),
        _FAILED: Cause("reasons.SIG-43.search", ramp(failed, params["least_searches"], 4 * params["least_searches"]), nobody),
    }
    numbers: Sentence = {"days": params["days"], "hours": slowest, "missed": missed, "failed": failed}
    return strongest([cause for kinds, cause in causes.items() if has(scene.world, kinds)], numbers, "missing.no_journey")


SIG_43 = Signal(
    code="SIG-43", mission="SIG-43", family=Family.KEY_ACTION, points=9.0,
    parameters=(Parameter("hours", 48, 1, 720, "count"), Parameter("least_searches", 3, 1, 100, "count"), Parameter("days", 90, 1, 365)),
    metrics=_metrics, judge=_judge, evidence=lambda p: Evidence(_ALL, int(p["days"])),
    needs=_ALL, missing="missing.no_journey",
)  # fmt: skip
