"""SIG-50: words of leaving, wherever they were written."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone


def spoke(leaving: float, ago: float = 5, kind: str = "message.in") -> Did:
    """A text in which the reader found so much intent to leave."""
    return Did(1, ago, kind, None, attrs=f'{{"leaving":{leaving},"competitor":"某品牌"}}')


@pytest.mark.parametrize("kind", ["message.in", "group.message", "ticket.opened", "survey.answered", "rating.given", "mention.found"])
def test_SIG_50_speaks_of_every_kind_of_text(kind: str) -> None:
    assert alone("SIG-50", spoke(80, kind=kind)).word == "yes"


@pytest.mark.parametrize(("leaving", "ago", "word"), [(50, 5, "yes"), (49, 5, "no"), (90, 89, "yes"), (90, 91, "no")])
def test_SIG_50_fires_from_50_within_90_days(leaving: float, ago: float, word: str) -> None:
    assert alone("SIG-50", spoke(leaving, ago)).word == word


def test_SIG_50_needs_the_text_reader() -> None:
    unread = alone("SIG-50", Did(1, 1, "message.in", None, attrs='{"text":"考虑其他供应商"}'))
    assert (unread.word, unread.missing) == ("unknown", "missing.needs_text")


def test_SIG_50_says_it_in_chinese() -> None:
    assert alone("SIG-50", spoke(85), language="zh-CN").text == "近90天提到其他供应商或离开（意向85，0–100）"
