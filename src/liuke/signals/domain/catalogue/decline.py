"""SIG-05: activity, or the use of key functions, down by 40% in each of three weeks in a row. Weeks with quiet days are passed over."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Declared, Metric
from liuke.signals.domain.measures import NOT_DONE_BY_CUSTOMER, interactions
from liuke.signals.domain.pieces import Cause, has, strongest, summed
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Numbers, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import ramp
from liuke.signals.domain.tolerant import Weeks, Windowed, all_down, fallen, weeks_of

_USED = (Kind.FEATURE_USED.value,)


def core_uses(days: float, skip: float = 0) -> Metric:
    """Uses of key functions in the window."""
    return summed(_USED, days, skip, "attrs.core")


def _weeks(params: Params, world: World) -> Weeks:
    return weeks_of(world.quiet, params["weeks"], params["usual_weeks"])


def _metrics(params: Params, world: World) -> tuple[Declared, ...]:
    weeks = _weeks(params, world)
    return (*weeks.metrics(interactions), *(weeks.metrics(core_uses) if has(world, _USED) else ()))


def _judge(scene: Scene, params: Params) -> Judged:
    """The activity as a whole decides what is known; key functions are known of those who use them."""
    whole, usual, now = _falling(scene, params, interactions, "reasons.SIG-05")
    numbers: Sentence = {"weeks": params["weeks"], "drop": fallen(now, usual), "usual": usual, "now": now}
    if not has(scene.world, _USED):
        return Judged(np.where(whole.unknown, 0.0, whole.strength), whole.key, numbers, whole.unknown, "missing.too_little_activity")
    core, core_usual, core_now = _falling(scene, params, core_uses, "reasons.SIG-05.core")
    speaks = np.where(core.unknown, 0.0, core.strength) > np.where(whole.unknown, 0.0, whole.strength)
    usual, now = np.where(speaks, core_usual, usual), np.where(speaks, core_now, now)
    numbers = {"weeks": params["weeks"], "drop": fallen(now, usual), "usual": usual, "now": now}
    known = Cause(core.key, np.where(core.unknown, 0.0, core.strength), core.unknown & whole.unknown)
    return strongest([whole, known], numbers, "missing.too_little_activity")


def _falling(scene: Scene, params: Params, make: Windowed, key: str) -> tuple[Cause, Numbers, Numbers]:
    """How strongly each of the weeks lies under the usual one; with it the usual week and the mean of the recent ones."""
    weeks, usual = _weeks(params, scene.world).counts(scene, make)
    now = np.mean(weeks, axis=0)
    strength = np.where(all_down(weeks, usual, params["drop"]), ramp(fallen(now, usual), params["drop"], 1.0), 0.0)
    return Cause(key, strength, np.asarray(usual < params["least_weekly"])), usual, np.asarray(now)


SIG_05 = Signal(
    code="SIG-05", mission="SIG-05", family=Family.INTERACTION, points=21.0,
    parameters=(
        Parameter("drop", 0.4, 0.05, 0.95, "percent", 0.05),
        Parameter("weeks", 3, 1, 12, "weeks"),
        Parameter("usual_weeks", 8, 2, 52, "weeks"),
        Parameter("least_weekly", 1, 0.1, 1000, "count", 0.1),
    ),
    metrics=_metrics, judge=_judge,
    evidence=lambda p: Evidence((), int(7 * (p["weeks"] + p["usual_weeks"])), but=NOT_DONE_BY_CUSTOMER),
)  # fmt: skip
