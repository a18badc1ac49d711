"""Who was lost, honestly: labels read the future, churn rates only the past."""

from __future__ import annotations

import pytest

from liuke.features.domain.churn import ChurnDefinition
from liuke.features.domain.moment import Moment
from liuke.features.service import churn_days_suggested, churn_rates, label_inactive
from liuke.stats.returns import suggested_days
from tests.features.conftest import Sourced
from tests.features.stream import AS_OF, Did, regular

MOMENT = Moment(AS_OF, "UTC")


def test_a_customer_active_before_and_silent_after_the_moment_is_labelled_lost(sourced: Sourced) -> None:
    did = [Did(1, 10), Did(2, 10), Did(2, -5), Did(3, 10), Did(3, -91), Did(4, 400), Did(5, -1), Did(6, 10), Did(6, -5, "login")]
    found = label_inactive(source=sourced(did), moment=MOMENT, kinds=["order.placed"], horizon=90, active=365)
    assert dict(zip(found["customer_id"].to_pylist(), found["lost"].to_pylist(), strict=True)) == {1: 1.0, 2: 0.0, 3: 1.0, 6: 1.0}


def test_who_counts_as_active_is_decided_by_what_was_known_at_the_moment(sourced: Sourced) -> None:
    found = label_inactive(source=sourced([Did(1, 10, known=-3), Did(2, 10)]), moment=MOMENT, kinds=["order.placed"])
    assert found["customer_id"].to_pylist() == [2]


def test_SCR_10_churn_rate_is_lost_over_opening_and_those_who_return_are_counted_apart(sourced: Sourced) -> None:
    did = [
        *regular(1, 10, 30),  # orders all along
        Did(2, 70),  # active at both edges of the first period, lost in the second
        Did(3, 95),  # lost in the first period
        Did(4, 200), Did(4, 20),  # returns in the second
    ]  # fmt: skip
    edges = [Moment(MOMENT.back(days), "UTC") for days in (60, 30, 0)]
    first, second = churn_rates(source=sourced(did), edges=edges, churn=ChurnDefinition(("order.placed",), 60))
    assert (first.opening, first.lost, first.returned, first.active) == (3, 1, 0, 2)
    assert (second.opening, second.lost, second.returned, second.active) == (2, 1, 1, 2)
    assert second.churn_rate == pytest.approx(0.5)
    assert second.retention_rate == pytest.approx(0.5)
    assert (second.start, second.end) == (edges[1].as_of.astimezone(second.start.tzinfo), AS_OF)


def test_without_anybody_to_lose_there_is_no_churn_rate(sourced: Sourced) -> None:
    edges = [Moment(MOMENT.back(30), "UTC"), MOMENT]
    [period] = churn_rates(source=sourced([Did(1, 3)]), edges=edges, churn=ChurnDefinition())
    assert (period.opening, period.churn_rate, period.retention_rate) == (0, None, None)


def test_the_return_curve_suggests_how_long_a_silence_means_lost(sourced: Sourced) -> None:
    weekly = [did for customer in range(40) for did in regular(customer, 7, 10, since=1.0)]
    gone = [Did(100 + number, 300) for number in range(20)]
    curve = churn_days_suggested(source=sourced([*weekly, *gone]), moment=MOMENT, kinds=["order.placed"], days=[5, 10, 30], watch=30)
    assert [(point.days, point.silent, point.returned) for point in curve] == [(5, 380, 360), (10, 20, 0), (30, 20, 0)]
    assert suggested_days(curve) == 10
