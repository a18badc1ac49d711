"""Places that are shown: where grams of the model stand in the text."""

from __future__ import annotations

from liuke.text.emotion import places_of


def test_grams_that_touch_are_shown_as_one_place() -> None:
    assert places_of("催了三天没人理", ["三天", "天没", "催了"]) == [(0, 5)]
    assert places_of("催了三天没人理", ["人理", "催"]) == [(0, 1), (5, 7)]


def test_the_blank_at_a_words_edge_is_not_shown() -> None:
    assert places_of("so slow", [" slow"]) == [(3, 7)]


def test_blank_grams_and_grams_that_the_text_has_not_are_nowhere() -> None:
    assert places_of("so slow", ["  ", "", "fast"]) == []
