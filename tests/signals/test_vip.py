"""SIG-40: a key account that goes silent before its contract ends."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone


def ends(days: float) -> Did:
    """A contract that ends so many days from now, known for a year."""
    return Did(1, -days, "contract.ends", 90_000, known=365)


def quote(ago: float) -> Did:
    """Key information that we sent."""
    return Did(1, ago, "info.sent", None)


REPLIED = Did(1, 40, "message.in", None)
IMPORTANT = Did(1, 20, "message.out", None, attrs='{"important":true}')
CHAT = Did(1, 20, "message.out", None)
WORLD = ("renewal.started", "message.out")


@pytest.mark.parametrize(
    ("history", "word"),
    [
        ([ends(60), quote(16), REPLIED], "yes"),
        ([ends(30), IMPORTANT, REPLIED], "yes"),
        ([ends(30), quote(16)], "unknown"),
        ([ends(61), quote(16), REPLIED], "no"),
        ([ends(30), quote(14), REPLIED], "no"),
        ([ends(30), CHAT, REPLIED], "no"),
        ([ends(30), quote(20), Did(1, 10, "message.in", None)], "no"),
        ([ends(30), quote(20), REPLIED, Did(1, 50, "renewal.started", None)], "no"),
        ([ends(30), quote(20), REPLIED, Did(1, 120, "renewal.started", None)], "yes"),
        ([quote(20), REPLIED], "unknown"),
    ],
)
def test_SIG_40_needs_the_end_the_missing_process_and_the_silence(history: list[Did], word: str) -> None:
    assert alone("SIG-40", *history, tier="high", others=WORLD).word == word


def test_SIG_40_is_about_high_value_customers_only() -> None:
    assert alone("SIG-40", ends(30), quote(20), REPLIED, tier="mid", others=WORLD).word == "no"


def test_SIG_40_cannot_say_that_nothing_was_started_where_nobody_records_it() -> None:
    fired = alone("SIG-40", ends(30), quote(20), REPLIED, tier="high")
    assert (fired.word, fired.missing) == ("unknown", "missing.no_renewal_process")


def test_SIG_40_names_both_numbers() -> None:
    fired = alone("SIG-40", ends(30), quote(20), REPLIED, tier="high", others=WORLD, language="zh-CN")
    assert fired.text == "高价值客户合同30天后到期，未启动续约，重要信息已20天未回应"
