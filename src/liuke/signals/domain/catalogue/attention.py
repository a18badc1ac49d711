"""SIG-01, SIG-02, SIG-03, SIG-12: key information unviewed, slow answers, a fading group chat, marketing messages unopened."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Declared, Follow, Metric
from liuke.features.domain.ordered import Reply, Run
from liuke.signals.domain.pieces import Cause, counted, has, since, strongest
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Flags, Judged, Numbers, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import divided, ramp
from liuke.signals.domain.tolerant import cleared, cleared_metrics

_SENT, _VIEWED = (Kind.INFO_SENT.value,), (Kind.INFO_VIEWED.value,)
_OUT, _IN = (Kind.MESSAGE_OUT.value,), (Kind.MESSAGE_IN.value,)
_GROUP, _READ = (Kind.GROUP_MESSAGE.value,), (Kind.MESSAGE_READ.value,)
_CAMPAIGN, _OPENED = (Kind.CAMPAIGN_SENT.value,), (Kind.CAMPAIGN_OPENED.value,)
_BEFORE = 3
"""How many times the recent days make up the time before that they are compared with."""


def _unviewed_metrics(params: Params, world: World) -> tuple[Declared, ...]:
    within, last = world.quiet.reach(params["days"]), int(params["last_days"])
    missed = Follow(f"info_unviewed_{within}_{last}", _SENT, _VIEWED, within, happens=False, last_days=max(last, within))
    return (missed, since(_VIEWED), since(_SENT))


def _unviewed(scene: Scene, params: Params) -> Judged:
    """Not viewed in time; whoever has viewed anything lately is reading again. Quiet days extend the time."""
    missed, viewed, sent = (scene[metric.name] for metric in _unviewed_metrics(params, scene.world))
    waiting = scene.world.quiet.counted(np.where(np.isnan(viewed), np.inf, viewed)) >= params["days"]
    strength = np.where((missed == 1.0) & waiting, 1.0, 0.0)
    unknown = np.isnan(sent)
    numbers: Sentence = {"days": params["days"]}
    return Judged(np.where(unknown, 0.0, strength), "reasons.SIG-01", numbers, np.asarray(unknown), "missing.no_information_sent")


def _reply_metrics(params: Params, _world: World) -> tuple[Reply, Reply]:
    days = int(params["days"])
    return (
        Reply(f"reply_hours_{days}", _OUT, _IN, days),
        Reply(f"reply_hours_{_BEFORE * days}_{days}", _OUT, _IN, _BEFORE * days, days),
    )


def _slower(scene: Scene, params: Params) -> Judged:
    now, usual = (scene[metric.name] for metric in _reply_metrics(params, scene.world))
    grown = divided(now, np.maximum(usual, 1 / 60)) >= params["times"] - 1e-9
    tolerated = bool(scene.world.quiet.spans(params["days"]))
    strength = np.where(grown & (not tolerated), ramp(now, params["hours"], params["full_hours"]), 0.0)
    unknown = np.isnan(now) | np.isnan(usual)
    numbers: Sentence = {"now": now, "usual": usual, "days": params["days"]}
    return Judged(np.where(unknown, 0.0, strength), "reasons.SIG-02", numbers, np.asarray(unknown), "missing.too_few_replies")


def _groups(days: float, skip: float = 0) -> Metric:
    return counted(_GROUP, days, skip)


def _opening(params: Params) -> tuple[Metric, ...]:
    days = params["days"]
    sent, read = (*_OUT, *_CAMPAIGN), (*_READ, *_OPENED)
    return (counted(sent, days), counted(read, days), counted(sent, _BEFORE * days, days), counted(read, _BEFORE * days, days))


def _fading_metrics(params: Params, world: World) -> tuple[Declared, ...]:
    days = params["days"]
    groups = (*cleared_metrics(_groups, world.quiet, days), *cleared_metrics(_groups, world.quiet, _BEFORE * days, days))
    return (*(groups if has(world, _GROUP) else ()), *(_opening(params) if has(world, (*_READ, *_OPENED)) else ()))


def _fading(scene: Scene, params: Params) -> Judged:
    """Whatever of the two the workspace has: the stronger fall speaks."""
    numbers: dict[str, Numbers | float] = {"days": params["days"]}
    causes = []
    if has(scene.world, _GROUP):
        now = cleared(scene, _groups, params["days"]).per(params["days"])
        usual = cleared(scene, _groups, _BEFORE * params["days"], params["days"]).per(params["days"])
        numbers |= {"now": now, "usual": usual}
        few = ~(usual >= params["least_messages"]) | np.isnan(now)
        causes.append(_fall("reasons.SIG-03.group", now, usual, few, params))
    if has(scene.world, (*_READ, *_OPENED)):
        sent, read, sent_before, read_before = (scene[metric.name] for metric in _opening(params))
        rate, rate_before = divided(read, sent), divided(read_before, sent_before)
        numbers |= {"rate": rate, "rate_before": rate_before}
        few = (sent < params["least_messages"]) | (sent_before < params["least_messages"]) | (read_before == 0)
        now = np.where(bool(scene.world.quiet.spans(params["days"])), rate_before, rate)
        causes.append(_fall("reasons.SIG-03.open", now, rate_before, few, params))
    return strongest(causes, numbers, "missing.too_few_messages")


def _fall(key: str, now: Numbers, usual: Numbers, unknown: Flags, params: Params) -> Cause:
    return Cause(key, ramp(1.0 - divided(now, usual), params["drop"], 1.0), np.asarray(unknown))


def _unopened_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    days = int(params["days"])
    run = Run(f"campaign_unopened_{days}", (*_CAMPAIGN, *_OPENED), unless=_OPENED, by="campaign", days=days)
    return (run, since(_OPENED), since(_CAMPAIGN, params["days"]))


def _unopened(scene: Scene, params: Params) -> Judged:
    """Messages of quiet days alone prove nothing: the last opening must lie some days back that are none."""
    run, opened, sent = (scene[metric.name] for metric in _unopened_metrics(params, scene.world))
    away = scene.world.quiet.counted(np.where(np.isnan(opened), np.inf, opened)) >= params["least_days"]
    strength = np.where(away, ramp(run, params["in_a_row"], 2 * params["in_a_row"]), 0.0)
    unknown = np.isnan(run) | np.isnan(sent)
    return Judged(np.where(unknown, 0.0, strength), "reasons.SIG-12", {"times": run}, np.asarray(unknown), "missing.no_campaigns_sent")


SIG_01 = Signal(
    code="SIG-01", mission="SIG-01", family=Family.INTERACTION, points=8.0,
    parameters=(Parameter("days", 7, 1, 90), Parameter("last_days", 60, 7, 365)),
    metrics=_unviewed_metrics, judge=_unviewed, evidence=lambda p: Evidence((*_SENT, *_VIEWED), int(p["last_days"])),
    needs=_SENT, missing="missing.no_information",
)  # fmt: skip
SIG_02 = Signal(
    code="SIG-02", mission="SIG-02", family=Family.INTERACTION, points=8.0,
    parameters=(
        Parameter("hours", 24, 1, 720, "count"),
        Parameter("full_hours", 72, 2, 1440, "count"),
        Parameter("times", 3, 1.1, 50, "ratio", 0.1),
        Parameter("days", 30, 7, 180),
    ),
    metrics=_reply_metrics, judge=_slower, evidence=lambda p: Evidence((*_OUT, *_IN), int(4 * p["days"])),
    needs=_IN, missing="missing.no_replies",
)  # fmt: skip
SIG_03 = Signal(
    code="SIG-03", mission="SIG-03", family=Family.INTERACTION, points=6.0,
    parameters=(
        Parameter("drop", 0.5, 0.05, 1, "percent", 0.05),
        Parameter("days", 30, 7, 180),
        Parameter("least_messages", 3, 1, 100, "count"),
    ),
    metrics=_fading_metrics, judge=_fading,
    evidence=lambda p: Evidence((*_GROUP, *_READ, *_OPENED, *_OUT, *_CAMPAIGN), int(4 * p["days"])),
    needs=(*_GROUP, *_READ, *_OPENED), missing="missing.no_group_or_openings",
)  # fmt: skip
SIG_12 = Signal(
    code="SIG-12", mission="SIG-12", family=Family.INTERACTION, points=6.0,
    parameters=(Parameter("in_a_row", 3, 1, 20, "count"), Parameter("days", 180, 7, 365), Parameter("least_days", 3, 0, 60)),
    metrics=_unopened_metrics, judge=_unopened, evidence=lambda p: Evidence((*_CAMPAIGN, *_OPENED), int(p["days"])),
    needs=_CAMPAIGN, missing="missing.no_campaigns",
)  # fmt: skip
