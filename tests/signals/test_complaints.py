"""SIG-36: complaints, once somebody has told them from questions."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone

COMPLAINT, QUESTION = '{"complaint":true,"topic":"物流"}', '{"complaint":false}'


@pytest.mark.parametrize(
    ("history", "word"),
    [
        ([Did(1, 29, "ticket.opened", None, attrs=COMPLAINT)], "yes"),
        ([Did(1, 31, "ticket.opened", None, attrs=COMPLAINT), Did(1, 2, "message.in", None, attrs=QUESTION)], "no"),
        ([Did(1, 2, "ticket.opened", None, attrs=QUESTION)], "no"),
        ([Did(1, 2, "ticket.opened", None, attrs='{"text":"…"}')], "unknown"),
        ([Did(1, 2)], "unknown"),
    ],
)
def test_SIG_36_a_complaint_of_the_last_30_days_fires_and_an_unread_text_is_unknown(history: list[Did], word: str) -> None:
    assert alone("SIG-36", *history).word == word


def test_SIG_36_three_complaints_weigh_more_than_one() -> None:
    one, three = (alone("SIG-36", *[Did(1, 1 + at, "message.in", None, attrs=COMPLAINT) for at in range(times)]) for times in (1, 3))
    assert one.strength < three.strength == 1
    assert three.text == "3 complaints in the last 30 days"
