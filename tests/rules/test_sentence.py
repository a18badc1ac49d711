"""A rule reads as sentences in both languages (NCD-03, ui.md: on a phone there is nothing else)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from liuke.base.words import catalogue
from liuke.rules.columns import Column, ColumnType, Stratum
from liuke.rules.operators import OPERATORS
from liuke.rules.sentence import RuleWords, sentences
from liuke.rules.syntax import All, Any_, Condition, Follow, Other, Rule
from tests.rules.generated import SWING, all_rules

CATALOGUE = {
    "amount": Column("amount", ColumnType.NUMBER, Stratum.METRIC, unit="money"),
    "share": Column("share", ColumnType.NUMBER, Stratum.METRIC, unit="share"),
    "ago": Column("ago", ColumnType.NUMBER, Stratum.METRIC, unit="days"),
}
LABELS = {
    "amount": "近90天订单金额",
    "before": "前90天订单金额",
    "ago": "距上次下单",
    "dispute": "法律纠纷",
    "ends": "合同到期日",
    "level": "预警等级",
}
ZH = RuleWords(
    "zh-CN", "CNY", CATALOGUE, LABELS, {"quote.requested": "询价", "order.placed": "下单", "login": "登录"}, {("level", "high"): "高危预警"}
)
EN = RuleWords("en", "GBP", CATALOGUE, {"amount": "Order amount (90 d)"})
RULE = Rule(
    All(
        (
            Condition("amount", "lt", Other("before", 0.85)),
            Any_((Condition("ago", "gt", 60.0), Follow(("quote.requested",), ("order.placed",), 14, happens=False, last_days=90))),
            Condition("ends", "within_next", 60),
            Condition("level", "in", ("high",)),
        )
    ),
    Condition("dispute", "is_true"),
)


def test_a_nested_rule_reads_as_indented_chinese_with_places() -> None:
    assert [(line.depth, line.text, line.place) for line in sentences(RULE, ZH)] == [
        (0, "同时满足以下全部：", "when"),
        (1, "近90天订单金额小于 前90天订单金额的 85%", "when.all.0"),
        (1, "满足以下任意一项：", "when.all.1"),
        (2, "距上次下单大于 60 天", "when.all.1.any.0"),
        (2, "近 90 天内询价后，14 天内没有下单", "when.all.1.any.1"),
        (1, "合同到期日在未来 60 天内", "when.all.2"),
        (1, "预警等级是「高危预警」之一", "when.all.3"),
        (0, "排除以下客户：", "exclude"),
        (1, "法律纠纷：是", "exclude"),
    ]


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (Condition("amount", "lt", 500.0), "Order amount (90 d) is below £500"),
        (Condition("share", "between", (0.05, 0.2)), "share is between 5% and 20%"),
        (Condition("ago", "ge", 1234.5), "ago is at least 1,234.5 days"),
        (Condition("ends", "before", Other("starts", days=-30)), "ends is before 30 days before starts"),
        (Condition("name", "starts_with", "ACME"), "name starts with “ACME”"),
        (Condition("tags", "has_any", ("a", "b")), "tags include any of “a”, “b”"),
    ],
)
def test_conditions_read_well_in_english(condition: Condition, text: str) -> None:
    assert [line.text for line in sentences(Rule(condition), EN)] == [text]


def test_a_swing_is_told_with_its_shares() -> None:
    assert sentences(Rule(SWING), ZH)[0].text == "近 13 周内，登录先激增至少 50%，后骤降至少 50%"


@given(all_rules)
def test_every_rule_reads_in_both_languages_with_one_line_per_node(rule: Rule) -> None:
    for words in (ZH, EN):
        lines = sentences(rule, words)
        assert not any(re.search(r"rules\.|\{|\}", line.text) for line in lines)
        assert len({line.place for line in lines}) >= len(lines) - 1


def test_every_operator_has_a_sentence_in_both_languages() -> None:
    wanted = {f"rules.ops.{op}" for operators in OPERATORS.values() for op in operators}
    for language in ("zh-CN", "en"):
        assert wanted <= catalogue(language).keys()
