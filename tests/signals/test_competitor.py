"""SIG-51, SIG-53: looking at competitors, and coming to the store less."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone


def looked(*ago: float) -> list[Did]:
    """Visits to a competitor's pages."""
    return [Did(1, at, "competitor.visited", None) for at in ago]


def came(*ago: float) -> list[Did]:
    """Visits to our store."""
    return [Did(1, at, "store.visited", None) for at in ago]


USUAL = (35, 45, 55, 65, 75, 85, 95, 105, 115, 118)


@pytest.mark.parametrize(("history", "word"), [(looked(29), "yes"), (looked(31), "no"), ([Did(1, 2)], "unknown")])
def test_SIG_51_a_visit_to_a_competitor_within_30_days_fires(history: list[Did], word: str) -> None:
    assert alone("SIG-51", *history).word == word


def test_SIG_51_more_visits_weigh_more() -> None:
    once, often = alone("SIG-51", *looked(3)), alone("SIG-51", *looked(1, 2, 3, 4, 5))
    assert once.strength < often.strength == 1
    assert often.text == "5 visits to a competitor's pages in the last 30 days"


@pytest.mark.parametrize(
    ("history", "word"),
    [
        ([*looked(3), *came(5, *USUAL)], "yes"),
        ([*looked(3), *came(1, 2, 3, *USUAL)], "no"),
        (came(*USUAL), "no"),
        (looked(3), "unknown"),
        ([*looked(40), *came(*USUAL)], "no"),
    ],
)
def test_SIG_53_comparing_online_counts_only_together_with_fewer_store_visits(history: list[Did], word: str) -> None:
    assert alone("SIG-53", *history, others=("competitor.visited",)).word == word


def test_SIG_53_says_both() -> None:
    assert alone("SIG-53", *looked(3), *came(*USUAL), language="zh-CN").text == "近30天线上比较竞品1次，同时到店减少100%"
