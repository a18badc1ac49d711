"""SIG-44: a deal that stands still; bills paid later than usual."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone


def moved(ago: float, attrs: str = '{"stage":"报价","open":true}') -> Did:
    """A deal's newest change."""
    return Did(1, ago, "opportunity.moved", 5000, attrs=attrs)


def paid(ago: float, days: float) -> Did:
    """A bill paid so many days after it was written."""
    return Did(1, ago, "payment.received", 100, attrs=f'{{"days":{days}}}')


@pytest.mark.parametrize(
    ("history", "word"),
    [
        ([moved(30)], "yes"),
        ([moved(29)], "no"),
        ([moved(90, '{"stage":"赢单","open":false}')], "no"),
        ([moved(90, "{}")], "unknown"),
        ([moved(90), moved(3)], "no"),
        ([paid(10, 45), paid(200, 30)], "yes"),
        ([paid(10, 44), paid(200, 30)], "no"),
        ([paid(10, 90)], "unknown"),
        ([paid(200, 30)], "no"),
        ([Did(1, 2)], "unknown"),
    ],
)
def test_SIG_44_thirty_days_without_progress_or_fifteen_days_slower_payment(history: list[Did], word: str) -> None:
    assert alone("SIG-44", *history).word == word


def test_SIG_44_compares_with_the_customers_own_time_to_pay() -> None:
    fired = alone("SIG-44", paid(10, 60), paid(200, 30), language="zh-CN")
    assert fired.text == "回款周期60天，比平时30天慢30天"
