"""One pass for all words and rules."""

from __future__ import annotations

import re

import pytest

from liuke.text.finding import MOST_HITS, Finder, Group, Hit, Rule, overlapping
from liuke.text.rules import shipped_rules, shipped_topics


def word(*words: str) -> Rule:
    return Rule(Group.TOPIC, "t", words)


def places(finder: Finder, text: str) -> list[str]:
    return sorted(text[hit.start : hit.end] for hit in finder.find(text))


def test_all_words_are_found_also_within_each_other() -> None:
    assert places(Finder([word("退款", "退", "款")]), "退款") == ["款", "退", "退款"]


@pytest.mark.parametrize(
    ("text", "found"), [("sap is", ["sap"]), ("asap", []), ("saps", []), ("用sap的", ["sap"]), ("sap2", []), ("crashes", ["crash"])]
)
def test_latin_words_are_not_found_within_others(text: str, found: list[str]) -> None:
    assert places(Finder([word("sap", "crash")]), text) == found


def test_an_expression_is_tried_only_where_its_trigger_stands() -> None:
    rule = Rule(Group.INTENT, "i", ("续",), re.compile("不.{0,3}"))
    assert places(Finder([rule]), "不要") == []
    assert places(Finder([rule]), "不要续") == ["不要续"]


def test_an_expression_with_two_triggers_is_tried_once() -> None:
    rule = Rule(Group.INTENT, "i", ("甲", "乙"), re.compile("甲乙"))
    assert len(Finder([rule]).find("甲乙")) == 1


def test_hits_are_bounded() -> None:
    assert len(Finder([word("好")]).find("好" * 1000)) == MOST_HITS
    assert len(Finder([Rule(Group.INTENT, "i", ("好",), re.compile("好"))]).find("好" * 1000)) == MOST_HITS


def test_no_rules_find_nothing() -> None:
    assert Finder([]).find("什么都有\0") == []


def test_hits_overlap_where_they_share_a_character() -> None:
    rule = word("x")
    assert overlapping(Hit(rule, 0, 2), [Hit(rule, 1, 3)])
    assert not overlapping(Hit(rule, 0, 2), [Hit(rule, 2, 3)])


@pytest.mark.parametrize(
    "rule", [rule for rule in shipped_rules() if rule.expression is not None], ids=lambda rule: f"{rule.group.name}-{rule.code}"
)
def test_no_shipped_expression_takes_long_on_repetitions(rule: Rule) -> None:
    import time

    assert rule.expression is not None
    for piece in ("没有", "等了", "续费", "a ", "不会", "太好", "我要", "？", "今天 "):
        start = time.process_time()
        sum(1 for _ in rule.expression.finditer(piece * 2000))
        assert time.process_time() - start < 0.5


def test_no_shipped_expression_matches_the_empty_text() -> None:
    assert [rule.code for rule in shipped_rules() if rule.expression is not None and rule.expression.match("")] == []


def test_every_trigger_is_written_as_folded_texts_are() -> None:
    assert all(word == word.lower() and word.strip() for rule in shipped_rules() for word in rule.words)


def test_shipped_topics_have_labels_in_both_languages() -> None:
    assert set(shipped_topics()) == {"delivery", "quality", "price", "fault", "service", "after_sales", "mismatch"}
    assert all(set(labels) == {"zh-CN", "en"} for labels in shipped_topics().values())
