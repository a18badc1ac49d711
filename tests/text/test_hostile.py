"""Whatever is written: never an error, 0–100, places within the text, bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liuke.text import Brand, Lists, Reading, TextReader, emotion
from liuke.text.folding import LONGEST

READER = TextReader.load(Lists(competitors=(Brand("纷享销客"), Brand("Salesforce")), leave_phrases=("对比{brand}", "{brand}更好")))

anything = st.text(st.characters(exclude_categories=()), max_size=80)  # lone surrogates too
pieces = st.lists(
    st.sampled_from(
        [
            "第3次",
            "等了5天",
            "？？？",
            "呵呵",
            "又崩了",
            "没人理",
            "不续了",
            "对比",
            "纷享销客",
            "再不",
            "就投诉",
            "<b>",
            "&nbsp;",
            "😡",
            "\u200b",
            "ﷺ",
            "\ud83d",
            " ",
            "not ",
            "good",
        ]
    ),
    max_size=30,
).map("".join)


def check(text: str, reading: Reading) -> None:
    assert 0 <= reading.emotion <= 100
    spans = [*reading.spans, *(mention.span for mention in reading.competitors)]
    for found in (*reading.topics, *reading.intents):
        spans += found.spans
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(0 <= intent.score <= 100 for intent in reading.intents)


@given(st.one_of(anything, pieces))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_within_bounds(text: str) -> None:
    (reading,) = READER.read([text])
    check(text, reading)


@given(pieces)
@settings(max_examples=60, deadline=None)
def test_reading_again_or_in_company_gives_the_same(text: str) -> None:
    alone = READER.read([text])[0]
    assert READER.read(["你好", text, "太差了"])[1] == alone


HOSTILE = {
    "empty": "",
    "blanks": " \t\n\u3000" * 500,
    "one megabyte": "又崩了，等了三天没人理！" * 90_000,
    "one letter": "a" * 1_000_000,
    "one sign": "？" * 1_000_000,
    "repeated": "差" * 200_000,
    "emoji": "😡🤬👎" * 100_000,
    "zero-width": "\u200b" * 1_000_000,
    "surrogates": "\ud800\udc00\udfff" * 100_000,
    "open tags": "<" * 500_000,
    "nested tags": "<div>" * 100_000,
    "entities": "&nbsp;" * 100_000,
    "addresses": "https://" * 100_000,
    "digits": "第1" * 300_000,
    "accents": "e" + "\u0301" * 500_000,
    "expanding": "ﷺ" * 100_000,
    "thai": "แย่มาก" * 100_000,
    "arabic": "خدمة سيئة جدا " * 50_000,
    "japanese": "ひどい対応" * 100_000,
    "not renewing": "不续" * 300_000,
    "nearly": "没有" * 300_000,
    "brands": "纷享" * 300_000,
    "waiting": "等了" * 300_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_costs_little(name: str) -> None:
    text = HOSTILE[name]
    start = time.process_time()
    (reading,) = READER.read([text])
    assert time.process_time() - start < 1.0  # hundreds of times what it takes; a cost that grows with the square takes minutes
    check(text, reading)
    assert len(reading.spans) <= 40


def test_what_comes_after_the_read_part_changes_nothing() -> None:
    head = ("一" * 10 + "。") * 400
    assert len(head) > LONGEST
    assert READER.read([head])[0] == READER.read([head + "我要投诉，垃圾"])[0]


@pytest.mark.parametrize("text", ["", "   ", "12345", "。。。", "😀", "ひらがな", "ไทย", "\ud800"])
def test_nothing_to_go_by_is_no_anger(text: str) -> None:
    assert emotion([text])[0] < 50


def test_markup_does_not_hide_anger_and_is_not_anger_itself() -> None:
    plain, marked, tags = emotion(["气死我了，太差劲", "<div><b>气死我了</b>，太差劲&nbsp;</div>", "<div><b></b></div>"])
    assert marked > 65
    assert abs(plain - marked) < 15
    assert tags < 50


def test_invisible_and_wide_characters_do_not_hide_anger() -> None:
    assert min(emotion(["气\u200b死\u200b我了，没\u2060人理", "氣死我了，沒人理"])) > 65
