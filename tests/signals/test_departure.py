"""SIG-52: what people do before they leave."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone


def calls(latest: float, usual: float) -> list[Did]:
    """Calls to our API: one reading in each week, the latest and eight before."""
    return [Did(1, 3, "api.called", latest), *[Did(1, 10 + 7 * at, "api.called", usual) for at in range(8)]]


@pytest.mark.parametrize(
    ("history", "word"),
    [
        ([Did(1, 5, "data.exported", 10_000)], "yes"),
        ([Did(1, 5, "data.exported", 9_999), Did(1, 6, "data.exported", 9_999)], "no"),
        ([Did(1, 5, "collaborator.removed", 2), Did(1, 6, "collaborator.removed", 1)], "yes"),
        ([Did(1, 5, "collaborator.removed", 2)], "no"),
        ([Did(1, 29, "competitor.trial", None)], "yes"),
        ([Did(1, 31, "competitor.trial", None)], "no"),
        (calls(20, 100), "yes"),
        (calls(21, 100), "no"),
        (calls(500, 100), "yes"),
        (calls(499, 100), "no"),
        ([Did(1, 3, "api.called", 50)], "unknown"),
        ([Did(1, 3)], "unknown"),
    ],
)
def test_SIG_52_each_preparation_fires_alone(history: list[Did], word: str) -> None:
    assert alone("SIG-52", *history).word == word


def test_SIG_52_what_is_known_speaks_although_calls_are_unknown() -> None:
    fired = alone("SIG-52", Did(1, 3, "competitor.trial", None), others=("api.called",), language="zh-CN")
    assert fired.text == "近30天注册了竞品试用"


def test_SIG_52_a_silent_preparation_beside_an_unknown_one_is_unknown_not_calm() -> None:
    assert alone("SIG-52", Did(1, 3, "data.exported", 5), others=("api.called",)).missing == "missing.too_few_calls"
