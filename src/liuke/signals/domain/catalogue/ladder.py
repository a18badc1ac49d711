"""SIG-11: the ladder of a shop: no visit for 30 days, two cancelled orders in a row, a refund with the account closed."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Declared
from liuke.features.domain.ordered import Run
from liuke.signals.domain.measures import SINCE_INTERACTION
from liuke.signals.domain.pieces import Cause, has, since, strongest
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Flags, Judged, Numbers, Parameter, Params, Scene, Sentence, Signal, World

_VISITED = (Kind.LOGIN.value, Kind.PAGE_VIEWED.value, Kind.STORE_VISITED.value, Kind.CART_ABANDONED.value)
_ORDERED = (Kind.ORDER_PLACED.value, Kind.ORDER_CANCELLED.value)
_CANCELLED = (Kind.ORDER_CANCELLED.value,)
_REFUND, _CLOSED = (Kind.REFUND_MADE.value,), (Kind.ACCOUNT_CLOSED.value,)
_FIRST, _SECOND, _THIRD = 0.3, 0.6, 1.0
"""Strength of the three rungs."""


def _cancelled(params: Params) -> Run:
    days = int(params["cancel_days"])
    return Run(f"order_cancelled_run_{days}", _ORDERED, hits=_CANCELLED, by="order_id", days=days)


def _metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    return (since(_VISITED), _cancelled(params), since(_REFUND, params["refund_days"]), since(_CLOSED), SINCE_INTERACTION)


def _judge(scene: Scene, params: Params) -> Judged:
    """The highest rung speaks. An account is closed while nothing was done after it was."""
    visited, cancelled, refunded, closed, active = (scene[metric.name] for metric in _metrics(params, scene.world))
    away = scene.world.quiet.counted(visited) >= params["days"]
    gone = ~np.isnan(refunded) & ~np.isnan(closed) & ~(active < closed)
    causes = []
    if has(scene.world, (*_REFUND, *_CLOSED)):
        causes.append(Cause("reasons.SIG-11.closed", np.where(gone, _THIRD, 0.0), np.zeros(len(scene), dtype=np.bool_)))
    if has(scene.world, _CANCELLED):
        causes.append(_rung("reasons.SIG-11.cancelled", cancelled >= params["in_a_row"], _SECOND, cancelled))
    if has(scene.world, _VISITED):
        causes.append(_rung("reasons.SIG-11.visit", away, _FIRST, visited))
    numbers: Sentence = {"silent": np.floor(visited), "times": cancelled}
    return strongest(causes, numbers, "missing.no_visits_of_customer")


def _rung(key: str, reached: Flags, strength: float, seen: Numbers) -> Cause:
    return Cause(key, np.where(reached, strength, 0.0), np.isnan(seen))


SIG_11 = Signal(
    code="SIG-11", mission="SIG-11", family=Family.INTERACTION, points=20.0, group="silence",
    parameters=(
        Parameter("days", 30, 1, 365),
        Parameter("in_a_row", 2, 1, 20, "count"),
        Parameter("cancel_days", 180, 7, 365),
        Parameter("refund_days", 90, 1, 365),
    ),
    metrics=_metrics, judge=_judge, evidence=lambda p: Evidence((*_VISITED, *_ORDERED, *_REFUND, *_CLOSED), int(p["cancel_days"])),
    needs=(*_VISITED, *_CANCELLED, *_REFUND, *_CLOSED), missing="missing.no_visits_or_cancellations",
)  # fmt: skip
