"""SIG-06 and SIG-07: weekly activity collapses; usage surges and then drops. Weeks with quiet days say nothing (SCR-07)."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Declared, Metric
from liuke.signals.domain.measures import NOT_DONE_BY_CUSTOMER, interactions
from liuke.signals.domain.pieces import counted
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import divided, ramp
from liuke.signals.domain.tolerant import Weeks, fallen, weeks_of

USAGE = (Kind.LOGIN.value, Kind.FEATURE_USED.value, Kind.PAGE_VIEWED.value, Kind.API_CALLED.value)


def _usage(days: float, skip: float = 0) -> Metric:
    return counted(USAGE, days, skip)


def _last_week(params: Params, world: World) -> Weeks:
    """The week that ends now and the usual ones before; nothing where it has quiet days."""
    weeks = weeks_of(world.quiet, 1, params["usual_weeks"])
    return weeks if list(weeks.recent) == [0] else Weeks((), ())


def _collapse_metrics(params: Params, world: World) -> tuple[Declared, ...]:
    return _last_week(params, world).metrics(interactions)


def _collapse(scene: Scene, params: Params) -> Judged:
    weeks = _last_week(params, scene.world)
    if not weeks.recent:
        nothing = np.zeros(len(scene))
        return Judged(nothing, "reasons.SIG-06", {}, np.ones(len(scene), dtype=np.bool_), "missing.quiet_week")
    (now,), usual = weeks.counts(scene, interactions)
    unknown = usual < params["least_weekly"]
    drop = fallen(now, usual)
    strength = np.where(unknown, 0.0, ramp(drop, params["drop"], 1.0))
    numbers: Sentence = {"drop": drop, "usual": usual, "now": now}
    return Judged(strength, "reasons.SIG-06", numbers, np.asarray(unknown), "missing.too_little_activity")


def _swing_weeks(params: Params, world: World) -> list[int]:
    return world.quiet.clean_weeks(int(params["weeks"]))


def _swing_metrics(params: Params, world: World) -> tuple[Declared, ...]:
    return tuple(_usage(7, 7 * week) for week in _swing_weeks(params, world))


def _swing(scene: Scene, params: Params) -> Judged:
    """The surge may be any week with a third of the weeks before it and two after; the sharpest fall after one speaks."""
    weeks = [scene[metric.name] for metric in _swing_metrics(params, scene.world)]
    best, peaks, usuals, nows = (np.zeros(len(scene)) for _ in range(4))
    for at in range(2, len(weeks) - max(2, len(weeks) // 3)):
        peak, now, usual = weeks[at], np.mean(weeks[:at], axis=0), np.mean(weeks[at + 1 :], axis=0)
        surged = (usual >= params["least_weekly"]) & (divided(peak, usual) >= 1.0 + params["rise"] - 1e-9)
        strength = np.where(surged, ramp(fallen(now, usual), params["drop"], 1.0), 0.0)
        better = strength > best
        best, peaks, usuals, nows = (
            np.where(better, new, old) for new, old in ((strength, best), (peak, peaks), (usual, usuals), (now, nows))
        )
    unknown = np.sum(weeks, axis=0) < params["least_weekly"] * len(weeks)
    numbers: Sentence = {"weeks": params["weeks"], "peak": peaks, "usual": usuals, "now": nows}
    return Judged(np.where(unknown, 0.0, best), "reasons.SIG-07", numbers, np.asarray(unknown), "missing.too_little_activity")


SIG_06 = Signal(
    code="SIG-06", mission="SIG-06", family=Family.INTERACTION, points=0.0, verify=True,
    parameters=(
        Parameter("drop", 0.8, 0.3, 1, "percent", 0.05),
        Parameter("usual_weeks", 8, 2, 52, "weeks"),
        Parameter("least_weekly", 1, 0.1, 1000, "count", 0.1),
    ),
    metrics=_collapse_metrics, judge=_collapse,
    evidence=lambda p: Evidence((), int(7 * (1 + p["usual_weeks"])), but=NOT_DONE_BY_CUSTOMER),
)  # fmt: skip
SIG_07 = Signal(
    code="SIG-07", mission="SIG-07", family=Family.INTERACTION, points=10.0,
    parameters=(
        Parameter("weeks", 13, 6, 52, "weeks"),
        Parameter("rise", 0.5, 0.1, 10, "percent", 0.1),
        Parameter("drop", 0.5, 0.1, 1, "percent", 0.05),
        Parameter("least_weekly", 1, 0.1, 1000, "count", 0.1),
    ),
    metrics=_swing_metrics, judge=_swing, evidence=lambda p: Evidence(USAGE, int(7 * p["weeks"])),
    needs=USAGE, missing="missing.no_usage",
)  # fmt: skip
