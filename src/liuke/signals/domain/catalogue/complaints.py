"""SIG-36: complaints, told from questions by the text reader or by the help desk (`attrs.complaint`, with `attrs.topic`)."""

from __future__ import annotations

from liuke.features.domain.metric import Declared
from liuke.signals.domain.pieces import COMPLAINT, TEXTS, highest, summed, unread, unread_metrics
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import ramp


def _metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    found = (summed(TEXTS, params["days"], of=COMPLAINT), highest(TEXTS, params["days"], COMPLAINT))
    return (*found, *unread_metrics(TEXTS, params["days"]))


def _judge(scene: Scene, params: Params) -> Judged:
    complaints, read = (scene[metric.name] for metric in _metrics(params, scene.world)[:2])
    strength = ramp(complaints, params["least"], params["full"])
    numbers: Sentence = {"days": params["days"], "times": complaints}
    return Judged(strength, "reasons.SIG-36", numbers, unread(scene, TEXTS, params["days"], read), "missing.needs_text")


SIG_36 = Signal(
    code="SIG-36", mission="SIG-36", family=Family.SERVICE, points=9.0,
    parameters=(
        Parameter("days", 30, 1, 365),
        Parameter("least", 1, 1, 100, "count"),
        Parameter("full", 3, 1.1, 100, "count", 0.1),
    ),
    metrics=_metrics, judge=_judge, evidence=lambda p: Evidence(TEXTS, int(p["days"]), texts=(("complaint", 0),)),
    needs=TEXTS, missing="missing.no_messages",
)  # fmt: skip
