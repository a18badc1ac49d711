"""SIG-34: three times the same issue."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone


def opened(*topics: str, first: float = 2) -> list[Did]:
    """Tickets of these topics, ten days apart; an empty topic is none."""
    return [
        Did(1, first + 10 * at, "ticket.opened", None, attrs=f'{{"topic":"{topic}"}}' if topic else "{}") for at, topic in enumerate(topics)
    ]


@pytest.mark.parametrize(
    ("history", "word"),
    [
        (opened("物流", "系统", "物流", "物流"), "yes"),
        (opened("物流", "系统", "物流", "系统"), "no"),
        (opened("物流", "物流"), "no"),
        (opened("物流", "物流", "物流", first=71), "no"),
        (opened("", "", ""), "unknown"),
        (opened("", ""), "no"),
        ([Did(1, 2)], "unknown"),
    ],
)
def test_SIG_34_three_tickets_of_one_topic_in_90_days_fire(history: list[Did], word: str) -> None:
    assert alone("SIG-34", *history).word == word


def test_SIG_34_counts_them_in_its_sentence() -> None:
    assert alone("SIG-34", *opened("物流", "物流", "物流"), language="zh-CN").text == "近90天同一类问题提了3次"
