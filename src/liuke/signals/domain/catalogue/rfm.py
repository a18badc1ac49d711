"""SIG-23: recency, frequency and money as quintiles 1–5 of the workspace's buyers; low ones endanger."""

from __future__ import annotations

import numpy as np

from liuke.features.domain.metric import Declared
from liuke.signals.domain.measures import ORDER
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Signal, World
from liuke.signals.domain.strength import ramp


def _metrics(_params: Params, _world: World) -> tuple[Declared, ...]:
    return ()


def _judge(scene: Scene, params: Params) -> Judged:
    """Danger is the weighted mean of (5 - quintile) / 4; equal cuts for everybody are frozen with the run."""
    r, f, m = scene.rfm["r"], scene.rfm["f"], scene.rfm["m"]
    total = params["share_r"] + params["share_f"] + params["share_m"]
    low = params["share_r"] * (5 - r) + params["share_f"] * (5 - f) + params["share_m"] * (5 - m)
    danger = low / (4 * max(total, 1e-9))
    unknown = r == 0
    strength = ramp(danger, params["least"], 1.0)
    strength[unknown] = 0.0
    return Judged(strength, "reasons.SIG-23", {"r": r, "f": f, "m": m}, np.asarray(unknown), "missing.too_few_buyers")


SIG_23 = Signal(
    code="SIG-23", mission="SIG-23", family=Family.CONSUMPTION, points=39.0,
    parameters=(
        Parameter("share_r", 1, 0, 1, "ratio", 0.05),
        Parameter("share_f", 1, 0, 1, "ratio", 0.05),
        Parameter("share_m", 1, 0, 1, "ratio", 0.05),
        Parameter("least", 0.3, 0.05, 1, "percent", 0.05),
    ),
    metrics=_metrics, judge=_judge, evidence=lambda _p: Evidence(ORDER, 365), needs=ORDER, missing="missing.no_orders",
)  # fmt: skip
