"""Which thresholds a customer can cross because time passes, without anything happening: silence, expiry, "in the next n days"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from liuke.features.domain.metric import Aggregate, Declared, Metric
from liuke.rules.needs import nodes_of
from liuke.rules.syntax import Condition, Rule
from liuke.signals.domain.measures import NOT_DONE_BY_CUSTOMER, ORDER
from liuke.signals.domain.signal import Params, Signal, World

LAST_ORDER, LAST_INTERACTION, CONTRACT_ENDS = "last_order_at", "last_interaction_at", "contract.ends_on"
_ENDS = ("contract.ends",)


@dataclass(frozen=True, slots=True)
class Crossing:
    """The moment in `column` comes to lie `days` days before now (after now where negative, now where 0)."""

    column: str
    days: int


@dataclass(frozen=True, slots=True)
class Ageing:
    """A number of days in `column`, as of the frame, that grows (or shrinks: days until) with time reaches `value`."""

    column: str
    value: float
    grows: bool = True


Threshold = Crossing | Ageing


def thresholds_of_rule(rule: Rule, ages: Mapping[str, bool]) -> frozenset[Threshold]:
    """Those of a rule's conditions. `ages`: columns that count days, and whether they grow."""
    return frozenset(found for node in nodes_of(rule) if isinstance(node, Condition) for found in _of_condition(node, ages))


def thresholds_of_signal(signal: Signal, params: Params, world: World) -> frozenset[Threshold]:
    """Those of a signal: every number of days among its parameters, for the silences and the expiry that it reads.

    A silence of other kinds of activity than orders or everything the customer does shows at the next nightly scoring.
    """
    columns = {column for metric in signal.metrics(params, world) if (column := _column(metric))}
    days = {int(params[one.name]) for one in signal.parameters if one.unit == "days" and one.name in params}
    return frozenset(Crossing(column, -number if column == CONTRACT_ENDS else number) for column in columns for number in days)


def ages_of(metrics: Iterable[tuple[str, Declared]]) -> dict[str, bool]:
    """Columns that count days since (True) or until (False) something, by their last declaration."""
    ways = {Aggregate.DAYS_SINCE: True, Aggregate.DAYS_KNOWN: True, Aggregate.DAYS_UNTIL: False}
    return {code: ways[metric.aggregate] for code, metric in metrics if isinstance(metric, Metric) and metric.aggregate in ways}


def _of_condition(node: Condition, ages: Mapping[str, bool]) -> Iterator[Threshold]:
    values = node.value if isinstance(node.value, tuple) else (node.value,)
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    if node.op in {"older_than", "within_last", "within_next"}:
        yield from (Crossing(node.column, int(-number if node.op == "within_next" else number)) for number in numbers)
        yield Crossing(node.column, 0)
    elif node.column in ages:
        yield from (Ageing(node.column, number, ages[node.column]) for number in numbers)


def _column(metric: Declared) -> str:
    """The column of the frame that has the moment which a metric counts from; blank where there is none."""
    if not isinstance(metric, Metric) or metric.days is not None or metric.skip:
        return ""
    if metric.aggregate is Aggregate.DAYS_UNTIL:
        return CONTRACT_ENDS if tuple(metric.kinds) == _ENDS else ""
    if metric.aggregate is not Aggregate.DAYS_SINCE:
        return ""
    if tuple(metric.kinds) == ORDER:
        return LAST_ORDER
    return LAST_INTERACTION if not metric.kinds and tuple(metric.but) == NOT_DONE_BY_CUSTOMER else ""
