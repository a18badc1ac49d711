"""One way to write everything, with every place leading back to the given text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.text.folding import LONGEST, fold
from liuke.text.reading import Span
from liuke.text.traditional import SIMPLIFIED


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("太差了！", "太差了!"),
        ("為什麼沒人處理", "为什么没人处理"),
        ("投\u200b诉", "投诉"),
        ("e\u0301", "e"),
        ("a\tb\nc", "a b c"),
        ("\ud800坏", " 坏"),
        ("①", "1"),
        ("", ""),
    ],
)
def test_width_case_script_and_invisible_characters_are_folded_away(given_text: str, folded: str) -> None:
    assert fold(given_text).text == folded


def test_markup_entities_and_addresses_become_blanks_of_the_same_length() -> None:
    text = "<p>退款</p>&nbsp;见https://a.example/x?y=1好"
    folded = fold(text)
    assert len(folded.text) == len(text)
    assert folded.text.split() == ["退款", "见", "好"]


def test_a_lone_angle_bracket_is_kept() -> None:
    assert fold("3<5的问题").text == "3<5的问题"


def test_a_place_leads_back_when_characters_were_removed_before_it() -> None:
    text = "\u200b\u200b投\u200b诉你们"
    folded = fold(text)
    start = folded.text.index("投诉")
    (span,) = folded.spans([(start, start + 2)])
    assert text[span.start : span.end] == "投\u200b诉"


def test_a_place_leads_back_when_one_character_became_several() -> None:
    text = "½价投诉"
    folded = fold(text)
    start = folded.text.index("投诉")
    (span,) = folded.spans([(start, start + 2)])
    assert text[span.start : span.end] == "投诉"


def test_overlapping_places_are_merged_and_touching_ones_are_not() -> None:
    assert fold("abcdef").spans([(3, 5), (0, 2), (1, 3)]) == (Span(0, 3), Span(3, 5))


def test_no_place_gives_no_span() -> None:
    assert fold("abc").spans([]) == ()


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    folded = fold("好" * (LONGEST * 3))
    assert len(folded.text) == LONGEST


def test_no_simplified_character_has_another_one() -> None:
    assert not set(SIMPLIFIED) & set(SIMPLIFIED.values())
    assert all(len(one) == len(other) == 1 for one, other in SIMPLIFIED.items())


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once or "<" in once or "&" in once or "://" in once


@given(st.text(max_size=40), st.data())
def test_every_place_of_the_folded_text_lies_within_the_given_one(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if folded.text:
        start = data.draw(st.integers(0, len(folded.text) - 1))
        end = data.draw(st.integers(start + 1, len(folded.text)))
        (span,) = folded.spans([(start, end)])
        assert 0 <= span.start < span.end <= len(text)
