"""A metric with a name that rules, segments, boards and people use. Built-in ones and those made in the product are the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from liuke.features.domain.metric import Declared
from liuke.features.domain.spec import Measure, MetricSpec, Shape, spec_declared


class Unit(StrEnum):
    """How a value is shown."""

    COUNT = "count"
    MONEY = "money"
    DAYS = "days"
    WEEKS = "weeks"
    HOURS = "hours"
    SECONDS = "seconds"
    RATIO = "ratio"
    """Times the usual: 0.5 is half."""
    SHARE = "share"
    """0–1."""
    SCORE = "score"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class NamedMetric:
    """`code` is its column; the last of `declared` has it as its name. `name` is empty for built-in ones (`metrics.<code>`).

    `spec` describes it; None where a description cannot (a share of two kinds).
    """

    code: str
    unit: str
    declared: tuple[Declared, ...]
    group: str = "own"
    name: str = ""
    spec: MetricSpec | None = None

    @property
    def builtin(self) -> bool:
        """Whether it came with the product."""
        return not self.name


MONEY_KINDS = frozenset(
    {
        "order.placed", "order.line", "order.cancelled", "refund.made", "cart.abandoned", "fee.paid", "payment.due", "payment.received",
        "payment.overdue", "balance.changed", "plan.changed", "contract.started", "contract.ends", "contract.renewed", "opportunity.moved",
    }
)  # fmt: skip
"""Kinds whose value is an amount of money."""


def unit_of(spec: MetricSpec) -> Unit:
    """The unit that follows from a description; people may choose another one."""
    if spec.shape in {Shape.EARLIER, Shape.RHYTHM, Shape.PEERS}:
        return Unit.RATIO
    if spec.shape is Shape.STREAK:
        return Unit.WEEKS
    if spec.measure.value.startswith("days_") or spec.measure in {Measure.ACTIVE_DAYS, Measure.GAP_MEDIAN}:
        return Unit.DAYS
    if spec.measure in {Measure.COUNT, Measure.DISTINCT}:
        return Unit.NUMBER if spec.shape is Shape.TREND else Unit.COUNT
    money = spec.of == "value" and spec.kinds and MONEY_KINDS.issuperset(spec.kinds)
    return Unit.MONEY if money else Unit.NUMBER


def metric_of(code: str, spec: MetricSpec, *, unit: str = "", group: str = "own", name: str = "") -> NamedMetric:
    """The named metric that a description makes."""
    return NamedMetric(code, unit or unit_of(spec).value, spec_declared(spec, code), group, name, spec)
