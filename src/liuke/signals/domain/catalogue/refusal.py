"""SCR-11: a renewal reminder refused three times in a row, on record or in the customer's own words (`attrs.refused`)."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Aggregate, Declared, Metric
from liuke.signals.domain.pieces import SAID, counted, since, summed
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Signal, World
from liuke.signals.domain.strength import none, ramp

_REFUSED, _RENEWED = (Kind.RENEWAL_REFUSED.value,), (Kind.CONTRACT_RENEWED.value,)


def _metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    times, days = int(params["in_a_row"]), int(params["days"])
    gaps = Metric(f"refusal_gap_{times}_{days}", Aggregate.GAP_RECENT, _REFUSED, days=days, by_day=False, recent=max(times - 1, 1))
    return (counted(_REFUSED, days), since(_REFUSED, days), gaps, since(_RENEWED), summed(SAID, days, of="attrs.refused"))


def _judge(scene: Scene, params: Params) -> Judged:
    """In a row: no renewal since the first of the newest refusals, which lies the mean of their gaps times their number back.

    Refusals in words have no such gap: there, no renewal in the window.
    """
    refused, newest, gap, renewed, written = (scene[metric.name] for metric in _metrics(params, scene.world))
    times = params["in_a_row"]
    first = newest + np.nan_to_num(gap) * (times - 1)
    strength = ramp(refused, times, 2 * times, 0.7)
    strength[renewed < first] = 0.0
    strength = np.maximum(strength, np.where(renewed < params["days"], 0.0, ramp(written, times, 2 * times, 0.7)))
    return Judged(strength, "reasons.SCR-11", {"times": times}, none(len(scene)))


SCR_11 = Signal(
    code="SCR-11", mission="SCR-11", family=Family.INTENT, points=24.0,
    parameters=(Parameter("in_a_row", 3, 2, 10, "count"), Parameter("days", 365, 30, 1095)),
    metrics=_metrics, judge=_judge,
    evidence=lambda p: Evidence((*_REFUSED, *_RENEWED, *SAID), int(p["days"]), texts=(("refused", 0),)),
    needs=(*_REFUSED, *SAID), missing="missing.no_refusals",
)  # fmt: skip
