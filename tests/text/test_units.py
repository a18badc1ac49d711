"""What the emotion model counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from liuke.text.units import grams_of, units_of


def test_chinese_characters_are_units_and_blanks_are_none() -> None:
    assert list(units_of("太 差 了")) == ["太", "差", "了"]


def test_a_latin_word_is_one_unit_with_a_blank_before() -> None:
    assert units_of("not good") == [" not", " good"]


def test_an_apostrophe_stays_within_its_word() -> None:
    assert units_of("can't wait") == [" can't", " wait"]


def test_a_run_of_digits_is_one_unit_whatever_its_number() -> None:
    assert units_of("等了35天") == units_of("等了7天") == ["等", "了", "0", "天"]


def test_mixed_text_keeps_the_order_of_words_and_characters() -> None:
    assert units_of("系统down了3次") == ["系", "统", " down", "了", "0", "次"]


def test_single_pairs_and_threes_are_counted_once() -> None:
    assert grams_of("好好好") == {"好", "好好", "好好好"}


def test_pairs_of_words_are_told_apart_from_one_word() -> None:
    assert " not good" in grams_of("not good")
    assert " not good" not in grams_of("notgood")


def test_an_empty_text_has_no_grams() -> None:
    assert grams_of("") == grams_of("   ") == set()


@given(st.text(alphabet="好差ab1 ,", max_size=30))
def test_a_text_has_at_most_three_grams_per_unit(folded: str) -> None:
    assert len(grams_of(folded)) <= 3 * len(units_of(folded))


@given(st.text(alphabet="好差 ", max_size=30))
def test_blanks_between_chinese_characters_change_nothing(folded: str) -> None:
    assert grams_of(folded) == grams_of(folded.replace(" ", ""))
