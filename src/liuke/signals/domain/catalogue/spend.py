"""SIG-20: order amount or quantity 20% under the customer's usual period; and its friendly twin, growth.

Quiet days count on neither side; a period that touches the Spring Festival is held against the one of a year ago (SCR-07).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liuke.features.domain.metric import Declared, Metric
from liuke.signals.domain.measures import ORDER, amount, orders, quantity
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Flags, Judged, Numbers, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import divided, none, ramp
from liuke.signals.domain.tolerant import cleared, cleared_metrics, fallen

Texts = NDArray[Any]

_PARAMETERS = (
    Parameter("period_days", 90, 7, 365),
    Parameter("usual_periods", 3, 1, 24, "count"),
    Parameter("least_orders", 2, 1, 100, "count"),
)


def _span(params: Params) -> tuple[int, int]:
    """Days of the period, and of the usual periods before it."""
    period = int(params["period_days"])
    return period, period * int(params["usual_periods"])


def _amount_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    period, before = _span(params)
    return (orders(before, period), amount(period), amount(before, period))


def _drop_metrics(params: Params, world: World) -> tuple[Declared, ...]:
    period, before = _span(params)
    windows = ((period, 0), (before, period))
    listed = [m for make in (amount, quantity) for days, skip in windows for m in cleared_metrics(make, world.quiet, days, skip)]
    year = world.quiet.aligned(period)
    return (orders(before, period), *listed, *(() if year is None else _year_ago(period, year)))


def _year_ago(period: int, year: int) -> tuple[Metric, Metric, Metric]:
    """The same days of the festival a year ago, by the moon."""
    return orders(period, year), amount(period, year), quantity(period, year)


@dataclass(frozen=True, slots=True)
class _Compared:
    """What was ordered in the period, and what is usual in one."""

    money: Numbers
    money_usual: Numbers
    pieces: Numbers
    pieces_usual: Numbers


def _drop(scene: Scene, params: Params) -> Judged:
    """The larger fall of the two decides; the amount where they are equal."""
    period, before = _span(params)
    count = scene[orders(before, period).name]
    seen, year = _compared(scene, params), scene.world.quiet.aligned(period)
    festive = np.zeros(len(scene), dtype=np.bool_)
    if year is not None:
        festive = scene[orders(period, year).name] >= params["least_orders"]
        seen = _chosen(festive, _festival(scene, period, year), seen)
    by_money, by_pieces = fallen(seen.money, seen.money_usual), fallen(seen.pieces, seen.pieces_usual)
    less = np.nan_to_num(by_pieces, nan=-np.inf) > np.nan_to_num(by_money, nan=-np.inf)
    drop = np.where(less, by_pieces, by_money)
    unknown = (count < params["least_orders"]) & ~festive | np.isnan(drop) & (count >= params["least_orders"])
    strength = ramp(drop, params["drop"], 1.0)
    strength[unknown] = 0.0
    numbers: Sentence = {
        "days": params["period_days"],
        "drop": drop,
        "usual": np.where(less, seen.pieces_usual, seen.money_usual),
        "now": np.where(less, seen.pieces, seen.money),
    }
    return Judged(strength, _sentence(scene, params, less, festive), numbers, np.asarray(unknown), "missing.too_few_orders")


def _compared(scene: Scene, params: Params) -> _Compared:
    """The period against the usual one, both without their quiet days, told for as many days as a period has."""
    period, before = _span(params)
    found = [cleared(scene, make, days, skip).per(period) for make in (amount, quantity) for days, skip in ((period, 0), (before, period))]
    return _Compared(*found)


def _festival(scene: Scene, period: int, year: int) -> _Compared:
    now = scene[amount(period).name], scene[quantity(period).name]
    ago = scene[amount(period, year).name], scene[quantity(period, year).name]
    return _Compared(now[0], ago[0], now[1], ago[1])


def _chosen(flags: Flags, one: _Compared, other: _Compared) -> _Compared:
    pairs = zip(astuple(one), astuple(other), strict=True)
    return _Compared(*(np.where(flags, first, second) for first, second in pairs))


def _sentence(scene: Scene, params: Params, less: Flags, festive: Flags) -> Texts:
    """Quiet days of the usual periods only make them what is usual; those of this one are told."""
    kind = "month" if params["period_days"] == 30 else "period"
    kind = "quiet" if scene.world.quiet.spans(params["period_days"]) else kind
    key = np.where(less, f"reasons.SIG-20.quantity_{kind}", f"reasons.SIG-20.amount_{kind}").astype(object)
    return np.where(festive, np.where(less, "reasons.SIG-20.quantity_festival", "reasons.SIG-20.amount_festival"), key)


def _growth(scene: Scene, params: Params) -> Judged:
    count, money, money_before = (scene[m.name] for m in _amount_metrics(params, scene.world))
    usual = money_before / params["usual_periods"]
    rise = divided(money, usual) - 1.0
    strength = ramp(rise, params["rise"], params["full_rise"])
    strength[count < params["least_orders"]] = 0.0
    numbers: Sentence = {"days": params["period_days"], "rise": rise, "usual": usual, "now": money}
    return Judged(strength, "reasons.growth", numbers, none(len(scene)))


def _evidence(params: Params) -> Evidence:
    return Evidence(ORDER, sum(_span(params)))


SIG_20 = Signal(
    code="SIG-20", mission="SIG-20", tag="high_risk", family=Family.CONSUMPTION, points=10.0,
    parameters=(Parameter("drop", 0.2, 0.05, 0.95, "percent", 0.05), *_PARAMETERS),
    metrics=_drop_metrics, judge=_drop, evidence=_evidence, needs=ORDER, missing="missing.no_orders",
)  # fmt: skip
GROWTH = Signal(
    code="growth", family=Family.CONSUMPTION, points=-10.0,
    parameters=(
        Parameter("rise", 0.2, 0.05, 5, "percent", 0.05),
        Parameter("full_rise", 1.0, 0.1, 20, "percent", 0.1),
        *_PARAMETERS,
    ),
    metrics=_amount_metrics, judge=_growth, evidence=_evidence, needs=ORDER, missing="missing.no_orders",
)  # fmt: skip
