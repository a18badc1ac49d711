"""SIG-20: order amount or quantity 20% under the customer's usual period; and its friendly twin, growth."""

from __future__ import annotations

import numpy as np

from liuke.features.domain.metric import Declared
from liuke.signals.domain.measures import ORDER, amount, orders, quantity
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import divided, none, ramp

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
    return (*_amount_metrics(params, world), quantity(period), quantity(before, period))


def _drop(scene: Scene, params: Params) -> Judged:
    """The larger fall of the two decides; the amount where they are equal."""
    count, money, money_before, pieces, pieces_before = (scene[m.name] for m in _drop_metrics(params, scene.world))
    periods = params["usual_periods"]
    by_money = 1.0 - divided(money, money_before / periods)
    by_pieces = 1.0 - divided(pieces, pieces_before / periods)
    less = np.nan_to_num(by_pieces, nan=-np.inf) > np.nan_to_num(by_money, nan=-np.inf)
    unknown = count < params["least_orders"]
    drop = np.where(less, by_pieces, by_money)
    strength = ramp(drop, params["drop"], 1.0)
    strength[unknown] = 0.0
    numbers: Sentence = {
        "days": params["period_days"],
        "drop": drop,
        "usual": np.where(less, pieces_before, money_before) / periods,
        "now": np.where(less, pieces, money),
    }
    kind = "month" if params["period_days"] == 30 else "period"
    key = np.where(less, f"reasons.SIG-20.quantity_{kind}", f"reasons.SIG-20.amount_{kind}")
    return Judged(strength, key, numbers, unknown, "missing.too_few_orders")


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
    code="SIG-20", mission="SIG-20", family=Family.CONSUMPTION, points=10.0,
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
