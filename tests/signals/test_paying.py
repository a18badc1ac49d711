"""SIG-60, SIG-61: overdue again and again, credit nearly used, and a bill due in three days."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone


def overdue(*ago: float) -> list[Did]:
    """Payments that became overdue."""
    return [Did(1, at, "payment.overdue", 500) for at in ago]


def due(days: float, *, paid: float | None = None) -> list[Did]:
    """A bill due so many days from now, written 20 days ago; `paid` so many days ago, where it is."""
    bill = Did(1, -days, "payment.due", 500, known=20)
    return [bill] if paid is None else [bill, Did(1, -days, "payment.settled", 500, known=paid)]


@pytest.mark.parametrize(
    ("history", "word"),
    [
        (overdue(10, 170), "yes"),
        (overdue(10, 190), "no"),
        (overdue(10), "no"),
        ([Did(1, 5, "credit.used", 0.9)], "yes"),
        ([Did(1, 5, "credit.used", 0.89)], "no"),
        ([Did(1, 5, "credit.used", 0.5), Did(1, 20, "credit.used", 0.99)], "no"),
        ([Did(1, 5)], "unknown"),
    ],
)
def test_SIG_60_two_overdue_payments_in_half_a_year_or_nine_tenths_of_the_credit(history: list[Did], word: str) -> None:
    assert alone("SIG-60", *history).word == word


def test_SIG_60_says_which() -> None:
    assert alone("SIG-60", Did(1, 5, "credit.used", 0.95), language="zh-CN").text == "授信已用95%"
    assert alone("SIG-60", *overdue(1, 2, 3)).text == "3 overdue payments in the last 180 days"


@pytest.mark.parametrize(
    ("history", "word"),
    [
        (due(3), "yes"),
        (due(3.1), "no"),
        (due(0), "yes"),
        (due(2, paid=1), "no"),
        ([*due(2, paid=1), *due(1)], "yes"),
        ([Did(1, 1, "payment.due", 500)], "no"),
    ],
)
def test_SIG_61_an_unpaid_bill_due_within_three_days_is_a_reminder(history: list[Did], word: str) -> None:
    assert alone("SIG-61", *history, others=("payment.due",)).word == word


def test_SIG_61_counts_the_bills_and_needs_due_dates() -> None:
    assert alone("SIG-61", *due(1), *due(2), *due(3, paid=5), language="zh-CN").text == "2笔账单3天内到期，提醒付款"
    assert alone("SIG-61", Did(1, 1)).missing == "missing.no_due_dates"


def test_SIG_61_a_payment_that_is_not_known_yet_does_not_settle_a_bill() -> None:
    assert alone("SIG-61", *due(2, paid=-1)).word == "yes"
