"""All signals over a scene, what they need, and which activities stand behind a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import numpy as np

from liuke.base.errors import NotFound
from liuke.features.domain.metric import Declared
from liuke.features.domain.moment import Moment
from liuke.signals.domain.catalogue import BY_CODE, SIGNALS
from liuke.signals.domain.evidence import ActivityWindow
from liuke.signals.domain.outage import SILENT
from liuke.signals.domain.signal import Judged, Params, Scene, Signal, World


def signals_all() -> tuple[Signal, ...]:
    """The catalogue, in the order in which it is shown."""
    return SIGNALS


def signal_get(code: str) -> Signal:
    """The signal of that code. Raises NotFound("signal")."""
    if code not in BY_CODE:
        raise NotFound("signal", signal=code, allowed=sorted(BY_CODE))
    return BY_CODE[code]


def signal_computable(signal: Signal, kinds: Collection[str]) -> bool:
    """Whether a workspace with these kinds of activity can compute it at all."""
    return not signal.needs or bool(set(signal.needs) & set(kinds))


def signal_metrics(signal: Signal, params: Params, world: World) -> tuple[Declared, ...]:
    """The features it reads, with its parameters; none where it is not computable."""
    return signal.metrics(params, world) if signal_computable(signal, world.kinds) else ()


def signal_judge(signal: Signal, scene: Scene, params: Params) -> Judged:
    """How strongly it fires for each customer. Not computable for anybody, or held: strength 0, everybody `unknown`."""
    computable = signal_computable(signal, scene.world.kinds)
    if not computable or signal.code in scene.world.held:
        size, why = len(scene), SILENT if computable else signal.missing
        return Judged(np.zeros(size), f"reasons.{signal.code}", {}, np.ones(size, dtype=np.bool_), why)
    return signal.judge(scene, params)


def evidence(*, signal: str, params: Mapping[str, float] | None = None, as_of: datetime, zone: str) -> ActivityWindow:
    """Which activities stand behind a reason of `signal` (its default parameters where none are given).

    Show the newest first; nothing at or after `as_of`. Raises NotFound for an unknown signal.
    """
    found = signal_get(signal)
    proof = found.evidence({**found.defaults(), **(params or {})})
    moment = Moment(as_of, zone)
    return ActivityWindow(proof.kinds, proof.but, moment.back_us(proof.days), moment.us, proof.texts, proof.newest)
