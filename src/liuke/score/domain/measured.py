"""What a score itself needs to know of a customer, beyond what its signals ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.churn import ChurnDefinition
from liuke.features.domain.metric import Aggregate, Declared, Metric
from liuke.score.domain.baseline import BaselineRule
from liuke.score.domain.plans import Plans
from liuke.signals.domain.measures import NOT_DONE_BY_CUSTOMER, ORDER, ORDER_DAYS, SINCE_ORDER, amount, interactions, order_days
from liuke.signals.domain.signal import Flags, Numbers, World
from liuke.signals.service import signal_metrics, signals_all

YEAR = 365
_ANNUAL = amount(YEAR)
_CANCELLED = Metric("cancelled_amount_365", Aggregate.SUM, (Kind.ORDER_CANCELLED.value,), days=YEAR)
_YEAR_DAYS = order_days(YEAR)
LAST_ORDER = Metric("order_last_us", Aggregate.LAST_US, ORDER)
LAST_INTERACTION = Metric("interaction_last_us", Aggregate.LAST_US, but=NOT_DONE_BY_CUSTOMER)
_KNOWN = Metric("days_known", Aggregate.DAYS_KNOWN, but=NOT_DONE_BY_CUSTOMER)


@dataclass(frozen=True, slots=True)
class Measured:
    """Features as arrays by metric name; `annual_value` is orders less cancellations of 365 days, never negative."""

    columns: Mapping[str, Numbers]
    annual_value: Numbers
    since_order: Numbers
    year_order_days: Numbers
    all_order_days: Numbers
    days_known: Numbers
    is_lost: Flags


def score_metrics(plans: Plans, baseline: BaselineRule, churn: ChurnDefinition, world: World) -> tuple[Declared, ...]:
    """Everything to compute: the score's own metrics and those of every enabled signal computable in `world`, per profile."""
    own = (
        _ANNUAL, _CANCELLED, _YEAR_DAYS, SINCE_ORDER, ORDER_DAYS, LAST_ORDER, LAST_INTERACTION, _KNOWN, *_alive(churn)
    )  # fmt: skip
    enabled = plans.enabled()
    asked = [
        metric
        for signal in signals_all()
        if signal.code in enabled
        for params in plans.numbers(signal.code)
        for metric in signal_metrics(signal, params, world)
    ]
    return (*own, *_baseline(baseline), *asked)


def _baseline(rule: BaselineRule) -> tuple[Metric, ...]:
    """This period and those before it: amount, then interactions. Nothing where nobody asks."""
    if not rule.enabled:
        return ()
    days, before = rule.days, rule.days * rule.periods
    return amount(days), amount(before, skip=days), interactions(days), interactions(before, skip=days)


def baselines(found: Measured, rule: BaselineRule) -> tuple[tuple[Numbers, Numbers], ...]:
    """(this period, the periods before it together) of amount and of interactions; nothing where the rule is off."""
    columns = [found.columns[metric.name] for metric in _baseline(rule)]
    return tuple(zip(columns[::2], columns[1::2], strict=True))


def _alive(churn: ChurnDefinition) -> tuple[Metric, Metric]:
    kinds = tuple(sorted(churn.kinds))
    return Metric("alive_n", Aggregate.COUNT, kinds, days=churn.days), Metric("alive_ever_n", Aggregate.COUNT, kinds)


def measured(features: pa.Table, churn: ChurnDefinition) -> Measured:
    """The computed features as arrays, nulls as NaN."""
    columns = {name: _array(features, name) for name in features.column_names if name != "customer_id"}
    return Measured(
        columns=columns,
        annual_value=np.maximum(columns[_ANNUAL.name] - columns[_CANCELLED.name], 0.0),
        since_order=columns[SINCE_ORDER.name],
        year_order_days=np.nan_to_num(columns[_YEAR_DAYS.name]),
        all_order_days=np.nan_to_num(columns[ORDER_DAYS.name]),
        days_known=columns[_KNOWN.name],
        is_lost=(columns["alive_n"] == 0) & ((columns["alive_ever_n"] > 0) | (columns[_KNOWN.name] >= churn.days)),
    )


def _array(features: pa.Table, name: str) -> Numbers:
    filled = pc.fill_null(features[name].cast(pa.float64()), float("nan"))
    return np.asarray(filled.to_numpy(), dtype=np.float64)
