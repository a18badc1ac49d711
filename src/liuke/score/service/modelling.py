"""What a live model says of customers whose numbers are read: points, probability, time and money. Free of Django."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from liuke.features.domain.metric import Aggregate, Declared, Metric
from liuke.score.domain.measured import Measured
from liuke.score.domain.model_metrics import model_declared
from liuke.score.domain.modelled import Modelled
from liuke.score.domain.modelled_live import LiveModel
from liuke.score.domain.modelled_value import Buying, Worth, at_stake, worth_of
from liuke.score.domain.modelled_words import Seen
from liuke.score.domain.plans import Plans
from liuke.score.model import Table
from liuke.signals.domain.measures import ORDER
from liuke.signals.domain.signal import Judged, Numbers, Signal

SINCE_FIRST = Metric("order_known", Aggregate.DAYS_KNOWN, ORDER)


@dataclass(frozen=True, slots=True)
class Modelling:
    """A model's word about the customers of a scoring, in their order; `worth` is to be kept with the run over all."""

    found: Modelled
    seen: Seen
    columns: dict[str, pa.Array]
    """The nullable columns of `SCORE_SCHEMA`."""
    worth: Worth | None


def modelled_declared() -> tuple[Declared, ...]:
    """What a scoring with a model computes besides what it computes anyway."""
    return (*model_declared(), SINCE_FIRST)


@dataclass(frozen=True, slots=True)
class Customers:
    """Those whom a model is to speak about, in one order. `judged` fills the sentences; `table` is what the model reads.

    `contract`: yearly amounts, NaN without one; None where nobody has any.
    """

    day: date
    features: pa.Table
    table: Table
    found: Measured
    judged: Sequence[tuple[Signal, Judged]]
    plans: Plans
    contract: Numbers | None = None


def modelling(model: LiveModel, customers: Customers, *, worth: Worth | None, whole: bool) -> Modelling:
    """`worth`: of the run over all; learned here from the customers at hand where they are the `whole`."""
    points, logit = model.modelled(customers.table, customers.day)
    found = customers.found
    buying = Buying(
        order_days=found.all_order_days,
        since_first=found.columns[SINCE_FIRST.name],
        since_last=found.since_order,
        year_days=found.year_order_days,
        year_amount=found.annual_value,
    )
    learned = worth_of(buying) if whole else worth
    stake = at_stake(contract=customers.contract, buying=buying, worth=learned)
    columns = {
        "probability": pa.array(np.round(points.probability, 6)),
        "churn_curve": _curves(model, points.probability, logit),
        "at_stake": pa.array(stake),
        "money_at_risk": pa.array(np.round(points.probability * stake, 2)),
        "model": pa.repeat(pa.scalar(model.number, pa.int32()), len(points)),
    }
    return Modelling(points, Seen(customers.features, customers.table, customers.judged, customers.plans), columns, learned)


def _curves(model: LiveModel, probability: Numbers, logit: Numbers) -> pa.Array:
    """`[[day, chance], …]` per customer as JSON text; null without a curve."""
    if model.curve is None:
        return pa.nulls(len(probability), pa.string())
    days = (0, *model.curve.days)
    curves = np.round(model.curve.by_then(probability, logit), 4).tolist()
    return pa.array([json.dumps(list(zip(days, curve, strict=True))) for curve in curves], pa.string())
