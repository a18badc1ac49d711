"""SCR-11: three refusals of a renewal reminder in a row."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone


def refused(*ago: float) -> list[Did]:
    """Refused renewal reminders."""
    return [Did(1, at, "renewal.refused", None) for at in ago]


def renewed(ago: float) -> Did:
    """A renewal."""
    return Did(1, ago, "contract.renewed", 1000)


@pytest.mark.parametrize(
    ("history", "word"),
    [
        (refused(5, 20, 60), "yes"),
        (refused(5, 20), "no"),
        ([*refused(5, 20, 60), renewed(30)], "no"),
        ([*refused(5, 20, 60), renewed(61)], "yes"),
        ([*refused(5, 20, 25, 60), renewed(30)], "yes"),
        (refused(5, 20, 366), "no"),
        ([Did(1, 5)], "unknown"),
    ],
)
def test_SCR_11_three_refusals_without_a_renewal_between_them_fire(history: list[Did], word: str) -> None:
    assert alone("SCR-11", *history).word == word


def test_SCR_11_how_many_is_a_number_that_people_may_change() -> None:
    assert alone("SCR-11", *refused(5, 20), in_a_row=2, language="zh-CN").text == "连续2次拒绝续约提醒"
