"""SIG-60 and SIG-61: bills overdue again and again or credit nearly used up; and a bill that is due in three days."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Aggregate, Declared, Metric
from liuke.signals.domain.pieces import Cause, at_least, counted, has, latest, strongest
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import none, ramp

_OVERDUE, _CREDIT = (Kind.PAYMENT_OVERDUE.value,), (Kind.CREDIT_USED.value,)
_DUE, _SETTLED = (Kind.PAYMENT_DUE.value,), (Kind.PAYMENT_SETTLED.value,)


def _strained_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    return (counted(_OVERDUE, params["days"]), latest(_CREDIT, params["days"]))


def _strained(scene: Scene, params: Params) -> Judged:
    times, used = (scene[metric.name] for metric in _strained_metrics(params, scene.world))
    least, nobody = params["least"], none(len(scene))
    causes = {
        _OVERDUE: Cause("reasons.SIG-60.overdue", ramp(times, least, 3 * least), nobody),
        _CREDIT: Cause("reasons.SIG-60.credit", ramp(used, params["share"], 1.0, 0.5), nobody),
    }
    numbers: Sentence = {"days": params["days"], "times": times, "used": used}
    return strongest([cause for kinds, cause in causes.items() if has(scene.world, kinds)], numbers, "missing.no_bills")


def _due_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    days = int(params["days"])
    return tuple(
        Metric(f"{name}_ahead_{days}", Aggregate.AHEAD, kinds, days=days) for name, kinds in (("due", _DUE), ("settled", _SETTLED))
    )


def _due(scene: Scene, params: Params) -> Judged:
    """Bills due within the days less those of them that are paid already."""
    due, settled = (np.nan_to_num(scene[metric.name]) for metric in _due_metrics(params, scene.world))
    unpaid = due - settled
    return Judged(at_least(unpaid, 1), "reasons.SIG-61", {"days": params["days"], "bills": unpaid}, none(len(scene)))


SIG_60 = Signal(
    code="SIG-60", mission="SIG-60", family=Family.PAYMENT, points=9.0,
    parameters=(
        Parameter("days", 180, 30, 730),
        Parameter("least", 2, 1, 50, "count"),
        Parameter("share", 0.9, 0.05, 0.99, "percent", 0.05),
    ),
    metrics=_strained_metrics, judge=_strained, evidence=lambda p: Evidence((*_OVERDUE, *_CREDIT), int(p["days"])),
    needs=(*_OVERDUE, *_CREDIT), missing="missing.no_bills",
)  # fmt: skip
SIG_61 = Signal(
    code="SIG-61", mission="SIG-61", family=Family.PAYMENT, points=1.0,
    parameters=(Parameter("days", 3, 1, 60),), metrics=_due_metrics, judge=_due,
    evidence=lambda _p: Evidence((*_DUE, *_OVERDUE, Kind.PAYMENT_RECEIVED.value), 365), needs=_DUE, missing="missing.no_due_dates",
)  # fmt: skip
