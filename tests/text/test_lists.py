"""Word lists: read with all faults at once, given back as they were, named by their content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuke.base.errors import Invalid
from liuke.text import Brand, Lists, TextReader, TopicList, lists_from_plain, to_plain

words = st.lists(st.text(alphabet="甲乙丙丁abc", min_size=1, max_size=8), max_size=4, unique=True).map(tuple)


def test_empty_data_are_empty_lists() -> None:
    assert lists_from_plain({}) == Lists()


def test_blanks_around_words_and_repeated_words_go() -> None:
    assert lists_from_plain({"own_brands": [" 云舟 ", "云舟", "留客"]}).own_brands == ("云舟", "留客")


@given(words, words, words)
def test_lists_survive_the_way_through_plain_data(brands: tuple[str, ...], phrases: tuple[str, ...], exceptions: tuple[str, ...]) -> None:
    made = Lists(brands, (), tuple(Brand(name, ("x",)) for name in brands), phrases, (TopicList("t", "题", phrases, "客服部"),), exceptions)
    assert lists_from_plain(to_plain(made)) == made
    assert lists_from_plain(to_plain(made)).digest == made.digest


def test_all_faults_are_told_at_once() -> None:
    data = {
        "own_brands": ["", 7],
        "competitors": [{"name": ""}, {"name": "甲"}, {"name": "甲"}],
        "leave_phrases": ["{brand}", "对比{品牌}"],
        "topics": [{"code": "a", "words": "x"}],
        "colour": "red",
    }
    with pytest.raises(Invalid) as fault:
        lists_from_plain(data)
    fields = [str(one["field"]) for one in fault.value.params["faults"]]  # type: ignore[attr-defined]
    assert fault.value.code == "text_lists"
    for wanted in ("own_brands.0", "own_brands.1", "competitors.0.name", "competitors", "leave_phrases", "topics.0.words", "colour"):
        assert wanted in fields


@pytest.mark.parametrize("value", ["甲", 3, {"a": 1}, ["x" * 41], ["好"] * 2001])
def test_a_list_of_words_must_be_one_and_stay_within_its_limits(value: object) -> None:
    with pytest.raises(Invalid):
        lists_from_plain({"exceptions": value})


def test_another_word_makes_another_digest_and_another_version_of_readings() -> None:
    one, other = Lists(), Lists(own_brands=("云舟",))
    assert one.digest != other.digest
    assert TextReader.load(one).version != TextReader.load(other).version


def test_an_own_topic_and_more_words_for_a_shipped_one_are_read() -> None:
    lists = Lists(topics=(TopicList("parking", "停车", ("车位",)), TopicList("delivery", "物流", ("闪送",))))
    reading = TextReader.load(lists).read(["车位满了，闪送进不来"])[0]
    assert {"parking", "delivery"} <= {topic.code for topic in reading.topics}


def test_a_broken_surrogate_in_a_list_does_not_break_the_digest() -> None:
    assert len(Lists(own_brands=("\ud800",)).digest) == 12
