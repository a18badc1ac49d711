"""SIG-30 and SIG-33: negative emotion in what the customer wrote, as the text reader finds it on the way in (`attrs.negative`)."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Aggregate, Declared, Metric
from liuke.signals.domain.pieces import NEGATIVE, SAID, highest, unread, unread_metrics
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Numbers, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import ramp

_WORST = 95.0
_TALKS = (*SAID, Kind.TICKET_OPENED.value)
_LIMIT = Parameter("limit", 65, 1, 94, "count")


def _over(value: Numbers, limit: float) -> Numbers:
    """More than the limit, not as much as it; full strength at 95."""
    return np.where(value > limit, ramp(value, limit, _WORST), 0.0)


def _run(params: Params) -> Metric:
    days, times = int(params["days"]), int(params["in_a_row"])
    return Metric(f"negative_run_{times}_{days}", Aggregate.NEWEST_MIN, SAID, days=days, of=NEGATIVE, recent=times)


def _run_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    return (_run(params), highest(SAID, params["days"], NEGATIVE), *unread_metrics(SAID, params["days"]))


def _in_a_row(scene: Scene, params: Params) -> Judged:
    """The mildest of the newest messages decides: all of them are over the limit."""
    mildest, worst = (scene[metric.name] for metric in _run_metrics(params, scene.world)[:2])
    numbers: Sentence = {"times": params["in_a_row"], "limit": params["limit"], "mildest": mildest}
    unknown = unread(scene, SAID, params["days"], worst)
    return Judged(_over(mildest, params["limit"]), "reasons.SIG-30", numbers, unknown, "missing.needs_text")


def _review_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    return (highest(_TALKS, params["days"], NEGATIVE), *unread_metrics(_TALKS, params["days"]))


def _review(scene: Scene, params: Params) -> Judged:
    worst = scene[_review_metrics(params, scene.world)[0].name]
    numbers: Sentence = {"days": params["days"], "limit": params["limit"], "worst": worst}
    unknown = unread(scene, _TALKS, params["days"], worst)
    return Judged(_over(worst, params["limit"]), "reasons.SIG-33", numbers, unknown, "missing.needs_text")


SIG_30 = Signal(
    code="SIG-30", mission="SIG-30", family=Family.SERVICE, points=14.0, group="emotion",
    parameters=(_LIMIT, Parameter("in_a_row", 3, 1, 20, "count"), Parameter("days", 90, 1, 365)),
    metrics=_run_metrics, judge=_in_a_row,
    evidence=lambda p: Evidence(SAID, int(p["days"]), texts=(("negative", p["limit"]),), newest=int(p["in_a_row"])),
    needs=SAID, missing="missing.no_messages",
)  # fmt: skip
SIG_33 = Signal(
    code="SIG-33", mission="SIG-33", family=Family.SERVICE, points=6.0, group="emotion",
    parameters=(_LIMIT, Parameter("days", 7, 1, 90)),
    metrics=_review_metrics, judge=_review, evidence=lambda p: Evidence(_TALKS, int(p["days"]), texts=(("negative", p["limit"]),)),
    needs=_TALKS, missing="missing.no_messages",
)  # fmt: skip
