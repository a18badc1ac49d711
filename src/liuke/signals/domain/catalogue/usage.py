"""SIG-14 and SIG-26: log-ins, time, clicks or key functions decrease; a feature is hardly used while its full fee is paid."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Aggregate, Declared, Metric
from liuke.signals.domain.catalogue.decline import core_uses
from liuke.signals.domain.pieces import Cause, averaged, counted, has, since, strongest, summed
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import ramp
from liuke.signals.domain.tolerant import Windowed, cleared, cleared_metrics, fallen

_LOGIN, _SESSION, _FEATURE = (Kind.LOGIN.value,), (Kind.SESSION_ENDED.value,), (Kind.FEATURE_USED.value,)
_USE, _FEE = (Kind.USAGE_MEASURED.value,), (Kind.FEE_PAID.value,)
_BEFORE = 3


def _logins(days: float, skip: float = 0) -> Metric:
    return counted(_LOGIN, days, skip)


def _seconds(days: float, skip: float = 0) -> Metric:
    return summed(_SESSION, days, skip)


def _clicks(days: float, skip: float = 0) -> Metric:
    return counted(_FEATURE, days, skip)


_SERIES: tuple[tuple[str, tuple[str, ...], Windowed], ...] = (
    ("login", _LOGIN, _logins),
    ("time", _SESSION, _seconds),
    ("clicks", _FEATURE, _clicks),
    ("core", _FEATURE, core_uses),
)


def _decrease_metrics(params: Params, world: World) -> tuple[Declared, ...]:
    days = params["days"]
    return tuple(
        metric
        for _, kinds, make in _SERIES
        if has(world, kinds)
        for span in ((days, 0), (_BEFORE * days, days))
        for metric in cleared_metrics(make, world.quiet, *span)
    )


def _decrease(scene: Scene, params: Params) -> Judged:
    """Each of the four that the workspace has against the customer's usual; the strongest fall speaks."""
    days, causes, falls = params["days"], [], []
    for name, kinds, make in _SERIES:
        if not has(scene.world, kinds):
            continue
        usual = cleared(scene, make, _BEFORE * days, days).per(days)
        drop = fallen(cleared(scene, make, days).per(days), usual)
        least = params["least_times"] * (60 if name == "time" else 1)
        causes.append(Cause(f"reasons.SIG-14.{name}", ramp(drop, params["drop"], 1.0), ~(usual >= least) | np.isnan(drop)))
        falls.append(np.where(causes[-1].unknown, -np.inf, drop))
    numbers: Sentence = {"days": days, "drop": np.max(falls, axis=0), "series": len(causes)}
    everything = np.logical_and.reduce([cause.unknown for cause in causes])
    known = [Cause(cause.key, np.where(cause.unknown, 0.0, cause.strength), everything) for cause in causes]
    return strongest(known, numbers, "missing.too_little_usage")


def _lowest(params: Params) -> Metric:
    days = int(params["days"])
    return Metric(f"usage_share_min_{days}", Aggregate.MIN, _USE, days=days)


def _mismatch_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    return (_lowest(params), since(_FEE, params["fee_days"]), averaged(_FEE, params["fee_days"], of="attrs.full"))


def _mismatch(scene: Scene, params: Params) -> Judged:
    """A fee of which nobody says that it is reduced is a full one; without any fee nothing is mismatched."""
    share, paid, full = (scene[metric.name] for metric in _mismatch_metrics(params, scene.world))
    pays = ~np.isnan(paid) & ~(full == 0)
    unknown = np.isnan(share) | (not has(scene.world, _FEE))
    strength = np.where(pays & (share < params["use_share"]), ramp(1.0 - share, 1.0 - params["use_share"], 1.0), 0.0)
    numbers: Sentence = {"share": share, "limit": params["use_share"], "days": params["days"]}
    return Judged(np.where(unknown, 0.0, strength), "reasons.SIG-26", numbers, np.asarray(unknown), "missing.no_share_or_fee")


SIG_14 = Signal(
    code="SIG-14", mission="SIG-14", family=Family.INTERACTION, points=10.0,
    parameters=(
        Parameter("drop", 0.4, 0.05, 1, "percent", 0.05),
        Parameter("days", 30, 7, 180),
        Parameter("least_times", 4, 1, 1000, "count"),
    ),
    metrics=_decrease_metrics, judge=_decrease, evidence=lambda p: Evidence((*_LOGIN, *_SESSION, *_FEATURE), int(4 * p["days"])),
    needs=(*_LOGIN, *_SESSION, *_FEATURE), missing="missing.no_usage",
)  # fmt: skip
SIG_26 = Signal(
    code="SIG-26", mission="SIG-26", family=Family.CONSUMPTION, points=12.0,
    parameters=(Parameter("use_share", 0.2, 0.01, 1, "percent", 0.01), Parameter("days", 30, 7, 180), Parameter("fee_days", 90, 7, 400)),
    metrics=_mismatch_metrics, judge=_mismatch, evidence=lambda p: Evidence((*_USE, *_FEE), int(max(p["days"], p["fee_days"]))),
    needs=_USE, missing="missing.no_share_of_use",
)  # fmt: skip
