"""SIG-50: words of leaving or of a competitor in conversations, tickets, surveys and mentions (`attrs.leaving`, 0–100)."""

from __future__ import annotations

from liuke.features.domain.metric import Declared
from liuke.signals.domain.pieces import LEAVING, TEXTS, highest, unread, unread_metrics
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Signal, World
from liuke.signals.domain.strength import ramp


def _metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    return (highest(TEXTS, params["days"], LEAVING), *unread_metrics(TEXTS, params["days"]))


def _judge(scene: Scene, params: Params) -> Judged:
    plainest = scene[_metrics(params, scene.world)[0].name]
    strength = ramp(plainest, params["limit"], 100.0)
    unknown = unread(scene, TEXTS, params["days"], plainest)
    return Judged(strength, "reasons.SIG-50", {"days": params["days"], "plainest": plainest}, unknown, "missing.needs_text")


SIG_50 = Signal(
    code="SIG-50", mission="SIG-50", family=Family.INTENT, points=16.0,
    parameters=(Parameter("limit", 50, 1, 99, "count"), Parameter("days", 90, 1, 365)),
    metrics=_metrics, judge=_judge, evidence=lambda p: Evidence(TEXTS, int(p["days"]), texts=(("leaving", p["limit"] - 0.01),)),
    needs=TEXTS, missing="missing.no_messages",
)  # fmt: skip
