"""Which thresholds are crossed because time passes."""

from __future__ import annotations

import pytest

from liuke.features.domain.metric import Aggregate, Metric
from liuke.rules.syntax import All, Any_, Condition, Follow, Node, Other, Rule
from liuke.signals.domain.crossing import Ageing, Crossing, ages_of, thresholds_of_rule, thresholds_of_signal
from liuke.signals.domain.signal import World
from liuke.signals.service import signal_get

AGES = {"order_since_days": True, "contract_until_days": False}


def found(node: Node, exclude: Node | None = None) -> set[object]:
    return set(thresholds_of_rule(Rule(node, exclude), AGES))


@pytest.mark.parametrize(
    ("condition", "crossing"),
    [
        (Condition("last_order_at", "older_than", 60.0), Crossing("last_order_at", 60)),
        (Condition("last_order_at", "within_last", 7.0), Crossing("last_order_at", 7)),
        (Condition("contract.ends_on", "within_next", 30.0), Crossing("contract.ends_on", -30)),
    ],
)
def test_a_condition_relative_to_now_is_crossed_at_its_days_and_when_the_moment_itself_passes(
    condition: Condition, crossing: Crossing
) -> None:
    assert found(condition) == {crossing, Crossing(condition.column, 0)}


def test_a_number_of_days_since_or_until_something_ages() -> None:
    assert found(Condition("order_since_days", "gt", 45.0)) == {Ageing("order_since_days", 45.0, grows=True)}
    between = Condition("contract_until_days", "between", (10.0, 30.0))
    assert found(between) == {Ageing("contract_until_days", 10.0, grows=False), Ageing("contract_until_days", 30.0, grows=False)}


def test_groups_and_the_exclusion_count_and_what_does_not_age_does_not() -> None:
    old = Condition("last_order_at", "older_than", 60.0)
    still = (Condition("tier", "eq", "high"), Condition("order_since_days", "gt", Other("x")), Follow(("a",), ("b",), 3, True, 9))
    assert found(All((Any_((old, *still)),))) == found(All(still), old) == found(old)
    assert found(All(still)) == set()


def test_columns_that_count_days_are_known_by_their_metric() -> None:
    since, until, count = (Metric(way.value, way) for way in (Aggregate.DAYS_SINCE, Aggregate.DAYS_UNTIL, Aggregate.COUNT))
    metrics = [(metric.name, metric) for metric in (since, until, count)]
    assert ages_of(metrics) == {"days_since": True, "days_until": False}


def test_SIG_08_silence_is_crossed_at_the_days_of_its_parameter() -> None:
    signal = signal_get("SIG-08")
    crossings = thresholds_of_signal(signal, {**signal.defaults(), "days": 33}, World({"order.placed": 1, "login": 1}))
    assert Crossing("last_interaction_at", 33) in crossings
    assert {one.column for one in crossings} == {"last_interaction_at"}


def test_a_signal_of_sums_is_crossed_by_no_last_moment() -> None:
    signal = signal_get("growth")
    assert thresholds_of_signal(signal, signal.defaults(), World({"order.placed": 1})) == frozenset()
