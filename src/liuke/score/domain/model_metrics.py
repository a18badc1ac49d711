"""The numbers that the learned model reads: metrics of one customer alone, so that a slice is computed equal to a run over all.

Quintiles and peers are left out on purpose: they compare customers. So is everything that only grows with the length of the
observation (orders ever, days known): it would tell how old the data are, not how the customer does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liuke.facts.domain.kinds import Kind
from liuke.features.domain.builtin import BY_CODE
from liuke.features.domain.metric import Aggregate, Declared, Metric, Ratio
from liuke.signals.domain.catalogue import BY_CODE as SIGNALS
from liuke.signals.domain.measures import ORDER, ORDER_GAP_MEDIAN, SINCE_INTERACTION, SINCE_ORDER, amount, interactions, order_days, orders
from liuke.signals.domain.pieces import NEGATIVE, SAID
from liuke.signals.domain.reason import Family

SIGNAL_PREFIX = "signal."
"""Columns of the expert scorecard are `signal.<code>`: the strength (0–1) of a signal."""
SEASON_DAYS = 90
YEAR = 365


@dataclass(frozen=True, slots=True)
class ModelMetric:
    """One column. `monotone`: 1 = the larger the riskier, -1 = the larger the safer, 0 = either way."""

    code: str
    family: Family
    monotone: int
    declared: tuple[Declared, ...]


def _own(metric: Metric, family: Family, monotone: int) -> ModelMetric:
    return ModelMetric(metric.name, family, monotone, (metric,))


def _ratio(code: str, over: Metric, under: Metric, way: tuple[Family, int], times: float = 1.0) -> ModelMetric:
    return ModelMetric(code, *way, (over, under, Ratio(code, over.name, under.name, times=times)))


def _builtin(code: str, family: Family, monotone: int) -> ModelMetric:
    return ModelMetric(code, family, monotone, BY_CODE[code].declared)


_LAST_SEASON = orders(SEASON_DAYS, YEAR - SEASON_DAYS)
"""Orders in the 90 days that followed this day a year ago: what the season usually brings."""
_CANCELLED = Metric("cancelled_amount_365", Aggregate.SUM, (Kind.ORDER_CANCELLED.value,), days=YEAR)
_EMOTION = Metric("said_negative_mean_90", Aggregate.MEAN, SAID, days=90, of=NEGATIVE)

MODEL_METRICS: tuple[ModelMetric, ...] = (
    _own(SINCE_ORDER, Family.CONSUMPTION, 1),
    _own(ORDER_GAP_MEDIAN, Family.CONSUMPTION, 1),
    _ratio("order_rhythm_own", SINCE_ORDER, ORDER_GAP_MEDIAN, (Family.CONSUMPTION, 1)),
    _own(Metric("order_gap_std", Aggregate.GAP_STD, ORDER), Family.CONSUMPTION, 0),
    _own(order_days(30), Family.CONSUMPTION, -1),
    _own(order_days(90), Family.CONSUMPTION, -1),
    _own(order_days(180), Family.CONSUMPTION, -1),
    _own(order_days(365), Family.CONSUMPTION, -1),
    _own(amount(90), Family.CONSUMPTION, -1),
    _own(amount(365), Family.CONSUMPTION, -1),
    _builtin("order_mean_365", Family.CONSUMPTION, 0),
    _ratio("order_amount_180_change", amount(180), amount(180, 180), (Family.CONSUMPTION, -1)),
    _own(_LAST_SEASON, Family.CONSUMPTION, -1),
    _ratio("cancelled_share_365", _CANCELLED, amount(365), (Family.SERVICE, 1)),
    _own(SINCE_INTERACTION, Family.INTERACTION, 1),
    _own(interactions(30), Family.INTERACTION, -1),
    _own(interactions(90), Family.INTERACTION, -1),
    _ratio("interaction_n_30_own", interactions(30), interactions(90, 30), (Family.INTERACTION, -1), times=3),
    _builtin("login_since", Family.KEY_ACTION, 1),
    _builtin("login_n_30", Family.KEY_ACTION, -1),
    _builtin("feature_n_30", Family.KEY_ACTION, -1),
    _builtin("page_n_30", Family.KEY_ACTION, 0),
    _builtin("ticket_n_90", Family.SERVICE, 0),
    _builtin("survey_last", Family.SERVICE, -1),
    _own(_EMOTION, Family.INTENT, 1),
    _builtin("overdue_n_90", Family.PAYMENT, 1),
    _builtin("contract_left", Family.PAYMENT, 0),
    _builtin("coupon_used_n_90", Family.CONSUMPTION, -1),
)  # fmt: skip
"""In the order of the model's columns."""
MODEL_METRIC: Mapping[str, ModelMetric] = {metric.code: metric for metric in MODEL_METRICS}


def model_declared() -> tuple[Declared, ...]:
    """Everything to compute for them, each once: `also` of `score_prepare`."""
    return tuple(dict.fromkeys(declared for metric in MODEL_METRICS for declared in metric.declared))


def family_of(column: str) -> Family:
    """The family of a model's column, a metric or a signal. Raises KeyError for any other name."""
    if column.startswith(SIGNAL_PREFIX):
        return SIGNALS[column.removeprefix(SIGNAL_PREFIX)].family
    return MODEL_METRIC[column].family


def monotone_of(column: str) -> int:
    """Which way the risk goes with a model's column: signals by their points, metrics as declared."""
    if column.startswith(SIGNAL_PREFIX):
        return -1 if SIGNALS[column.removeprefix(SIGNAL_PREFIX)].protective else 1
    return MODEL_METRIC[column].monotone
