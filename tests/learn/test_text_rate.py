"""SIG-33: the rate of loss after strong negative emotion is counted on the own past, with interval and base rate beside."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liuke.base.times import from_us
from liuke.features.domain.label import LabelDefinition
from liuke.features.service import Source
from liuke.learn.service.text_rate import TextRate, text_rate
from liuke.stats.proportion import wilson
from tests.features.stream import AS_OF, Did, runner, stream

LABEL = LabelDefinition(horizon_days=30, active_days=60, kinds=("order.placed",))


def measured(*did: Did, over: float = 65) -> TextRate:
    return text_rate(source=Source(runner(stream(did))), now=AS_OF, zone="UTC", label=LABEL, over=over)


def wrote(customer: int, ago: float, mood: float) -> Did:
    return Did(customer, ago, "message.in", None, attrs=f'{{"negative":{mood}}}')


def test_customers_over_the_limit_are_counted_beside_everybody() -> None:
    did = [*(Did(customer, 40, "order.placed") for customer in (1, 2, 3, 4)), *(Did(customer, 10, "order.placed") for customer in (3, 4))]
    did += [wrote(1, 35, 90), wrote(2, 35, 65), wrote(3, 35, 66), wrote(4, 5, 99)]
    found = measured(*did)
    assert (found.customers, found.lost, found.base_customers, found.base_lost) == (2, 1, 4, 2)
    assert (found.rate, found.base, found.interval) == (0.5, 0.5, wilson(1, 2))


def test_only_dates_whose_outcome_is_known_count_and_windows_do_not_overlap() -> None:
    did = [Did(customer, ago, "order.placed") for customer in (1, 2) for ago in (20, 50, 80, 110, 140)]
    found = measured(*did, wrote(1, 95, 90))
    assert [(AS_OF - date).days for date in found.dates] == [30, 60, 90, 120]
    assert (found.customers, found.base_customers) == (1, 8)


def test_without_such_texts_no_rate_is_claimed() -> None:
    found = measured(Did(1, 40, "order.placed"))
    assert (found.rate, found.interval, found.base) == (None, None, 1.0)


def test_an_empty_past_measures_nothing() -> None:
    found = measured(Did(1, 400, "order.placed"))
    assert (found.customers, found.base_customers, found.rate, found.base, found.dates) == (0, 0, None, None, ())


@pytest.mark.parametrize("days", [1, 29])
def test_what_was_written_after_the_date_does_not_count(days: float) -> None:
    assert measured(Did(1, 40, "order.placed"), wrote(1, days, 99)).customers == 0
    assert from_us(0) + timedelta(days=days) < AS_OF
