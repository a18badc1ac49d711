"""SIG-22, SIG-27, SIG-28, SIG-56: renewal due, balance or plan going down, deliveries failing, orders only with a discount."""

from __future__ import annotations

import numpy as np

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.metric import Aggregate, Declared, Metric
from liuke.features.domain.ordered import Run
from liuke.signals.domain.measures import ORDER
from liuke.signals.domain.pieces import Cause, averaged, has, latest, since, strongest, summed
from liuke.signals.domain.reason import Family
from liuke.signals.domain.signal import Evidence, Judged, Parameter, Params, Scene, Sentence, Signal, World
from liuke.signals.domain.strength import ramp
from liuke.signals.domain.tolerant import fallen

_ENDS = (Kind.CONTRACT_ENDS.value,)
_RENEWAL = (Kind.RENEWAL_STARTED.value, Kind.RENEWAL_CONTACTED.value, Kind.RENEWAL_REFUSED.value, Kind.CONTRACT_RENEWED.value)
_BALANCE, _PLAN = (Kind.BALANCE_CHANGED.value,), (Kind.PLAN_CHANGED.value,)
_DELAYED, _COUPON = (Kind.ORDER_DELAYED.value,), (Kind.COUPON_USED.value,)
_UNTIL = Metric("contract_until", Aggregate.DAYS_UNTIL, _ENDS)


def _renewal_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    return (_UNTIL, since(_RENEWAL, params["contact_days"]))


def _renewal(scene: Scene, params: Params) -> Judged:
    """Any word about the renewal in the weeks before ends it."""
    until, spoken = (scene[metric.name] for metric in _renewal_metrics(params, scene.world))
    strength = np.where(np.isnan(spoken), ramp(params["days"] - until, 0.0, params["days"]), 0.0)
    unknown = np.isnan(until)
    numbers: Sentence = {"days": np.ceil(until), "limit": params["days"]}
    return Judged(np.where(unknown, 0.0, strength), "reasons.SIG-22", numbers, np.asarray(unknown), "missing.no_end_known")


def _change_metrics(params: Params, _world: World) -> tuple[Declared, ...]:
    days = params["days"]
    return (latest(_BALANCE, days), averaged(_BALANCE, 2 * days, days), summed(_PLAN, days, of="attrs.step"))


def _change(scene: Scene, params: Params) -> Judged:
    balance, usual, step = (scene[metric.name] for metric in _change_metrics(params, scene.world))
    numbers: Sentence = {"days": params["days"], "now": balance, "usual": usual, "drop": fallen(balance, usual)}
    causes = []
    if has(scene.world, _PLAN):
        causes.append(Cause("reasons.SIG-27.plan", np.where(step < 0, 1.0, 0.0), np.zeros(len(scene), dtype=np.bool_)))
    if has(scene.world, _BALANCE):
        strength = ramp(fallen(balance, usual), params["drop"], 1.0)
        causes.append(Cause("reasons.SIG-27.balance", strength, np.isnan(balance) | ~(usual > 0)))
    return strongest(causes, numbers, "missing.no_usual_balance")


def _failed(params: Params) -> Run:
    days = int(params["days"])
    over = (("short_of_stock", 0.0), ("late_days", params["late_days"]))
    return Run(f"order_failed_run_{days}_{int(params['late_days'])}", ORDER, hits=_DELAYED, over=over, by="order_id", days=days)


def _delivery_metrics(params: Params, world: World) -> tuple[Declared, ...]:
    days = params["days"]
    told = (averaged(ORDER, days, of="attrs.short_of_stock"), averaged(ORDER, days, of="attrs.late_days"))
    return (_failed(params), *told, *((since(_DELAYED, days),) if has(world, _DELAYED) else ()))


def _delivery(scene: Scene, params: Params) -> Judged:
    """Orders of which nobody says how they were delivered leave it unknown."""
    run, *told = (scene[metric.name] for metric in _delivery_metrics(params, scene.world))
    unknown = np.logical_and.reduce([np.isnan(one) for one in told]) | np.isnan(run)
    strength = ramp(run, params["in_a_row"], 2 * params["in_a_row"])
    return Judged(np.where(unknown, 0.0, strength), "reasons.SIG-28", {"times": run}, np.asarray(unknown), "missing.no_delivery_facts")


def _discounted(params: Params) -> Run:
    days = int(params["days"])
    return Run(f"order_discounted_run_{days}", ORDER, hits=_COUPON, over=(("discount", 0.0),), by="order_id", days=days)


def _discount_metrics(params: Params, world: World) -> tuple[Declared, ...]:
    used = (since(_COUPON, params["days"]),) if has(world, _COUPON) else ()
    return (_discounted(params), averaged(ORDER, params["days"], of="attrs.discount"), *used)


def _dependent(scene: Scene, params: Params) -> Judged:
    """The newest orders all had money off or a coupon."""
    run, *told = (scene[metric.name] for metric in _discount_metrics(params, scene.world))
    unknown = np.logical_and.reduce([np.isnan(one) for one in told]) | np.isnan(run)
    strength = ramp(run, params["in_a_row"], 2 * params["in_a_row"])
    return Judged(np.where(unknown, 0.0, strength), "reasons.SIG-56", {"times": run}, np.asarray(unknown), "missing.no_discounts_told")


SIG_22 = Signal(
    code="SIG-22", mission="SIG-22", family=Family.CONSUMPTION, points=12.0,
    parameters=(Parameter("days", 15, 1, 180), Parameter("contact_days", 60, 7, 365)),
    metrics=_renewal_metrics, judge=_renewal, evidence=lambda _p: Evidence((*_ENDS, *_RENEWAL), 730),
    needs=_ENDS, missing="missing.no_contracts",
)  # fmt: skip
SIG_27 = Signal(
    code="SIG-27", mission="SIG-27", family=Family.CONSUMPTION, points=15.0,
    parameters=(Parameter("days", 90, 7, 365), Parameter("drop", 0.5, 0.05, 1, "percent", 0.05)),
    metrics=_change_metrics, judge=_change, evidence=lambda p: Evidence((*_BALANCE, *_PLAN), int(3 * p["days"])),
    needs=(*_BALANCE, *_PLAN), missing="missing.no_balance_or_plan",
)  # fmt: skip
SIG_28 = Signal(
    code="SIG-28", mission="SIG-28", family=Family.CONSUMPTION, points=12.0,
    parameters=(
        Parameter("in_a_row", 3, 1, 20, "count"),
        Parameter("late_days", 0, 0, 60),
        Parameter("days", 365, 30, 365),
    ),
    metrics=_delivery_metrics, judge=_delivery, evidence=lambda p: Evidence((*ORDER, *_DELAYED), int(p["days"])),
    needs=ORDER, missing="missing.no_orders",
)  # fmt: skip
SIG_56 = Signal(
    code="SIG-56", mission="SIG-56", tag="discount_dependent", family=Family.INTENT, points=6.0,
    parameters=(Parameter("in_a_row", 4, 2, 50, "count"), Parameter("days", 365, 30, 365)),
    metrics=_discount_metrics, judge=_dependent, evidence=lambda p: Evidence((*ORDER, *_COUPON), int(p["days"])),
    needs=ORDER, missing="missing.no_orders",
)  # fmt: skip
