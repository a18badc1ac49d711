"""SIG-43: training answered after 48 hours, a review missed, a search in vain."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone


def answered(hours: float, ago: float = 5) -> list[Did]:
    """A question in training and the answer so many hours later."""
    return [Did(1, ago + hours / 24, "training.asked", None), Did(1, ago, "training.answered", hours)]


@pytest.mark.parametrize(
    ("history", "word"),
    [
        (answered(49), "yes"),
        (answered(48), "no"),
        ([Did(1, 2.1, "training.asked", None)], "yes"),
        ([Did(1, 1.9, "training.asked", None)], "no"),
        ([*answered(10, ago=1), Did(1, 80, "training.asked", None)], "no"),
        (answered(60, ago=91), "no"),
        ([Did(1, 30, "qbr.missed", None)], "yes"),
        ([Did(1, 91, "qbr.missed", None)], "no"),
        ([Did(1, 1 + at, "search.failed", None) for at in range(3)], "yes"),
        ([Did(1, 1 + at, "search.failed", None) for at in range(2)], "no"),
        ([Did(1, 1)], "unknown"),
    ],
)
def test_SIG_43_each_break_of_the_journey_fires_alone(history: list[Did], word: str) -> None:
    assert alone("SIG-43", *history).word == word


def test_SIG_43_the_gravest_break_speaks() -> None:
    history = [*answered(200), Did(1, 1, "search.failed", None), Did(1, 2, "qbr.missed", None)]
    assert alone("SIG-43", *history).text == "A training question waited 200 hours for an answer, or still waits"
    assert alone("SIG-43", Did(1, 2, "qbr.missed", None), language="zh-CN").text == "近90天错过1次季度回顾"
