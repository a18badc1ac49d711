"""SIG-30, SIG-33: three messages in a row over 65, and one conversation over 65 for review. Nothing without the text reader."""

from __future__ import annotations

import pytest

from tests.features.stream import Did
from tests.signals.alone import alone


def said(*moods: float, kind: str = "message.in", newest: float = 1) -> list[Did]:
    """Messages with these emotions, the newest first, a day apart."""
    return [Did(1, newest + at, kind, None, attrs=f'{{"negative":{mood}}}') for at, mood in enumerate(moods)]


@pytest.mark.parametrize(
    ("moods", "word"),
    [
        ((66, 70, 90), "yes"),
        ((65, 70, 90), "no"),
        ((66, 20, 90, 90), "no"),
        ((20, 90, 90, 90), "no"),
        ((90, 90), "no"),
        ((66, 66, 66, 5), "yes"),
    ],
)
def test_SIG_30_the_three_newest_messages_must_all_be_over_65(moods: tuple[float, ...], word: str) -> None:
    assert alone("SIG-30", *said(*moods)).word == word


def test_SIG_30_says_how_mild_the_mildest_was() -> None:
    assert alone("SIG-30", *said(80, 71, 90), language="zh-CN").text == "连续3条消息负面情绪超过65（最低一条71，0–100）"


def test_SIG_30_and_SIG_33_need_the_text_reader_and_then_compute_by_themselves() -> None:
    unread = [Did(1, 1, "message.in", None, attrs='{"text":"太差了"}')]
    for code in ("SIG-30", "SIG-33"):
        fired = alone(code, *unread, language="zh-CN")
        assert (fired.word, fired.missing) == ("unknown", "missing.needs_text")
        assert alone(code, *unread, *said(10, 10, 10)).word == "no"
        assert alone(code, Did(1, 1)).missing == "missing.no_messages"


@pytest.mark.parametrize(("mood", "days", "word"), [(66, 6, "yes"), (65, 6, "no"), (99, 8, "no")])
def test_SIG_33_one_conversation_of_the_last_week_over_65_waits_for_review(mood: float, days: float, word: str) -> None:
    assert alone("SIG-33", *said(mood, newest=days)).word == word


def test_SIG_33_tickets_are_conversations_too() -> None:
    assert alone("SIG-33", *said(88, kind="ticket.opened")).text.startswith("In the last 7 days a conversation")
