"""SIG-40: a high-value customer whose contract ends soon, without a renewal process, whose contact leaves important messages unanswered."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Aggregate, Declared, Metric
from liuke.segments.domain.tiers import Tier
from liuke.signals.domain.pieces import has, highest, since
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Numbers, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import ramp

_ENDS = Kind.CONTRACT_ENDS
_PROCESS = (Kind.RENEWAL_STARTED, Kind.RENEWAL_CONTACTED, Kind.CONTRACT_RENEWED, Kind.QUOTE_REQUESTED)
_SENT = (Kind.INFO_SENT, Kind.MESSAGE_OUT)
_ANSWERED = (Kind.MESSAGE_IN, Kind.MESSAGE_READ, Kind.GROUP_MESSAGE, Kind.INFO_VIEWED, Kind.CALL_MADE)
_END = Metric("contract_until", Aggregate.DAYS_UNTIL, (_ENDS.value,))
_IMPORTANT = "attrs.important"


def _metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    silent, window = int(params["silent_days"]), int(params["process_days"])
    return (
        _END,
        since(_PROCESS),
        since(_ANSWERED),
        since((Kind.INFO_SENT,), window, silent),
        since((Kind.MESSAGE_OUT,), window, silent),
        highest((Kind.MESSAGE_OUT,), window + silent, _IMPORTANT),
    )


def _waiting(answered: Numbers, info: Numbers, message: Numbers, important: Numbers) -> Numbers:
    """Days since what was sent and not answered; NaN where nothing important waits. Key information is important by itself."""
    sent = np.fmin(info, np.where(important > 0, message, np.nan))
    return np.where(np.isnan(answered) | (answered > sent), sent, np.nan)


def _judge(scene: Scene, params: Params) -> Judged:
    until, process, answered, info, message, important = (scene[metric.name] for metric in _metrics(params, scene.world))
    near = (scene.tier == Tier.HIGH.value) & (until <= params["expiry_days"])
    idle = np.isnan(process) | (process > params["process_days"])
    waiting = _waiting(answered, info, message, important)
    fires = near & idle & (waiting >= params["silent_days"])
    strength = np.where(fires, ramp(params["expiry_days"] - until, 0.0, params["expiry_days"], 0.6), 0.0)
    known_process, known_messages = has(scene.world, _PROCESS), has(scene.world, _SENT) and has(scene.world, _ANSWERED)
    unknown = near & (not (known_process and known_messages))
    strength[unknown] = 0.0
    numbers: Sentence = {"until": np.ceil(until), "waiting": np.floor(waiting)}
    return Judged(strength, "reasons.SIG-40", numbers, unknown, "missing.no_messages" if known_process else "missing.no_renewal_process")


SIG_40 = Signal(
    code="SIG-40", mission="SIG-40", family=Family.KEY_ACTION, points=24.0,
    parameters=(
        Parameter("expiry_days", 60, 1, 365),
        Parameter("silent_days", 15, 1, 90),
        Parameter("process_days", 90, 7, 365),
    ),
    metrics=_metrics, judge=_judge,
    evidence=lambda p: Evidence(tuple(kind.value for kind in (*_SENT, *_ANSWERED, *_PROCESS)), int(p["process_days"] + p["silent_days"])),
    needs=(_ENDS.value,), missing="missing.no_contracts",
)  # fmt: skip
