"""SIG-08, SIG-09, SIG-42: the customer does nothing. One fact, three yardsticks: only the strongest counts per customer.

Days of festivals, shutdowns and campaigns do not count (SCR-07).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.features.domain.metric import Declared
from liuke.segments.domain.tiers import Tier
from liuke.signals.domain.measures import NOT_DONE_BY_CUSTOMER, SINCE_INTERACTION
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Numbers, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import ramp

Texts = NDArray[Any]
_MISSING = "missing.no_interactions"
"""Of whom nothing but our own doings is known nobody can say how long the silence is."""


def _metrics(_params: Params, _world: World) -> tuple[Declared, ...]:
    return (SINCE_INTERACTION,)


def _silent(scene: Scene, params: Params, code: str) -> Judged:
    days = scene[SINCE_INTERACTION.name]
    strength = ramp(scene.world.quiet.counted(days), params["days"], params["full_days"])
    return Judged(strength, _key(scene, days, f"reasons.{code}"), _numbers(scene, days, params["days"]), np.isnan(days), _MISSING)


def _key(scene: Scene, days: Numbers, key: str) -> Texts:
    """The sentence, which says where quiet days were left out."""
    return np.where(scene.world.quiet.within(days) >= 1, f"{key}.quiet", key)


def _numbers(scene: Scene, days: Numbers, limit: Numbers | float) -> Sentence:
    return {"silent": np.floor(days), "limit": limit, "quiet": np.floor(scene.world.quiet.within(days))}


def _by_tier(scene: Scene, params: Params) -> Judged:
    days = scene[SINCE_INTERACTION.name]
    high = scene.tier == Tier.HIGH.value
    limit = np.where(high, params["days_high"], params["days_other"])
    strength = ramp(scene.world.quiet.counted(days), limit, limit * params["full_times"])
    key = np.where(high, _key(scene, days, "reasons.SIG-09.high"), _key(scene, days, "reasons.SIG-09.other"))
    return Judged(strength, key, _numbers(scene, days, limit), np.isnan(days), _MISSING)


def _evidence(_params: Params) -> Evidence:
    """The newest interactions, however old: their dates are the proof."""
    return Evidence((), 730, but=NOT_DONE_BY_CUSTOMER)


SIG_08 = Signal(
    code="SIG-08", mission="SIG-08", family=Family.INTERACTION, points=18.0, group="silence",
    parameters=(Parameter("days", 30, 1, 365), Parameter("full_days", 180, 2, 1095)),
    metrics=_metrics, judge=lambda scene, params: _silent(scene, params, "SIG-08"), evidence=_evidence,
)  # fmt: skip
SIG_09 = Signal(
    code="SIG-09", mission="SIG-09", family=Family.INTERACTION, points=22.0, group="silence",
    parameters=(
        Parameter("days_high", 30, 1, 365),
        Parameter("days_other", 60, 1, 730),
        Parameter("full_times", 3, 1.1, 20, "ratio", 0.1),
    ),
    metrics=_metrics, judge=_by_tier, evidence=_evidence,
)  # fmt: skip
SIG_42 = Signal(
    code="SIG-42", mission="SIG-42", family=Family.KEY_ACTION, points=49.0, group="silence",
    parameters=(Parameter("days", 180, 30, 1095), Parameter("full_days", 365, 31, 1825)),
    metrics=_metrics, judge=lambda scene, params: _silent(scene, params, "SIG-42"), evidence=_evidence,
)  # fmt: skip
