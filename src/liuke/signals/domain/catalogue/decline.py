"""SIG-05: activity down by 40% in each of three weeks in a row."""

from __future__ import annotations

from liuke.features.domain.metric import Declared, Streak
from liuke.signals.domain.measures import NOT_DONE_BY_CUSTOMER, interactions
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import divided, ramp


def _streak(params: Params) -> Streak:
    weeks, usual, drop = int(params["weeks"]), int(params["usual_weeks"]), params["drop"]
    name = f"interaction_streak_{weeks}_{usual}_{round(drop * 1000)}"
    return Streak(name, but=NOT_DONE_BY_CUSTOMER, drop=drop, weeks=weeks, usual_weeks=usual)


def _metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    recent = 7 * params["weeks"]
    return (_streak(params), interactions(recent), interactions(7 * params["usual_weeks"], recent))


def _judge(scene: Scene, params: Params) -> Judged:
    streak, recent, before = (scene[metric.name] for metric in _metrics(params, scene.world))
    now, usual = recent / params["weeks"], before / params["usual_weeks"]
    drop = 1.0 - divided(now, usual)
    unknown = usual < params["least_weekly"]
    strength = ramp(drop, params["drop"], 1.0)
    strength[unknown | ~(streak >= params["weeks"])] = 0.0
    numbers: Sentence = {"weeks": params["weeks"], "drop": drop, "usual": usual, "now": now}
    return Judged(strength, "reasons.SIG-05", numbers, unknown, "missing.too_little_activity")


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
